package org.dunlin.receivables;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a credit insurer covers of a customer's debts.
 *
 * @param number  the insurer's own key of the decision or policy
 * @param since   the day from which it holds, until the next row of that number
 * @param limit   up to which debts are insured; 0 when the insurer has withdrawn
 * @param covered what the insurer pays at most; in the currency of the limit, and no more than it
 * @param until   last day of the cover; {@code null} while no end is known
 */
public record CreditInsuranceRow(
        CustomerKey customer,
        String number,
        LocalDate since,
        Money limit,
        Money covered,
        @Nullable LocalDate until,
        @Nullable String insurer) {

    public CreditInsuranceRow {
        Rows.require(!number.isBlank(), "a credit insurance needs a number");
        Rows.require(limit.amount().signum() >= 0, "the insurer's limit cannot be negative");
        Rows.require(covered.currency().equals(limit.currency()), "limit and cover are in one currency");
        Rows.require(
                covered.amount().signum() >= 0 && covered.amount().compareTo(limit.amount()) <= 0,
                "no more is covered than the limit");
        Rows.require(until == null || !until.isBefore(since), "the cover cannot end before it begins");
    }
}
