package org.dunlin.receivables;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.dunlin.receivables.Allocator.Group;
import org.dunlin.receivables.Allocator.Source;
import org.dunlin.receivables.WriteResult.Outcome;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Books payments that came back. What is still on account goes first, then what settled an invoice, the one due last first: so the
 * oldest debts stay paid as long as the money reaches. The invoices are open again from the day of the return, and other money on
 * account may settle them.
 */
@Component
class PaymentReturns {

    private final JdbcClient jdbc;
    private final Receivables receivables;
    private final Allocator allocator;
    private final ApplicationEventPublisher events;

    PaymentReturns(JdbcClient jdbc, Receivables receivables, Allocator allocator, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.receivables = receivables;
        this.allocator = allocator;
        this.events = events;
    }

    /**
     * A payment as it is booked.
     *
     * @param returned of it on any day
     * @param thatDay  what was returned on the day of the row, {@code null} when nothing was
     */
    private record Booked(
            long id,
            long customer,
            String currency,
            BigDecimal amount,
            LocalDate receivedOn,
            BigDecimal settled,
            BigDecimal returned,
            @Nullable BigDecimal thatDay,
            @Nullable String reason) {

        BigDecimal kept() {
            return amount.subtract(returned);
        }

        /** How much has to be taken from invoices so that this much can go back. */
        BigDecimal toTakeBack(BigDecimal going) {
            return settled.subtract(kept().subtract(going)).max(BigDecimal.ZERO);
        }
    }

    private record NewReturn(int index, PaymentReturnRow row, Booked payment, BigDecimal amount) {}

    WriteResult write(List<PaymentReturnRow> list) {
        Rows<PaymentReturnRow> rows = new Rows<>(list, row -> List.of(row.creditor(), row.source(), row.number()));
        receivables.lockCustomers(() -> concerned(list));
        Set<String> creditors = knownCreditors(list);
        Effects effects = new Effects();
        Set<Source> maybeSpent = new HashSet<>();
        for (List<Integer> wave : rows.waves()) {
            List<NewReturn> news = toWrite(rows, wave, creditors);
            takeBack(news, effects);
            insert(news);
            news.forEach(returned -> {
                rows.outcome(returned.index(), Outcome.INSERTED);
                effects.changed.add(returned.payment().customer());
                maybeSpent.add(new Source(returned.payment().id(), null));
            });
        }
        allocator.forgetSpent(maybeSpent);
        forgetEarmarks(maybeSpent);
        allocator.settleOldest(effects);
        if (!effects.changed.isEmpty()) {
            events.publishEvent(new LedgerChanged(Set.copyOf(effects.changed)));
        }
        return rows.result();
    }

    private Set<Long> concerned(List<PaymentReturnRow> list) {
        return keys(list)
                .in(
                        jdbc,
                        """
                        with meant as (
                            select p.id, p.customer_id
                            from {input}
                                join creditor k on k.number = input.creditor
                                join payment p on p.creditor_id = k.id and p.source = input.source and p.number = input.number)
                        select customer_id from meant
                        union
                        select i.customer_id
                        from meant m join allocation a on a.payment_id = m.id join invoice i on i.id = a.invoice_id
                        """)
                .query(Long.class)
                .set();
    }

    private static Columns<PaymentReturnRow> keys(List<PaymentReturnRow> list) {
        return Columns.of(list)
                .text("creditor", PaymentReturnRow::creditor)
                .text("source", PaymentReturnRow::source)
                .text("number", PaymentReturnRow::number);
    }

    private Set<String> knownCreditors(List<PaymentReturnRow> list) {
        return jdbc.sql("select number from creditor where number = any(:numbers)")
                .param(
                        "numbers",
                        list.stream().map(PaymentReturnRow::creditor).distinct().toArray(String[]::new))
                .query(String.class)
                .set();
    }

