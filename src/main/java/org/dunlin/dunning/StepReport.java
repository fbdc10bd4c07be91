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
 */
public record StepReport(
        Channel channel,
        String outcome,
        Instant happenedAt,
        @Nullable LocalDate promiseDate,
        @Nullable BigDecimal amount,
        @Nullable String text,
        @Nullable String note) {

    private static final String WILL_PAY = "willPay";
    private static final String NOT_YET = "notYet";
    private static final String HANDED_OVER = "handedOver";

    /** @throws InvalidOutcomeException when a promise has no date */
    public StepReport {
        if (WILL_PAY.equals(outcome) && promiseDate == null) {
            throw new InvalidOutcomeException("promiseDate", "A promise needs the date on which the customer will pay");
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

    /** A collection agency has the case from now on. */
    public boolean isHandOver() {
        return HANDED_OVER.equals(outcome);
    }

    /** A hand-over that was put off reached nobody. */
    public boolean reachedTheCustomer() {
        return !NOT_YET.equals(outcome);
    }
}
