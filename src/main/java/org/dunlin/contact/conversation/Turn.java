package org.dunlin.contact.conversation;

import java.time.Instant;

/** Whether a step of a case may speak to the customer. */
public sealed interface Turn {

    /**
     * It speaks.
     *
     * @param forAll whether the customer has other cases, so that it speaks for these as well
     */
    record Speak(boolean forAll) implements Turn {}

    /** It has been said already, in another case. */
    record Covered(long contactId, Instant at) implements Turn {}

    /**
     * Not now.
     *
     * @param reason for people
     */
    record Wait(Instant until, String reason) implements Turn {}
}
