package org.dunlin.dunning;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a person recorded about a letter, a talk of sales, or a hand-over.
 *
 * @param channel     what the contact log calls it
 * @param outcome     key in the form, for example {@code sent}, {@code goOn}, {@code willPay}, {@code handedOver}
 * @param happenedAt  when it really happened, now if the form did not ask
 * @param promiseDate with outcome {@code willPay}
 * @param text        the text as it was sent, or what was noted
 * @param until       with outcome {@code stopUntil}: the last day on which nobody chases
 * @param reason      with outcomes {@code stopUntil} and {@code creditStop}: why
 */
public record StepReport(
        Channel channel,
        String outcome,
        Instant happenedAt,
        @Nullable LocalDate promiseDate,
        @Nullable BigDecimal amount,
        @Nullable String text,
        @Nullable String note,
        @Nullable LocalDate until,
        @Nullable String reason) {

    private static final String WILL_PAY = "willPay";
    private static final String STOP_UNTIL = "stopUntil";
    private static final String CREDIT_STOP = "creditStop";
    private static final String SILENCE = "silence";
    private static final String NOT_YET = "notYet";
    private static final String HANDED_OVER = "handedOver";

    /** @throws InvalidOutcomeException when a promise or a stop has no date, or a stop no reason */
    public StepReport {
        if (WILL_PAY.equals(outcome) && promiseDate == null) {
            throw new InvalidOutcomeException("promiseDate", "A promise needs the date on which the customer will pay");
        }
        if (STOP_UNTIL.equals(outcome) && until == null) {
            throw new InvalidOutcomeException("until", "Enter the day until which nobody shall chase");
        }
        if ((STOP_UNTIL.equals(outcome) || CREDIT_STOP.equals(outcome)) && (reason == null || reason.isBlank())) {
            throw new InvalidOutcomeException("reason", "Say why");
        }
    }

    public enum Channel {
        LETTER,
        REGISTERED_LETTER,
        SALES,
        AGENCY
    }

    public boolean isPromise() {
        return WILL_PAY.equals(outcome);
    }

    /** Nobody shall chase until a day. */
    public boolean isStop() {
        return STOP_UNTIL.equals(outcome);
    }

    /** The customer shall get no more orders on credit. */
    public boolean isCreditStop() {
        return CREDIT_STOP.equals(outcome);
    }

    /** Who was asked did not answer in time, and the ladder goes on. */
    public boolean isSilence() {
        return SILENCE.equals(outcome);
    }

    /** A collection agency has the case from now on. */
    public boolean isHandOver() {
        return HANDED_OVER.equals(outcome);
    }

    /** A hand-over that was put off reached nobody. */
    public boolean reachedTheCustomer() {
        return !NOT_YET.equals(outcome);
    }
}
