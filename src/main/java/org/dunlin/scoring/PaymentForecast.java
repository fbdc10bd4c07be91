package org.dunlin.scoring;

import java.time.LocalDate;

/**
 * When the money of an open invoice is expected. How it is concluded: {@code docs/scoring.md}.
 *
 * @param expectedOn a working day of the creditor's country, not before the day of the refresh
 * @param asOf       day as of which this was first expected
 */
public record PaymentForecast(long invoiceId, LocalDate expectedOn, Basis basis, LocalDate asOf) {

    /** What a forecast is concluded from, the best first. */
    public enum Basis {
        /** The customer's pay-day pattern. */
        PATTERN,
        /** Mostly how long the customer took until now. */
        CUSTOMER_LAG,
        /** Mostly how long customers of the same segment took, or everybody where the segment is too small. */
        SEGMENT_LAG,
        /** Nothing is known, or nobody ever took as long as this invoice is open. */
        DUE_DATE
    }
}
