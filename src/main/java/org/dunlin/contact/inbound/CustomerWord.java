package org.dunlin.contact.inbound;

import java.time.Instant;
import org.dunlin.contact.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Something a customer said to us.
 *
 * @param number     theirs, E.164
 * @param contactId  the contact they answer, if it is known
 * @param caseId     the case of it
 * @param customerId null for a number that is nobody's
 * @param outcome    what a person did about it
 */
public record CustomerWord(
        long id,
        Channel channel,
        String number,
        Meaning meaning,
        String body,
        @Nullable Long contactId,
        @Nullable Long caseId,
        @Nullable Long customerId,
        Instant receivedAt,
        @Nullable Instant answeredAt,
        @Nullable String answeredBy,
        @Nullable String outcome,
        @Nullable String note) {

    public enum Meaning {
        /** No more messages by this channel. */
        STOP,
        /** Messages are welcome again. */
        START,
        /** Anything else. */
        TEXT,
        /** Somebody shall call. */
        CALL_BACK
    }
}
