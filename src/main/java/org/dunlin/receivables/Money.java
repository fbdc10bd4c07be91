package org.dunlin.receivables;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;

/** An amount in a currency, at the currency's own scale. */
public record Money(BigDecimal amount, Currency currency) implements Comparable<Money> {

    /** @throws ArithmeticException when the amount has more decimals than the currency */
    public Money {
        amount = amount.setScale(scale(currency), RoundingMode.UNNECESSARY);
    }

    public static Money of(BigDecimal amount, String currencyCode) {
        return new Money(amount, Currency.getInstance(currencyCode));
    }

    public static Money zero(Currency currency) {
        return new Money(BigDecimal.ZERO, currency);
    }

    /** @throws IllegalArgumentException for another currency */
    public Money plus(Money other) {
        requireSame(other);
        return new Money(amount.add(other.amount), currency);
    }

    public boolean isPositive() {
        return amount.signum() > 0;
    }

    /** As a reader of that language writes it, for example {@code € 1.234,50} in Dutch. */
    public String format(Locale locale) {
        NumberFormat format = NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(currency);
        format.setMinimumFractionDigits(scale(currency));
        format.setMaximumFractionDigits(scale(currency));
        return format.format(amount);
    }

    @Override
    public int compareTo(Money other) {
        requireSame(other);
        return amount.compareTo(other.amount);
    }

    @Override
    public String toString() {
        return currency.getCurrencyCode() + " " + amount.toPlainString();
    }

    private void requireSame(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("Cannot mix " + currency + " and " + other.currency);
        }
    }

    private static int scale(Currency currency) {
        return Math.max(0, currency.getDefaultFractionDigits());
    }
}