    private List<NewReturn> toWrite(Rows<PaymentReturnRow> rows, List<Integer> wave, Set<String> creditors) {
        Map<Integer, Booked> payments = booked(wave.stream().map(rows::get).toList());
        List<NewReturn> news = new ArrayList<>();
        for (int n = 0; n < wave.size(); n++) {
            int index = wave.get(n);
            PaymentReturnRow row = rows.get(index);
            Booked payment = payments.get(n);
            if (!creditors.contains(row.creditor())) {
                Parties.unknownCreditor(rows, index, row.creditor());
            } else if (payment == null) {
                rows.reject(
                        index,
                        "number",
                        row.number(),
                        "unknown payment of creditor " + row.creditor(),
                        "import the payment first, or correct the number");
            } else if (payment.thatDay() != null) {
                resent(rows, index, payment, payment.thatDay());
            } else if (possible(rows, index, payment)) {
                BigDecimal amount =
                        row.amount() == null ? payment.kept() : row.amount().amount();
                news.add(new NewReturn(index, row, payment, amount));
            }
        }
        return news;
    }

    private Map<Integer, Booked> booked(List<PaymentReturnRow> list) {
        Map<Integer, Booked> found = new TreeMap<>();
        keys(list)
                .column("returned_on", "date", PaymentReturnRow::returnedOn)
                .in(
                        jdbc,
                        """
                        select input.row, p.id, p.customer_id, p.currency, p.amount, p.received_on,
                               coalesce((select sum(a.amount) from allocation a where a.payment_id = p.id), 0) as settled,
                               coalesce((select sum(r.amount) from payment_return r where r.payment_id = p.id), 0) as returned,
                               d.amount as that_day, d.reason
                        from {input}
                            join creditor k on k.number = input.creditor
                            join payment p on p.creditor_id = k.id and p.source = input.source and p.number = input.number
                            left join payment_return d on d.payment_id = p.id and d.returned_on = input.returned_on
                        """)
                .query((row, n) -> found.put(
                        row.getInt("row"),
                        new Booked(
                                row.getLong("id"),
                                row.getLong("customer_id"),
                                row.getString("currency"),
                                row.getBigDecimal("amount"),
                                row.getObject("received_on", LocalDate.class),
                                row.getBigDecimal("settled"),
                                row.getBigDecimal("returned"),
                                row.getBigDecimal("that_day"),
                                row.getString("reason"))))
                .list();
        return found;
    }

    /** What was returned on that day is booked already: the same again changes nothing, but for the reason. */
    private void resent(Rows<PaymentReturnRow> rows, int index, Booked payment, BigDecimal thatDay) {
        PaymentReturnRow row = rows.get(index);
        Money amount = row.amount();
        boolean same = amount == null
                ? payment.kept().signum() == 0
                : amount.currency().getCurrencyCode().equals(payment.currency())
                        && amount.amount().compareTo(thatDay) == 0;
        if (!same) {
            rows.reject(
                    index,
                    "amount",
                    amount,
                    "of payment " + row.number() + " the return of " + payment.currency() + " " + Rows.plain(thatDay)
                            + " on " + row.returnedOn() + " is already booked",
                    "what is booked is not changed by a file; a further part that went back needs a day of its own");
        } else if (row.reason() != null && !row.reason().equals(payment.reason())) {
            jdbc.sql("update payment_return set reason = :reason where payment_id = :payment and returned_on = :on")
                    .param("reason", row.reason())
                    .param("payment", payment.id())
                    .param("on", row.returnedOn())
                    .update();
            rows.outcome(index, Outcome.CHANGED);
        }
    }

