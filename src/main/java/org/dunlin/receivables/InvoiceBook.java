package org.dunlin.receivables;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.dunlin.receivables.Allocator.Group;
import org.dunlin.receivables.InvoiceBook.KnownInvoice;
import org.dunlin.receivables.InvoiceRow.Dispute;
import org.dunlin.receivables.WriteResult.Outcome;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes and finds invoices. */
@Component
class InvoiceBook {

    private final JdbcClient jdbc;

    InvoiceBook(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What is booked. */
    record KnownInvoice(
            long id,
            long customer,
            String customerNumber,
            String currency,
            BigDecimal gross,
            BigDecimal settled,
            LocalDate issuedOn,
            LocalDate dueOn,
            Dispute dispute,
            @Nullable String description,
            @Nullable LocalDate withdrawnOn) {}

    private record NewInvoice(
            int index, long creditor, long customer, InvoiceRow row, Dispute dispute, @Nullable String description) {}

    void write(Rows<InvoiceRow> invoices, Parties parties, Effects effects) {
        for (List<Integer> wave : invoices.waves()) {
            List<Integer> good = wave.stream()
                    .filter(i -> parties.accept(
                            invoices,
                            i,
                            invoices.get(i).creditor(),
                            invoices.get(i).customer()))
                    .toList();
            Map<InvoiceKey, KnownInvoice> known = named(good.stream()
                    .map(i -> new InvoiceKey(
                            parties.creditor(invoices.get(i).creditor()),
                            invoices.get(i).number()))
                    .toList());
            List<NewInvoice> toWrite = new ArrayList<>();
            for (int i : good) {
                InvoiceRow row = invoices.get(i);
                long creditor = parties.creditor(row.creditor());
                long customer = parties.customer(row.customer());
                KnownInvoice old = known.get(new InvoiceKey(creditor, row.number()));
                Dispute dispute = row.dispute() != null ? row.dispute() : old != null ? old.dispute() : Dispute.NONE;
                String description =
                        row.description() != null ? row.description() : old != null ? old.description() : null;
                if (old == null
                        || (allowed(invoices, i, row, customer, old)
                                && differs(row, dispute, description, old)
                                && stands(invoices, i, row, old))) {
                    toWrite.add(new NewInvoice(i, creditor, customer, row, dispute, description));
                    if (old == null || old.gross().compareTo(row.gross().amount()) != 0) {
                        effects.groups.add(new Group(
                                creditor, customer, row.gross().currency().getCurrencyCode()));
                    }
                    if (old == null) {
                        effects.arrived.add(new InvoiceKey(creditor, row.number()));
                    } else if (old.gross().compareTo(row.gross().amount()) != 0 || old.dispute() != dispute) {
                        effects.changed.add(customer);
                    }
                }
            }
            insert(invoices, toWrite);
        }
    }

    private static boolean allowed(
            Rows<InvoiceRow> invoices, int index, InvoiceRow row, long customer, KnownInvoice old) {
        if (old.customer() != customer) {
            invoices.reject(
                    index,
                    "customer",
                    row.customer(),
                    "invoice " + row.number() + " is already booked for customer " + old.customerNumber(),
                    "credit the invoice and issue a new one for the other customer");
            return false;
        }
        String currency = row.gross().currency().getCurrencyCode();
        if (!old.currency().equals(currency)) {
            invoices.reject(
                    index,
                    "currency",
                    currency,
                    "invoice " + row.number() + " is already booked in " + old.currency(),
                    "credit the invoice and issue a new one in the other currency");
            return false;
        }
        if (row.gross().amount().compareTo(old.settled()) < 0) {
            invoices.reject(
                    index,
                    "amount",
                    row.gross().amount(),
                    "invoice " + row.number() + " is already settled by " + Rows.plain(old.settled()),
                    "leave the amount at " + Rows.plain(old.settled())
                            + " or more, and send a credit note for the rest");
            return false;
        }
        return true;
    }

    /** Rejects a change of an invoice that was withdrawn. */
    private static boolean stands(Rows<InvoiceRow> invoices, int index, InvoiceRow row, KnownInvoice old) {
        if (old.withdrawnOn() == null) {
            return true;
        }
        invoices.reject(
                index,
                "number",
                row.number(),
                "invoice " + row.number() + " was withdrawn on " + old.withdrawnOn(),
                "give the new invoice a number of its own; one that is withdrawn is not changed any more");
        return false;
    }

    private static boolean differs(InvoiceRow row, Dispute dispute, @Nullable String description, KnownInvoice old) {
        return row.gross().amount().compareTo(old.gross()) != 0
                || !row.issuedOn().equals(old.issuedOn())
                || !row.dueOn().equals(old.dueOn())
                || dispute != old.dispute()
                || !Objects.equals(description, old.description());
    }

    private void insert(Rows<InvoiceRow> invoices, List<NewInvoice> list) {
        if (list.isEmpty()) {
            return;
        }
        Map<InvoiceKey, NewInvoice> written = new HashMap<>();
        list.forEach(invoice ->
                written.put(new InvoiceKey(invoice.creditor(), invoice.row().number()), invoice));
        Columns.of(list)
                .column("creditor_id", "bigint", NewInvoice::creditor)
                .column("customer_id", "bigint", NewInvoice::customer)
                .text("number", i -> i.row().number())
                .column("issued_on", "date", i -> i.row().issuedOn())
                .column("due_on", "date", i -> i.row().dueOn())
                .text("currency", i -> i.row().gross().currency().getCurrencyCode())
                .column("gross", "numeric", i -> i.row().gross().amount())
                .column("disputed", "boolean", i -> i.dispute() != Dispute.NONE)
                .column("dispute_resolved", "boolean", i -> i.dispute() == Dispute.RESOLVED)
                .text("description", NewInvoice::description)
                .in(
                        jdbc,
                        """
                        insert into invoice (creditor_id, customer_id, number, issued_on, due_on, currency, gross,
                                             disputed, dispute_resolved, description)
                        select creditor_id, customer_id, number, issued_on, due_on, currency, gross,
                               disputed, dispute_resolved, description
                        from {input} order by creditor_id, number
                        on conflict (creditor_id, number) do update
                        set issued_on = excluded.issued_on, due_on = excluded.due_on, gross = excluded.gross,
                            disputed = excluded.disputed, dispute_resolved = excluded.dispute_resolved,
                            description = excluded.description
                        where invoice.customer_id = excluded.customer_id and invoice.currency = excluded.currency
                        returning creditor_id, number, xmax = 0 as inserted
                        """)
                .query((row, n) -> {
                    NewInvoice invoice = Objects.requireNonNull(
                            written.remove(new InvoiceKey(row.getLong("creditor_id"), row.getString("number"))));
                    invoices.outcome(invoice.index(), row.getBoolean("inserted") ? Outcome.INSERTED : Outcome.CHANGED);
                    return invoice.index();
                })
                .list();
        written.values()
                .forEach(invoice -> invoices.reject(
                        invoice.index(),
                        "number",
                        invoice.row().number(),
                        "another import wrote this invoice for another customer or currency at the same moment",
                        "import the row again"));
    }

    /** Invoices by creditor and number, with what is settled of them on any day. */
    Map<InvoiceKey, KnownInvoice> named(Collection<InvoiceKey> keys) {
        Map<InvoiceKey, KnownInvoice> found = new HashMap<>();
        if (keys.isEmpty()) {
            return found;
        }
        Columns.of(new LinkedHashSet<>(keys))
                .column("creditor_id", "bigint", InvoiceKey::creditor)
                .text("number", InvoiceKey::number)
                .in(
                        jdbc,
                        """
                        select i.*, c.number as customer_number,
                               coalesce((select sum(amount) from allocation a where a.invoice_id = i.id), 0) as settled
                        from {input} join invoice i using (creditor_id, number) join customer c on c.id = i.customer_id
                        """)
                .query((row, n) -> found.put(
                        new InvoiceKey(row.getLong("creditor_id"), row.getString("number")),
                        new KnownInvoice(
                                row.getLong("id"),
                                row.getLong("customer_id"),
                                row.getString("customer_number"),
                                row.getString("currency"),
                                row.getBigDecimal("gross"),
                                row.getBigDecimal("settled"),
                                row.getObject("issued_on", LocalDate.class),
                                row.getObject("due_on", LocalDate.class),
                                !row.getBoolean("disputed")
                                        ? Dispute.NONE
                                        : row.getBoolean("dispute_resolved") ? Dispute.RESOLVED : Dispute.OPEN,
                                row.getString("description"),
                                row.getObject("withdrawn_on", LocalDate.class))))
                .list();
        return found;
    }
}
