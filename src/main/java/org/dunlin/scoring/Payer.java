package org.dunlin.scoring;

/**
 * When a customer paid what. Each pair of due date and day of payment stands here once, however many invoices it was, by day of
 * payment and then due date. Days are those of {@link java.time.LocalDate#toEpochDay}.
 *
 * @param country of the creditor who was paid last, ISO 3166-1 alpha-2
 * @param paid    days of payment
 * @param due     the due dates that belong to them
 */
record Payer(long customerId, String country, int[] paid, int[] due) {

    int lag(int pair) {
        return paid[pair] - due[pair];
    }
}
