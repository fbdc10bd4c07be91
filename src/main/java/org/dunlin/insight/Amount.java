package org.dunlin.insight;

import java.math.BigDecimal;
import org.dunlin.receivables.Money;

/**
 * What is owed in one currency. Amounts of different currencies are never added.
 *
 * @param currency ISO 4217
 * @param open     everything that is open, disputed or not
 * @param overdue  the part of it that is due since yesterday or longer
 */
record Amount(String currency, BigDecimal open, BigDecimal overdue) {

    static Amount of(String currency, BigDecimal open, BigDecimal overdue) {
        return new Amount(
                currency,
                Money.of(open, currency).amount(),
                Money.of(overdue, currency).amount());
    }

    /** In the same currency. */
    Amount plus(Amount other) {
        return new Amount(currency, open.add(other.open), overdue.add(other.overdue));
    }
}
