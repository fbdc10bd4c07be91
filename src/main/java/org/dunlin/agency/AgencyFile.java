package org.dunlin.agency;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A case at an agency or lawyer.
 *
 * @param reference         what both sides call it by
 * @param agency            id of the agency
 * @param preparedBy        login of who confirmed the hand-over
 * @param note              what they wrote for the agency
 * @param processInstanceId the step that waits for reports
 */
record AgencyFile(
        long id,
        String reference,
        long caseId,
        String agency,
        String agencyName,
        State state,
        @Nullable Outcome outcome,
        Instant preparedAt,
        @Nullable String preparedBy,
        @Nullable String note,
        @Nullable Instant handedOverAt,
        @Nullable Instant endedAt,
        @Nullable String processInstanceId) {

    enum State {
        /** Confirmed; the agency has not got it yet. */
        PREPARED,
        HANDED_OVER,
        /** We took it back. */
        RECALLED,
        /** The agency has ended it. */
        CLOSED,
        /** It never went out. */
        CANCELLED
    }

    /** With what an agency ends a file. */
    enum Outcome {
        /** The agency has got the money. */
        COLLECTED,
        /** There is no money to get. */
        IRRECOVERABLE,
        /** Given back to us. */
        RETURNED
    }
}
