package org.dunlin.portal;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.dunlin.dunning.Hold;
import org.dunlin.dunning.HoldStatement;
import org.dunlin.receivables.Money;

/**
 * Where a payment plan stands.
 *
 * @param parts all of them, in the order of their dates
 * @param next  what is missing of those that have fallen due, and of the next one; nothing when all is paid
 */
record Plan(List<Part> parts, Money next) {

    /** One instalment. */
    record Part(LocalDate dueOn, Money amount, boolean paid) {}

    /** What was paid since the plan began counts for the earliest instalments. */
    static Plan of(HoldStatement statement, Money sum, LocalDate today) {
        Hold hold = statement.hold();
        BigDecimal open =
                statement.lines().stream().map(line -> line.open().amount()).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal atStart = hold.invoices().stream()
                .map(covered -> covered.openAtStart().amount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal paid = atStart.subtract(open).max(BigDecimal.ZERO);
        BigDecimal due = BigDecimal.ZERO;
        BigDecimal asked = BigDecimal.ZERO;
        List<Part> parts = new java.util.ArrayList<>();
        for (Hold.Instalment instalment : hold.instalments()) {
            boolean nothingMissing = asked.compareTo(paid) <= 0;
            due = due.add(instalment.amount());
            if (!instalment.dueOn().isAfter(today) || nothingMissing) {
                asked = due;
            }
            parts.add(new Part(
                    instalment.dueOn(), new Money(instalment.amount(), sum.currency()), due.compareTo(paid) <= 0));
        }
        BigDecimal missing = asked.subtract(paid).max(BigDecimal.ZERO).min(open);
        return new Plan(List.copyOf(parts), new Money(missing, sum.currency()));
    }
}
