package org.dunlin.dunning.chance;

import java.time.LocalDate;
import java.util.List;

/**
 * What happens to a number of debtors of one creditor at the same time.
 *
 * @param begin   the evening on which nothing has happened yet
 * @param days    how many days pass
 * @param silence days on which nothing runs, counted from the first
 * @param debtors each with a fate of their own
 */
record Story(LocalDate begin, int days, List<Silence> silence, List<Fate> debtors) {

    /** Without the fates: whose matters when something breaks, the test tells. */
    @Override
    public String toString() {
        return "%d days from %s, silence %s, %d debtors".formatted(days, begin, silence, debtors.size());
    }

    /**
     * Days on which nothing runs.
     *
     * @param everything false: only the workers stand still, which send messages
     */
    record Silence(int from, int days, boolean everything) {

        boolean on(int day) {
            return day >= from && day < from + days;
        }
    }

    /**
     * One debtor.
     *
     * @param employees how large they are
     * @param daysLate  how they have paid the invoices of last year
     * @param climbed   rung up to which they were chased for these invoices before, 0 if never
     * @param amounts   of the invoices they have now, in euros
     * @param events    what happens, by day
     * @param people    seed of how the people answer who follow them up
     */
    record Fate(int employees, int daysLate, int climbed, List<Integer> amounts, List<Event> events, long people) {}

    /**
     * Something that happens, if it can.
     *
     * @param day    counted from the first, after everything of that day has run
     * @param choice which invoice, payment or hold it is about, counted round
     * @param size   how much or how long, from 1 to 100
     */
    record Event(int day, What what, int choice, int size) {}

    enum What {
        PAY_ONE,
        PAY_PART,
        PAY_EVERYTHING,
        PAY_TOO_MUCH,
        PAYMENT_RETURNED,
        CREDIT_NOTE,
        NEW_INVOICE,
        INVOICE_WITHDRAWN,
        DISPUTE,
        DISPUTED_IN_THE_BOOKS,
        RESOLVED_IN_THE_BOOKS,
        PROMISE,
        PLAN,
        BLOCK,
        INSOLVENCY,
        HOLD_WITHDRAWN,
        GROWS,
        SHRINKS,
        RATED_WELL,
        RATED_BADLY,
        LOSES_ADDRESS,
        HAS_ADDRESS
    }
}
