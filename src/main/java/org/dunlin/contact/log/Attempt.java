package org.dunlin.contact.log;

import org.dunlin.contact.ContactState;
import org.jspecify.annotations.Nullable;

/**
 * The latest attempt at a contact.
 *
 * @param claim      who holds or held it
 * @param resolvedBy who found out that it had not been sent
 */
public record Attempt(long contactId, int number, ContactState state, String claim, @Nullable String resolvedBy) {

    /** Whether nothing is left to do for the step that says it. */
    public boolean isDone() {
        return state == ContactState.SENT || state == ContactState.READY || state == ContactState.COVERED;
    }

    /** Only what is certainly not sent may be sent. */
    public boolean mayFollow() {
        return state == ContactState.FAILED || state == ContactState.CANCELLED;
    }
}
