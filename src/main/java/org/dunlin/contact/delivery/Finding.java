package org.dunlin.contact.delivery;

import java.time.Duration;

/** What the other side said about a message that was left in doubt. */
public sealed interface Finding {

    Finding CANNOT_TELL = new CannotTell();

    /**
     * They have it.
     *
     * @param theirId under which they know it
     */
    record Theirs(String theirId) implements Finding {}

    /** They certainly do not have it and will not get it any more: it may be sent again. */
    record NotTheirs() implements Finding {}

    /** They cannot be asked yet, or did not answer; it is worth asking again. */
    record AskAgain(Duration after, String why) implements Finding {}

    /** A person has to find out. */
    record CannotTell() implements Finding {}
}
