package org.dunlin.receivables;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.dunlin.receivables.Allocator.Group;
import org.dunlin.receivables.Allocator.Source;
import org.dunlin.receivables.Effects.Incoming;
import org.dunlin.receivables.Effects.Named;
import org.dunlin.receivables.InvoiceBook.KnownInvoice;
import org.dunlin.receivables.Parties.Owner;
import org.dunlin.receivables.WriteResult.Outcome;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes payments, and finds out who paid. */
@Component
class PaymentBook {

    private final JdbcClient jdbc;
    private final InvoiceBook invoices;

    PaymentBook(JdbcClient jdbc, InvoiceBook invoices) {
        this.jdbc = jdbc;
        this.invoices = invoices;
    }

    private record NewPayment(int index, long creditor, long customer, PaymentRow row) {}

    void write(Rows<PaymentRow> payments, Parties parties, Effects effects) {
        for (List<Integer> wave : payments.waves()) {
            List<Integer> good = wave.stream()
                    .filter(i -> knowsCreditor(payments, i, parties))
                    .toList();
            Map<List<Object>, KnownMoney> known =
                    known(good.stream().map(payments::get).toList(), parties);
            Map<InvoiceKey, KnownInvoice> named = invoices.named(keysNamed(payments, parties));
            List<NewPayment> toWrite = new ArrayList<>();
            for (int i : good) {
                PaymentRow row = payments.get(i);
                long creditor = Objects.requireNonNull(parties.creditor(row));
                KnownMoney old = known.get(List.of(creditor, row.source(), row.number()));
                Long customer = payer(payments, i, creditor, parties, named, old);
                if (customer == null) {
                    continue;
                }
                if (old == null) {
                    toWrite.add(new NewPayment(i, creditor, customer, row));
                } else if (old.isSaidBy(
                        payments, i, "payment " + row.number(), customer, row.amount(), row.receivedOn())) {
                    effects.resent(payments, i, new Source(old.id(), null), old, creditor, named(row));
                }
            }
            insert(payments, toWrite, effects);
        }
    }

    private static boolean knowsCreditor(Rows<PaymentRow> payments, int index, Parties parties) {
        PaymentRow row = payments.get(index);
        if (parties.creditor(row) != null) {
            return true;
        }
        if (row.creditor() == null) {
            payments.reject(
                    index,
                    "creditor",
                    null,
                    "neither a creditor nor one of our references says to whom the payment was made",
                    "give the number of the creditor whose account received the money");
        } else {
            Parties.unknownCreditor(payments, index, row.creditor());
        }
        return false;
    }

    /** Who paid; {@code null} when that cannot be told, and the row has been rejected. */
    private static @Nullable Long payer(
            Rows<PaymentRow> payments,
            int index,
            long creditor,
            Parties parties,
            Map<InvoiceKey, KnownInvoice> named,
            @Nullable KnownMoney old) {
        PaymentRow row = payments.get(index);
        CustomerKey key = row.customer();
        if (key != null && parties.knows(key)) {
            return parties.customer(key);
        }
        Long payer = null;
        Owner owner = parties.ownerByReference(row);
        if (owner != null) {
            payer = owner.customer();
        }
        for (PaymentRow.Part part : row.invoices()) {
            KnownInvoice invoice = named.get(new InvoiceKey(creditor, part.invoice()));
            if (payer == null && invoice != null) {
                payer = invoice.customer();
            }
        }
        if (payer == null && key == null && old != null) {
            payer = old.customer();
        }
        if (payer == null) {
            payments.reject(
                    index,
                    "customer",
                    key,
                    key == null
                            ? "neither customer, reference nor a known invoice says who paid"
                            : "unknown customer, and no reference or known invoice says who paid",
                    "import the customer or the invoice first, or correct the number");
        } else if (key != null) {
            payments.warn(
                    index,
                    "customer",
                    key,
                    "unknown customer; booked for the customer whom the reference or the named invoice belongs to",
                    "check the customer's number");
        }
        return payer;
    }

