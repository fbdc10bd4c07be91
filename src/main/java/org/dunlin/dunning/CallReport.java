package org.dunlin.dunning;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a collector recorded about one call attempt.
 *
 * @param attempt        from 1
 * @param date           promise date, or date the customer says to have paid on
 * @param amount         promised, in the case's currency; null means everything that is open
 * @param disputeReason  from the form's list
 * @param invoices       numbers the outcome is about; empty for all of the case
 * @param plan           with {@code WANTS_PLAN}
 * @param correctedPhone as typed; checked and brought to E.164 when recorded
 */
public record CallReport(
        Outcome outcome,
        int attempt,
        @Nullable LocalDate date,
        @Nullable BigDecimal amount,
        @Nullable String disputeReason,
        List<String> invoices,
        @Nullable NewHold plan,
        @Nullable String correctedPhone,
        @Nullable String note) {

    /**
     * @throws InvalidOutcomeException when the outcome lacks what it needs
     */
    public CallReport {
        if (outcome == Outcome.WILL_PAY && date == null) {
            throw new InvalidOutcomeException("promiseDate", "A promise needs the date on which the customer will pay");
        }
        invoices = List.copyOf(invoices);
        if (amount != null && amount.signum() <= 0) {
            throw new InvalidOutcomeException("promiseAmount", "A promised amount must be above zero");
        }
    }

    /** Outcomes of a call, by their key in the form. */
    public enum Outcome {
        WILL_PAY("willPay"),
        WANTS_PLAN("paymentPlan"),
        DISPUTES("disputes"),
        NO_ANSWER("noAnswer"),
        SAYS_PAID("saysPaid"),
        REFUSES("refuses"),
        WRONG_NUMBER("wrongNumber");

        private final String key;

        Outcome(String key) {
            this.key = key;
        }

        public String key() {
            return key;
        }

        /** @throws InvalidOutcomeException for a key that no form offers */
        public static Outcome of(@Nullable String key) {
            return Arrays.stream(values())
                    .filter(outcome -> outcome.key.equals(key))
                    .findFirst()
                    .orElseThrow(() -> new InvalidOutcomeException("outcome", "Unknown outcome of a call: " + key));
        }
    }

    /** Whether the customer is to be called again before the ladder goes on. */
    public enum CallAgain {
        NO("no"),
        TODAY("today"),
        NEXT_WORKING_DAY("nextWorkingDay");

        private final String key;

        CallAgain(String key) {
            this.key = key;
        }

        public String key() {
            return key;
        }
    }

    /**
     * An unanswered call is tried again on the next working day, a corrected number is called at once, both until the
     * attempts are used up.
     */
    public CallAgain callAgain(int attempts) {
        if (attempt >= attempts) {
            return CallAgain.NO;
        }
        return switch (outcome) {
            case NO_ANSWER -> CallAgain.NEXT_WORKING_DAY;
            case WRONG_NUMBER -> correctedPhone == null ? CallAgain.NO : CallAgain.TODAY;
            default -> CallAgain.NO;
        };
    }
}