    private static boolean possible(Rows<PaymentReturnRow> rows, int index, Booked payment) {
        PaymentReturnRow row = rows.get(index);
        Money amount = row.amount();
        if (amount != null && !amount.currency().getCurrencyCode().equals(payment.currency())) {
            rows.reject(
                    index,
                    "currency",
                    amount.currency().getCurrencyCode(),
                    "payment " + row.number() + " was made in " + payment.currency(),
                    "correct the currency, or leave the amount empty when all of it went back");
        } else if (row.returnedOn().isBefore(payment.receivedOn())) {
            rows.reject(
                    index,
                    "returnedOn",
                    row.returnedOn(),
                    "payment " + row.number() + " was received later, on " + payment.receivedOn(),
                    "correct the day");
        } else if (payment.kept().signum() == 0) {
            rows.reject(
                    index,
                    "number",
                    row.number(),
                    "all of payment " + row.number() + " went back on another day already",
                    "if the payer paid again and that went back too, import that payment under its own number first");
        } else if (amount != null && amount.amount().compareTo(payment.kept()) > 0) {
            rows.reject(
                    index,
                    "amount",
                    amount,
                    "of payment " + row.number() + " no more than " + payment.currency() + " "
                            + Rows.plain(payment.kept()) + " can go back",
                    "correct the amount, or leave it empty when all of it went back");
        } else {
            return true;
        }
        return false;
    }

    private void takeBack(List<NewReturn> news, Effects effects) {
        List<NewReturn> settled = news.stream()
                .filter(returned ->
                        returned.payment().toTakeBack(returned.amount()).signum() > 0)
                .toList();
        if (settled.isEmpty()) {
            return;
        }
        effects.groups.addAll(Columns.of(settled)
                .column("payment_id", "bigint", returned -> returned.payment().id())
                .column("returned_on", "date", returned -> returned.row().returnedOn())
                .column("back", "numeric", returned -> returned.payment().toTakeBack(returned.amount()))
                .in(
                        jdbc,
                        """
                        with settled as (
                            select input.payment_id, input.returned_on, input.back, i.id as invoice_id, sum(a.amount) as amount,
                                   max(a.effective_on) filter (where a.amount > 0) as since,
                                   sum(sum(a.amount)) over (
                                       partition by input.payment_id order by i.due_on desc, i.id desc) as up_to
                            from {input}
                                join allocation a on a.payment_id = input.payment_id
                                join invoice i on i.id = a.invoice_id
                            group by input.payment_id, input.returned_on, input.back, i.id
                            having sum(a.amount) > 0),
                        written as (
                            insert into allocation (invoice_id, payment_id, effective_on, amount)
                            select invoice_id, payment_id, greatest(returned_on, since), -least(amount, back - (up_to - amount))
                            from settled where up_to - amount < back
                            order by payment_id, invoice_id
                            returning invoice_id)
                        select distinct i.creditor_id, i.customer_id, i.currency
                        from written w join invoice i on i.id = w.invoice_id
                        """)
                .query((row, n) ->
                        new Group(row.getLong("creditor_id"), row.getLong("customer_id"), row.getString("currency")))
                .set());
        effects.changed.addAll(effects.groups.stream().map(Group::customer).collect(Collectors.toSet()));
    }

    private void insert(List<NewReturn> news) {
        if (news.isEmpty()) {
            return;
        }
        Columns.of(news)
                .column("payment_id", "bigint", returned -> returned.payment().id())
                .column("returned_on", "date", returned -> returned.row().returnedOn())
                .column("amount", "numeric", NewReturn::amount)
                .text("reason", returned -> returned.row().reason())
                .in(
                        jdbc,
                        """
                        insert into payment_return (payment_id, returned_on, amount, reason)
                        select payment_id, returned_on, amount, reason from {input} order by payment_id
                        """)
                .update();
    }

    /** What went back waits for no invoice any more. */
    private void forgetEarmarks(Set<Source> payments) {
        jdbc.sql(
                        """
                        delete from awaited_invoice w using payment p
                        where w.payment_id = p.id and p.id = any(:ids) and ${kept} = 0
                        """
                                .replace("${kept}", Allocator.KEPT))
                .param("ids", payments.stream().map(Source::payment).toArray(Long[]::new))
                .update();
    }
}
