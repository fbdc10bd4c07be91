package org.dunlin.receivables;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Decides which invoices money settles. The rules, in this order:
 *
 * <ol>
 *   <li>Invoices that the payer named, each up to what is open of it or to the amount given for it; the earliest money first.
 *   <li>Money for a named invoice that is not in the ledger waits on account until that invoice arrives: it may be a mistyped
 *       number, an invoice still to come, or one from before the ledger began, and none of these settles another invoice.
 *   <li>All other money goes to the open invoices of the same customer, creditor and currency, oldest due date first, and the
 *       earliest money first; a credit note before a payment of the same day.
 *   <li>What is left stays on account, and goes by the same rules to invoices that arrive later.
 * </ol>
 *
 * An invoice counts as settled from the later of the money's day and its own date of issue. The caller holds the locks of all
 * customers concerned.
 */
@Component
class Allocator {

    private final JdbcClient jdbc;

    Allocator(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Money that can settle invoices: exactly one of the two. */
    record Source(@Nullable Long payment, @Nullable Long creditNote) {}

    /**
     * Money that was meant for an invoice.
     *
     * @param amount {@code null}: up to what is open
     */
    record Claim(Source source, LocalDate day, long invoice, @Nullable BigDecimal amount) {}

    /** Money and invoices find each other only within the same creditor, customer and currency. */
    record Group(long creditor, long customer, String currency) {}

    private record Allocated(long invoice, Source source, BigDecimal amount) {}

    /** What an allocation touched. */
    record Touched(Set<Long> customers, Set<Source> sources) {

        Touched() {
            this(new HashSet<>(), new HashSet<>());
        }
    }

    /**
     * Settles what was named; claims are served by day, and those of one day in the order given.
     *
     * @return what is left of each source that had a claim
     */
    Map<Source, BigDecimal> settleNamed(List<Claim> claims, Touched touched) {
        if (claims.isEmpty()) {
            return Map.of();
        }
        List<Claim> ordered = new ArrayList<>(claims);
        ordered.sort(Comparator.comparing(Claim::day));
        Map<Long, BigDecimal> open =
                open(ordered.stream().map(Claim::invoice).distinct().toList());
        Map<Source, BigDecimal> left =
                left(ordered.stream().map(Claim::source).distinct().toList());
        List<Allocated> allocated = new ArrayList<>();
        for (Claim claim : ordered) {
            BigDecimal amount = open.getOrDefault(claim.invoice(), BigDecimal.ZERO)
                    .min(left.getOrDefault(claim.source(), BigDecimal.ZERO));
            if (claim.amount() != null) {
                amount = amount.min(claim.amount());
            }
            if (amount.signum() > 0) {
                allocated.add(new Allocated(claim.invoice(), claim.source(), amount));
                open.merge(claim.invoice(), amount, BigDecimal::subtract);
                left.merge(claim.source(), amount, BigDecimal::subtract);
                touched.sources().add(claim.source());
            }
        }
        if (allocated.isEmpty()) {
            return left;
        }
        touched.customers()
                .addAll(Columns.of(allocated)
                        .column("invoice_id", "bigint", Allocated::invoice)
                        .column("payment_id", "bigint", a -> a.source().payment())
                        .column("credit_note_id", "bigint", a -> a.source().creditNote())
                        .column("amount", "numeric", Allocated::amount)
                        .in(
                                jdbc,
                                """
                                with written as (
                                    insert into allocation (invoice_id, payment_id, credit_note_id, effective_on, amount)
                                    select i.id, p.id, c.id, greatest(i.issued_on, p.received_on, c.issued_on), input.amount
                                    from {input}
                                        join invoice i on i.id = input.invoice_id
                                        left join payment p on p.id = input.payment_id
                                        left join credit_note c on c.id = input.credit_note_id
                                    order by input.row
                                    returning invoice_id)
                                select distinct i.customer_id from written w join invoice i on i.id = w.invoice_id
                                """)
                        .query(Long.class)
                        .list());
        return left;
    }

    /** Lets free money of these groups settle what is open in them, oldest first. */
    void settleOldest(Collection<Group> groups, Touched touched) {
        List<Group> withMoney = withFreeMoney(groups);
        if (withMoney.isEmpty()) {
            return;
        }
        touched.customers()
                .addAll(input(withMoney)
                        .in(
                                jdbc,
                                """
                                with money as (
                                    select m.*, sum(free) over w - free as starts, sum(free) over w as ends
                                    from {input}, lateral money_on_account(input.creditor_id, input.customer_id, input.currency) m
                                    where free > 0
                                    window w as (partition by m.creditor_id, m.customer_id, m.currency
                                                 order by m.day, m.payment_id nulls first, m.credit_note_id)),
                                owed as (
                                    select i.*, i.gross - coalesce(a.settled, 0) as open
                                    from {input}
                                        join invoice i using (creditor_id, customer_id, currency)
                                        left join lateral (
                                            select sum(amount) as settled from allocation where invoice_id = i.id) a on true
                                    where i.gross > coalesce(a.settled, 0)),
                                debt as (
                                    select o.*, sum(open) over w - open as starts, sum(open) over w as ends
                                    from owed o
                                    window w as (partition by creditor_id, customer_id, currency
                                                 order by due_on, issued_on, id)),
                                written as (
                                    insert into allocation (invoice_id, payment_id, credit_note_id, effective_on, amount)
                                    select d.id, m.payment_id, m.credit_note_id, greatest(m.day, d.issued_on),
                                           least(m.ends, d.ends) - greatest(m.starts, d.starts)
                                    from money m join debt d using (creditor_id, customer_id, currency)
                                    where m.starts < d.ends and d.starts < m.ends
                                    order by d.id
                                    returning invoice_id)
                                select distinct i.customer_id from written w join invoice i on i.id = w.invoice_id
                                """)
                        .query(Long.class)
                        .list());
    }

    private List<Group> withFreeMoney(Collection<Group> groups) {
        if (groups.isEmpty()) {
            return List.of();
        }
        return input(List.copyOf(groups))
                .in(
                        jdbc,
                        """
                        select input.creditor_id, input.customer_id, input.currency
                        from {input}
                        where exists (
                            select from money_on_account(input.creditor_id, input.customer_id, input.currency) m where m.free > 0)
                        """)
                .query((row, n) -> new Group(row.getLong(1), row.getLong(2), row.getString(3)))
                .list();
    }

    private static Columns<Group> input(List<Group> groups) {
        return Columns.of(groups)
                .column("creditor_id", "bigint", Group::creditor)
                .column("customer_id", "bigint", Group::customer)
                .column("currency", "bpchar", Group::currency);
    }

    private Map<Long, BigDecimal> open(List<Long> invoices) {
        Map<Long, BigDecimal> open = new HashMap<>();
        jdbc.sql(
                        """
                        select i.id, i.gross - coalesce(
                            (select sum(amount) from allocation a where a.invoice_id = i.id), 0) as open
                        from invoice i where i.id = any(:ids)
                        """)
                .param("ids", invoices.toArray(Long[]::new))
                .query((row, n) -> open.put(row.getLong(1), row.getBigDecimal(2)))
                .list();
        return open;
    }

    private Map<Source, BigDecimal> left(List<Source> sources) {
        Map<Source, BigDecimal> left = new HashMap<>();
        Columns.of(sources)
                .column("payment_id", "bigint", Source::payment)
                .column("credit_note_id", "bigint", Source::creditNote)
                .in(
                        jdbc,
                        """
                        select input.row,
                               coalesce(
                                   (select p.amount from payment p where p.id = input.payment_id),
                                   (select c.gross from credit_note c where c.id = input.credit_note_id))
                               - coalesce(
                                   (select sum(a.amount) from allocation a where a.payment_id = input.payment_id),
                                   (select sum(a.amount) from allocation a where a.credit_note_id = input.credit_note_id),
                                   0)
                        from {input}
                        """)
                .query((row, n) -> left.put(sources.get(row.getInt(1)), row.getBigDecimal(2)))
                .list();
        return left;
    }
}
