package org.dunlin.agency;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message to an agency, as it was sent.
 *
 * @param said      what a person of ours wrote, or why a file is recalled
 * @param claimedBy whoever holds the claim may send
 * @param recipient address as used
 * @param messageId under which a mail server knows it
 * @param detail    why it failed or is unknown
 */
record AgencyMessage(
        long id,
        long fileId,
        Kind kind,
        State state,
        @Nullable String said,
        Instant wantedAt,
        @Nullable Instant claimedAt,
        @Nullable String claimedBy,
        @Nullable Instant sentAt,
        @Nullable String recipient,
        @Nullable String subject,
        @Nullable String body,
        @Nullable String attachmentName,
        @Nullable String messageId,
        @Nullable String detail,
        @Nullable String resolvedBy,
        @Nullable String note) {

    enum Kind {
        /** The dossier. */
        HAND_OVER("hand-over"),
        /** Money came to us, or went back. */
        PAYMENT("payment"),
        /** To a question of the agency. */
        ANSWER("answer"),
        /** Stop: the file is ours again. */
        RECALL("recall");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** For names of files. */
        String word() {
            return word;
        }
    }

    enum State {
        WAITING,
        /** Claimed by a worker, which is delivering it now; or that worker is gone. */
        SENDING,
        SENT,
        /** Certainly not delivered. */
        FAILED,
        /** Nobody can tell: a person finds out. Never sent again by itself. */
        UNKNOWN,
        /** There was no need any more. */
        CANCELLED
    }

    boolean isOver() {
        return state == State.SENT || state == State.CANCELLED;
    }
}
