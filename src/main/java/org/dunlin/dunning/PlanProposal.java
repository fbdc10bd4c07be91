package org.dunlin.dunning;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.dunlin.receivables.Money;
import org.dunlin.receivables.OpenInvoice;
import org.dunlin.receivables.Receivables;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Computes a payment plan over what a customer owes. */
@Service
public class PlanProposal {

    private final Receivables receivables;
    private final Clock clock;

    PlanProposal(Receivables receivables, Clock clock) {
        this.receivables = receivables;
        this.clock = clock;
    }

    /** What is owed to one creditor in one currency. */
    public record Within(long creditorId, String currency) {}

    /**
     * @param invoices numbers; empty for everything that is open and due
     * @param weekly   else monthly
     * @throws InvalidOutcomeException when it cannot be computed
     */
    public NewHold propose(
            long customerId,
            List<String> invoices,
            @Nullable Within within,
            int parts,
            LocalDate first,
            boolean weekly,
            @Nullable String by) {
        LocalDate today = LocalDate.now(clock);
        List<OpenInvoice> open = receivables.openOfCustomer(customerId, today).stream()
                .filter(invoice -> invoices.isEmpty()
                        ? invoice.daysOverdue(today) >= 0
                                && (within == null
                                        || invoice.open()
                                                .currency()
                                                .getCurrencyCode()
                                                .equals(within.currency()))
                        : invoices.contains(invoice.number()))
                .toList();
        Set<Currency> currencies = new LinkedHashSet<>(
                open.stream().map(invoice -> invoice.open().currency()).toList());
        if (currencies.size() != 1) {
            throw new InvalidOutcomeException(
                    "invoiceNumbers",
                    currencies.isEmpty()
                            ? "Nothing is open and due for which a plan could be made"
                            : "These invoices are of several currencies; name those of one of them");
        }
        Money total = open.stream()
                .map(OpenInvoice::open)
                .reduce(new Money(BigDecimal.ZERO, currencies.iterator().next()), Money::plus);
        NewHold plan = NewHold.plan(
                customerId,
                invoices,
                Instalments.compute(
                        total, parts, first, weekly ? Instalments.Rhythm.WEEKLY : Instalments.Rhythm.MONTHLY),
                by);
        return within == null ? plan : plan.within(within.creditorId(), within.currency());
    }
}
