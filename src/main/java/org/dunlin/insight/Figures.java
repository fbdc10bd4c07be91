package org.dunlin.insight;

import java.math.BigDecimal;
import java.util.List;
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

    static final Figures NONE = new Figures(0, 0, 0, null, 0, List.of());
}
