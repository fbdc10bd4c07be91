package org.dunlin.insight;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Figures about some customers.
 *
 * @param customersOverdue how many of them have something overdue, in whatever currency
 * @param overduePercent   these in percent of the customers, rounded; 0 without customers
 * @param meanDaysLate     how late they pay, in calendar days, large amounts weigh more; null while none of them has paid or is overdue
 * @param casesRunning     dunning cases that are open
 * @param amounts          by currency; one in which nothing is open is left out
 */
record Figures(
        int customers,
        int customersOverdue,
        int overduePercent,
        @Nullable BigDecimal meanDaysLate,
        int casesRunning,
        List<Amount> amounts) {

    /**
     * Customers of one currency, to be added up.
     *
     * @param currency     null for customers without an invoice
     * @param customers    those whose own currency it is; 0 when these are amounts that others owe in it
     * @param withDays     how many of them it is known of how late they pay
     * @param weight       their turnover of the last 12 months, of each what is open where that is more
     * @param weightedDays Σ weight × days late
     */
    record Part(
            @Nullable String currency,
            int customers,
            int customersOverdue,
            int casesRunning,
            BigDecimal open,
            BigDecimal overdue,
            int withDays,
            BigDecimal weight,
            BigDecimal weightedDays) {

        private Part plus(Part other) {
            return new Part(
                    currency,
                    customers + other.customers,
                    customersOverdue + other.customersOverdue,
                    casesRunning + other.casesRunning,
                    open.add(other.open),
                    overdue.add(other.overdue),
                    withDays + other.withDays,
                    weight.add(other.weight),
                    weightedDays.add(other.weightedDays));
        }
    }

    /**
     * Days weigh by amount within a currency; the means of the currencies then weigh by number of customers, which can be compared.
     */
    static Figures sum(Collection<Part> parts) {
        Map<String, Part> byCurrency = new TreeMap<>();
        parts.forEach(part -> byCurrency.merge(part.currency() == null ? "" : part.currency(), part, Part::plus));
        int customers = parts.stream().mapToInt(Part::customers).sum();
        int overdue = parts.stream().mapToInt(Part::customersOverdue).sum();
        return new Figures(
                customers,
                overdue,
                percent(overdue, customers),
                daysLate(byCurrency.values()),
                parts.stream().mapToInt(Part::casesRunning).sum(),
                byCurrency.entrySet().stream()
                        .filter(entry -> entry.getValue().open().signum() != 0)
                        .map(entry -> Amount.of(
                                entry.getKey(),
                                entry.getValue().open(),
                                entry.getValue().overdue()))
                        .toList());
    }

    private static @Nullable BigDecimal daysLate(Collection<Part> currencies) {
        BigDecimal days = BigDecimal.ZERO;
        int customers = 0;
        for (Part part : currencies) {
            if (part.weight().signum() > 0) {
                BigDecimal mean = part.weightedDays().divide(part.weight(), MathContext.DECIMAL64);
                days = days.add(mean.multiply(BigDecimal.valueOf(part.withDays())));
                customers += part.withDays();
            }
        }
        return customers == 0 ? null : days.divide(BigDecimal.valueOf(customers), 1, RoundingMode.HALF_UP);
    }

    private static int percent(int part, int whole) {
        return whole == 0
                ? 0
                : BigDecimal.valueOf(100L * part)
                        .divide(BigDecimal.valueOf(whole), 0, RoundingMode.HALF_UP)
                        .intValueExact();
    }
}
