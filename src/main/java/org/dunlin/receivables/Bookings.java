package org.dunlin.receivables;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dunlin.receivables.Allocator.Source;
import org.dunlin.receivables.Effects.Incoming;
import org.dunlin.receivables.WriteResult.Outcome;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Books invoices, credit notes and payments, a list of each at a time, and lets money settle invoices. */
@Component
class Bookings {

    private final JdbcClient jdbc;
    private final Receivables receivables;
    private final InvoiceBook invoiceBook;
    private final CreditNoteBook creditNoteBook;
    private final PaymentBook paymentBook;
    private final Earmarks earmarks;
    private final Allocator allocator;
    private final ApplicationEventPublisher events;

    Bookings(
            JdbcClient jdbc,
            Receivables receivables,
            InvoiceBook invoiceBook,
            CreditNoteBook creditNoteBook,
            PaymentBook paymentBook,
            Earmarks earmarks,
            Allocator allocator,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.receivables = receivables;
        this.invoiceBook = invoiceBook;
        this.creditNoteBook = creditNoteBook;
        this.paymentBook = paymentBook;
        this.earmarks = earmarks;
        this.allocator = allocator;
        this.events = events;
    }

    Booking book(List<InvoiceRow> invoiceRows, List<CreditNoteRow> creditNoteRows, List<PaymentRow> paymentRows) {
        Rows<InvoiceRow> invoices = new Rows<>(invoiceRows, row -> List.of(row.creditor(), row.number()));
        Rows<CreditNoteRow> creditNotes = new Rows<>(creditNoteRows, row -> List.of(row.creditor(), row.number()));
        Rows<PaymentRow> payments =
                new Rows<>(paymentRows, row -> List.of(String.valueOf(row.creditor()), row.source(), row.number()));

        Parties parties = new Parties(jdbc, receivables);
        do {
            parties.find(invoices, creditNotes, payments);
            // One by one they could lead to a deadlock: every lock is taken here, in the order of the ids.
            Set<Long> concerned = new HashSet<>(parties.all());
            concerned.addAll(paymentBook.customersNamed(payments, parties));
            concerned.addAll(earmarks.customersWaitingFor(invoices, parties));
            parties.lock(concerned);
        } while (parties.mergedMeanwhile());

        Effects effects = new Effects();
        invoiceBook.write(invoices, parties, effects);
        creditNoteBook.write(creditNotes, parties, effects);
        paymentBook.write(payments, parties, effects);
        allocate(parties, effects);
        return new Booking(invoices.result(), creditNotes.result(), payments.result());
    }

    private void allocate(Parties parties, Effects effects) {
        Map<Source, BigDecimal> left = allocator.settleNamed(earmarks.claims(parties, effects), effects);
        List<Incoming> onAccount = new ArrayList<>();
        for (Incoming money : effects.incoming) {
            boolean someLeft = left.getOrDefault(money.source(), BigDecimal.ONE).signum() > 0;
            if (money.known()) {
                effects.groups.add(money.group());
                if (effects.claimed.contains(money.source())) {
                    money.rows().outcome(money.index(), Outcome.CHANGED);
                }
            } else {
                effects.changed.add(money.group().customer());
                if (someLeft) {
                    effects.groups.add(money.group());
                    onAccount.add(money);
                }
            }
        }
        allocator.noteOnAccount(onAccount);
        allocator.settleOldest(effects);
        if (!effects.changed.isEmpty()) {
            events.publishEvent(new LedgerChanged(Set.copyOf(effects.changed)));
        }
    }
}
