package org.dunlin.receivables;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dunlin.receivables.Allocator.Group;
import org.dunlin.receivables.Allocator.Source;
import org.dunlin.receivables.WriteResult.Outcome;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Books invoices that were withdrawn. From that day on such an invoice is not open, not late and no order; until the day before it
 * is what it was. What had been allocated to it goes back on account, and settles what else is open by the usual rules.
 */
@Component
class InvoiceWithdrawals {

    private final JdbcClient jdbc;
    private final Receivables receivables;
    private final Allocator allocator;
    private final ApplicationEventPublisher events;

    InvoiceWithdrawals(
            JdbcClient jdbc, Receivables receivables, Allocator allocator, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.receivables = receivables;
        this.allocator = allocator;
        this.events = events;
    }

    private record Booked(
            long id, long customer, LocalDate issuedOn, @Nullable LocalDate withdrawnOn, @Nullable String reason) {}

    private record Withdrawn(int index, InvoiceWithdrawalRow row, Booked invoice) {}

    WriteResult write(List<InvoiceWithdrawalRow> list) {
        Rows<InvoiceWithdrawalRow> rows = new Rows<>(list, row -> List.of(row.creditor(), row.number()));
        receivables.lockCustomers(() -> concerned(list));
        Map<String, Long> creditors = creditors(list);
        Effects effects = new Effects();
        for (List<Integer> wave : rows.waves()) {
            List<Withdrawn> news = toWrite(rows, wave, creditors);
            freeMoney(news, effects);
            update(news);
            news.forEach(withdrawn -> {
                boolean known = withdrawn.invoice().withdrawnOn() != null;
                rows.outcome(withdrawn.index(), known ? Outcome.CHANGED : Outcome.INSERTED);
                effects.changed.add(withdrawn.invoice().customer());
            });
        }
        allocator.settleOldest(effects);
        if (!effects.changed.isEmpty()) {
            events.publishEvent(new LedgerChanged(Set.copyOf(effects.changed)));
        }
        return rows.result();
    }

    private Set<Long> concerned(List<InvoiceWithdrawalRow> list) {
        return keys(list)
                .in(
                        jdbc,
                        """
                        with meant as (
                            select i.id, i.customer_id
                            from {input}
                                join creditor k on k.number = input.creditor
                                join invoice i on i.creditor_id = k.id and i.number = input.number)
                        select customer_id from meant
                        union
                        select coalesce(p.customer_id, c.customer_id)
                        from meant m
                            join allocation a on a.invoice_id = m.id
                            left join payment p on p.id = a.payment_id
                            left join credit_note c on c.id = a.credit_note_id
                        """)
                .query(Long.class)
                .set();
    }

    private static Columns<InvoiceWithdrawalRow> keys(List<InvoiceWithdrawalRow> list) {
        return Columns.of(list)
                .text("creditor", InvoiceWithdrawalRow::creditor)
                .text("number", InvoiceWithdrawalRow::number);
    }

    private Map<String, Long> creditors(List<InvoiceWithdrawalRow> list) {
        Map<String, Long> creditors = new HashMap<>();
        jdbc.sql("select id, number from creditor where number = any(:numbers)")
                .param(
                        "numbers",
                        list.stream()
                                .map(InvoiceWithdrawalRow::creditor)
                                .distinct()
                                .toArray(String[]::new))
                .query((row, n) -> creditors.put(row.getString("number"), row.getLong("id")))
                .list();
        return creditors;
    }