    private Map<List<Object>, KnownMoney> known(List<PaymentRow> rows, Parties parties) {
        Map<List<Object>, KnownMoney> found = new HashMap<>();
        if (rows.isEmpty()) {
            return found;
        }
        Columns.of(rows)
                .column("creditor_id", "bigint", parties::creditor)
                .text("source", PaymentRow::source)
                .text("number", PaymentRow::number)
                .in(
                        jdbc,
                        """
                        select p.id, p.creditor_id, p.source, p.number, p.customer_id, c.number as customer_number, p.currency,
                               p.amount, p.received_on as day,
                               coalesce((select sum(amount) from allocation a where a.payment_id = p.id), 0)
                                   + coalesce((select sum(amount) from payment_return r where r.payment_id = p.id), 0) as settled
                        from {input} join payment p using (creditor_id, source, number) join customer c on c.id = p.customer_id
                        """)
                .query((row, n) -> found.put(
                        List.of(row.getLong("creditor_id"), row.getString("source"), row.getString("number")),
                        KnownMoney.of(row)))
                .list();
        return found;
    }

    private void insert(Rows<PaymentRow> payments, List<NewPayment> list, Effects effects) {
        if (list.isEmpty()) {
            return;
        }
        Map<List<Object>, NewPayment> written = new LinkedHashMap<>();
        list.forEach(payment -> written.put(
                List.of(
                        payment.creditor(),
                        payment.row().source(),
                        payment.row().number()),
                payment));
        Map<List<Object>, Long> ids = new HashMap<>();
        Columns.of(list)
                .column("creditor_id", "bigint", NewPayment::creditor)
                .column("customer_id", "bigint", NewPayment::customer)
                .text("source", payment -> payment.row().source())
                .text("number", payment -> payment.row().number())
                .column("received_on", "date", payment -> payment.row().receivedOn())
                .text("currency", payment -> payment.row().amount().currency().getCurrencyCode())
                .column("amount", "numeric", payment -> payment.row().amount().amount())
                .text("reference", payment -> payment.row().reference())
                .text("remittance", payment -> payment.row().remittance())
                .in(
                        jdbc,
                        """
                        insert into payment (creditor_id, customer_id, source, number, received_on, currency, amount, reference,
                                             remittance)
                        select creditor_id, customer_id, source, number, received_on, currency, amount, reference, remittance
                        from {input} order by creditor_id, source, number
                        on conflict (creditor_id, source, number) do nothing
                        returning id, creditor_id, source, number
                        """)
                .query((row, n) -> ids.put(
                        List.of(row.getLong("creditor_id"), row.getString("source"), row.getString("number")),
                        row.getLong("id")))
                .list();
        written.forEach((key, payment) -> {
            Long id = ids.get(key);
            if (id == null) {
                KnownMoney.writtenAtTheSameMoment(
                        payments, payment.index(), payment.row().number());
                return;
            }
            payments.outcome(payment.index(), Outcome.INSERTED);
            Group group = new Group(
                    payment.creditor(),
                    payment.customer(),
                    payment.row().amount().currency().getCurrencyCode());
            effects.incoming.add(new Incoming(
                    payments,
                    payment.index(),
                    new Source(id, null),
                    group,
                    payment.row().receivedOn(),
                    named(payment.row()),
                    false));
        });
    }

    private static List<Named> named(PaymentRow row) {
        return row.invoices().stream()
                .map(part -> new Named(part.invoice(), part.amount()))
                .toList();
    }

    /** Customers of the invoices that these payments name. */
    Set<Long> customersNamed(Rows<PaymentRow> payments, Parties parties) {
        Set<Long> customers = new HashSet<>();
        invoices.named(keysNamed(payments, parties)).values().forEach(invoice -> customers.add(invoice.customer()));
        return customers;
    }

    private static List<InvoiceKey> keysNamed(Rows<PaymentRow> payments, Parties parties) {
        List<InvoiceKey> keys = new ArrayList<>();
        for (PaymentRow row : payments.all()) {
            Long creditor = parties.creditor(row);
            if (creditor != null) {
                row.invoices().forEach(part -> keys.add(new InvoiceKey(creditor, part.invoice())));
            }
        }
        return keys;
    }
}
