package org.dunlin.insight;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.dunlin.contact.Channel;
import org.dunlin.receivables.Money;
import org.jspecify.annotations.Nullable;

/**
 * The collectors' work at this moment. Read from the ledger itself, so a payment of a minute ago counts.
 *
 * @param day      today, by the product's clock
 * @param ages     what is open, by how long it is overdue; every age, the youngest first
 * @param ladders  cases that are open, by ladder; those on none yet come last
 * @param contacts what went out today, by channel; only channels with something
 * @param calls    of today
 * @param promises to pay that stand, by when they are due; every term, the most urgent first
 */
record DeskFigures(
        LocalDate day,
        List<AgeFigures> ages,
        List<LadderFigures> ladders,
        List<ContactsToday> contacts,
        CallsToday calls,
        List<PromisesDue> promises) {

    /**
     * Money in one currency. Amounts of different currencies are never added.
     *
     * @param currency ISO 4217
     */
    record Sum(String currency, BigDecimal amount) {
        static Sum of(String currency, BigDecimal amount) {
            return new Sum(currency, Money.of(amount, currency).amount());
        }
    }

    /** How long invoices are overdue, in calendar days. */
    enum Age {
        /** Due today or later. */
        NOT_DUE,
        UP_TO_30,
        UP_TO_60,
        UP_TO_90,
        OVER_90
    }

    /** @param open by currency, disputed or not */
    record AgeFigures(Age age, int invoices, List<Sum> open) {}

    /**
     * Open cases on one ladder.
     *
     * @param ladder process id; null for cases that are on no ladder yet
     * @param name   as its model calls it; the id where no model is known
     * @param rungs  only those on which a case stands
     */
    record LadderFigures(@Nullable String ladder, @Nullable String name, int cases, List<RungFigures> rungs) {}

    /**
     * Open cases of a ladder that stand on one rung.
     *
     * @param rung   the highest that was climbed, in tens; 0 before the first contact
     * @param onHold of the cases, how many may not be chased at the moment
     * @param open   of these cases, by currency
     */
    record RungFigures(int rung, int cases, int onHold, List<Sum> open) {}

    record ContactsToday(Channel channel, int sent) {}

    /**
     * Calls that people make.
     *
     * @param made     today
     * @param late     tasks to call that were due before today; those on hold are not counted, here and below
     * @param dueToday tasks to call that are due today
     */
    record CallsToday(int made, int late, int dueToday) {}

    /** When promised money is due. */
    enum Term {
        /** The day is over, and days of grace run. */
        PASSED,
        TODAY,
        /** In the seven days after today. */
        WEEK,
        LATER
    }

    record PromisesDue(Term term, int promises, List<Sum> promised) {}
}
