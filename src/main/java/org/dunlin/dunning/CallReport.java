package org.dunlin.dunning;

import java.math.BigDecimal;
import java.time.Instant;
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
 * @param again          when to call again; with {@code CALL_BACK} always, with {@code NO_ANSWER} null for the next working day
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
        @Nullable Instant again,
        @Nullable String note) {

    /**
     * @throws InvalidOutcomeException when the outcome lacks what it needs
     */
    public CallReport {
        if (outcome == Outcome.WILL_PAY && date == null) {
            throw new InvalidOutcomeException("promiseDate", "A promise needs the date on which the customer will pay");
        }
        if (outcome == Outcome.CALL_BACK && again == null) {
            throw new InvalidOutcomeException("callAgainOn", "Enter the day on which the customer wants to be called");
        }
        if (outcome == Outcome.HAND_TO_SENIOR && (note == null || note.isBlank())) {
            throw new InvalidOutcomeException("note", "Say what the senior collector needs to know");
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
        WRONG_NUMBER("wrongNumber"),
        /** The customer was reached, and wants to be called at another time. */
        CALL_BACK("callBack"),
        /** Nothing for a junior: a senior collector makes the call. Not an attempt of its own. */
        HAND_TO_SENIOR("handToSenior");

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
        NEXT_WORKING_DAY("nextWorkingDay"),
        AT_TIME("atTime");

        private final String key;

        CallAgain(String key) {
            this.key = key;
        }

        public String key() {
            return key;
        }
    }

    /**
     * An unanswered call is tried again at the time that was noted or on the next working day, a corrected number is called at once,
     * both until the attempts are used up. Who wants to be called back is, however often they were called.
     */
    public CallAgain callAgain(int attempts) {
        if (outcome == Outcome.CALL_BACK) {
            return CallAgain.AT_TIME;
        }
        if (outcome == Outcome.HAND_TO_SENIOR) {
            return CallAgain.TODAY;
        }
        if (attempt >= attempts) {
            return CallAgain.NO;
        }
        return switch (outcome) {
            case NO_ANSWER -> again == null ? CallAgain.NEXT_WORKING_DAY : CallAgain.AT_TIME;
            case WRONG_NUMBER -> correctedPhone == null ? CallAgain.NO : CallAgain.TODAY;
            default -> CallAgain.NO;
        };
    }
}