    private List<Withdrawn> toWrite(Rows<InvoiceWithdrawalRow> rows, List<Integer> wave, Map<String, Long> creditors) {
        Map<InvoiceKey, Booked> invoices = booked(wave.stream().map(rows::get).toList());
        List<Withdrawn> news = new ArrayList<>();
        for (int index : wave) {
            InvoiceWithdrawalRow row = rows.get(index);
            Long creditor = creditors.get(row.creditor());
            if (creditor == null) {
                Parties.unknownCreditor(rows, index, row.creditor());
                continue;
            }
            Booked invoice = invoices.get(new InvoiceKey(creditor, row.number()));
            if (invoice == null) {
                rows.reject(
                        index,
                        "number",
                        row.number(),
                        "unknown invoice of creditor " + row.creditor(),
                        "import the invoice first, or correct the number");
            } else if (row.withdrawnOn().isBefore(invoice.issuedOn())) {
                rows.reject(
                        index,
                        "withdrawnOn",
                        row.withdrawnOn(),
                        "invoice " + row.number() + " was issued later, on " + invoice.issuedOn(),
                        "give the day of issue or a later one");
            } else if (invoice.withdrawnOn() != null && !invoice.withdrawnOn().equals(row.withdrawnOn())) {
                rows.reject(
                        index,
                        "withdrawnOn",
                        row.withdrawnOn(),
                        "invoice " + row.number() + " is already withdrawn on " + invoice.withdrawnOn(),
                        "what is booked is not changed by a file");
            } else if (invoice.withdrawnOn() == null
                    || (row.reason() != null && !row.reason().equals(invoice.reason()))) {
                news.add(new Withdrawn(index, row, invoice));
            }
        }
        return news;
    }

    private Map<InvoiceKey, Booked> booked(List<InvoiceWithdrawalRow> list) {
        Map<InvoiceKey, Booked> found = new HashMap<>();
        keys(list)
                .in(
                        jdbc,
                        """
                        select i.*
                        from {input}
                            join creditor k on k.number = input.creditor
                            join invoice i on i.creditor_id = k.id and i.number = input.number
                        """)
                .query((row, n) -> found.put(
                        new InvoiceKey(row.getLong("creditor_id"), row.getString("number")),
                        new Booked(
                                row.getLong("id"),
                                row.getLong("customer_id"),
                                row.getObject("issued_on", LocalDate.class),
                                row.getObject("withdrawn_on", LocalDate.class),
                                row.getString("withdrawal_reason"))))
                .list();
        return found;
    }

    private void freeMoney(List<Withdrawn> news, Effects effects) {
        if (news.isEmpty()) {
            return;
        }
        record Freed(Source source, Group group) {}
        List<Freed> freed = columns(news)
                .in(
                        jdbc,
                        """
                        with settled as (
                            select input.invoice_id, input.withdrawn_on, a.payment_id, a.credit_note_id, sum(a.amount) as amount,
                                   max(a.effective_on) filter (where a.amount > 0) as since
                            from {input} join allocation a on a.invoice_id = input.invoice_id
                            group by input.invoice_id, input.withdrawn_on, a.payment_id, a.credit_note_id
                            having sum(a.amount) > 0),
                        written as (
                            insert into allocation (invoice_id, payment_id, credit_note_id, effective_on, amount)
                            select invoice_id, payment_id, credit_note_id, greatest(withdrawn_on, since), -amount
                            from settled order by invoice_id, payment_id, credit_note_id
                            returning payment_id, credit_note_id)
                        select distinct w.payment_id, w.credit_note_id, coalesce(p.creditor_id, c.creditor_id) as creditor_id,
                               coalesce(p.customer_id, c.customer_id) as customer_id, coalesce(p.currency, c.currency) as currency
                        from written w
                            left join payment p on p.id = w.payment_id
                            left join credit_note c on c.id = w.credit_note_id
                        """)
                .query((row, n) -> new Freed(
                        new Source(
                                row.getObject("payment_id", Long.class), row.getObject("credit_note_id", Long.class)),
                        new Group(row.getLong("creditor_id"), row.getLong("customer_id"), row.getString("currency"))))
                .list();
        allocator.noteFreed(freed.stream().map(Freed::source).toList());
        freed.forEach(each -> effects.groups.add(each.group()));
    }

    private void update(List<Withdrawn> news) {
        if (news.isEmpty()) {
            return;
        }
        columns(news)
                .in(
                        jdbc,
                        """
                        update invoice i
                        set withdrawn_on = input.withdrawn_on, withdrawal_reason = coalesce(input.reason, i.withdrawal_reason)
                        from {input} where i.id = input.invoice_id
                        """)
                .update();
    }

    private static Columns<Withdrawn> columns(List<Withdrawn> news) {
        return Columns.of(news)
                .column("invoice_id", "bigint", withdrawn -> withdrawn.invoice().id())
                .column("withdrawn_on", "date", withdrawn -> withdrawn.row().withdrawnOn())
                .text("reason", withdrawn -> withdrawn.row().reason());
    }
}
