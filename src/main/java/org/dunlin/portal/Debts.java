package org.dunlin.portal;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.dunlin.contact.link.PayLink;
import org.dunlin.dunning.Hold;
import org.dunlin.dunning.HoldStatement;
import org.dunlin.dunning.HoldStatements;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Money;
import org.dunlin.receivables.OpenInvoice;
import org.dunlin.receivables.PaymentReferences;
import org.dunlin.receivables.Receivables;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.stereotype.Component;

/** Reads from the ledger what is open of a link. */
@Component
class Debts {

    private final Receivables receivables;
    private final PaymentReferences references;
    private final HoldStatements holds;
    private final Clock clock;

    Debts(Receivables receivables, PaymentReferences references, HoldStatements holds, Clock clock) {
        this.receivables = receivables;
        this.references = references;
        this.holds = holds;
        this.clock = clock;
    }

    /** As of now, in the creditor's day; nothing when the customer has gone. */
    Optional<Debt> of(PayLink link) {
        try {
            return Optional.of(read(link));
        } catch (EmptyResultDataAccessException e) {
            return Optional.empty();
        }
    }

    private Debt read(PayLink link) {
        Creditor creditor = receivables.creditor(link.creditorId());
        LocalDate today = LocalDate.ofInstant(clock.instant(), creditor.timeZone());
        List<OpenInvoice> open = receivables.open(link.invoiceIds(), today);
        boolean aboutHold = link.holdId() != null;
        return new Debt(
                link,
                receivables.customer(link.customerId()),
                creditor,
                references.forCustomer(creditor, link.customerId()),
                open.stream()
                        .filter(invoice -> aboutHold || !invoice.disputed())
                        .toList(),
                open.stream()
                        .filter(invoice -> !aboutHold && invoice.disputed())
                        .toList(),
                plan(link, today));
    }

    private @Nullable Plan plan(PayLink link, LocalDate today) {
        if (link.holdId() == null) {
            return null;
        }
        HoldStatement statement = holds.of(link.holdId(), today);
        Hold hold = statement.hold();
        Money sum = hold.amount();
        return hold.kind() == Hold.Kind.PLAN && hold.isActive() && sum != null ? Plan.of(statement, sum, today) : null;
    }
}
