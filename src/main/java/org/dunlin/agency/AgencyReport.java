package org.dunlin.agency;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an agency reported about a file.
 *
 * @param number     the agency's own; none where a person of ours recorded the report
 * @param amount     in the currency of the case
 * @param said       question, reason or remark
 * @param reportedBy login of who brought it in
 * @param result     what a person of ours found or answered
 */
record AgencyReport(
        long id,
        long fileId,
        @Nullable String number,
        Kind kind,
        @Nullable BigDecimal amount,
        @Nullable LocalDate paidOn,
        @Nullable String said,
        Instant reportedAt,
        @Nullable String reportedBy,
        @Nullable String result) {

    enum Kind {
        /** The customer says, or the agency saw, that money was paid to us or to the agency. The ledger knows what it knows. */
        PAID_DIRECTLY("paidDirectly", null),
        MORE_INFORMATION("moreInformation", null),
        COLLECTED("collected", AgencyFile.Outcome.COLLECTED),
        IRRECOVERABLE("irrecoverable", AgencyFile.Outcome.IRRECOVERABLE),
        RETURNED("returned", AgencyFile.Outcome.RETURNED);

        private final String word;
        private final AgencyFile.@Nullable Outcome outcome;

        Kind(String word, AgencyFile.@Nullable Outcome outcome) {
            this.word = word;
            this.outcome = outcome;
        }

        /** As forms and models call it. */
        String word() {
            return word;
        }

        /** With what it ends the file; null where the agency keeps it. */
        AgencyFile.@Nullable Outcome outcome() {
            return outcome;
        }

        static Optional<Kind> of(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word.equals(word))
                    .findFirst();
        }
    }
}
