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
import java.util.Objects;
import java.util.Set;
import org.dunlin.receivables.Effects.Incoming;
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
 * An invoice counts as settled from the later of the money's day and its own date of issue; and not before the day on which
 * something was last taken back from either of them, so that what was open on an earlier day stays as it was. The caller holds
 * the locks of all customers concerned.
 */
@Component
class Allocator {

    /** What is left of a payment {@code p} when what the bank took back is gone. */
    static final String KEPT =
            "(p.amount - coalesce((select sum(r.amount) from payment_return r where r.payment_id = p.id), 0))";

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

    private record Free(Source source, Group group, LocalDate day, BigDecimal amount) {}

    private record Allocated(long invoice, Source source, BigDecimal amount) {}

    /**
     * Settles what was named; claims are served by day, and those of one day in the order given.
     *
     * @return what is left of each source that had a claim
     */
    Map<Source, BigDecimal> settleNamed(List<Claim> claims, Effects effects) {
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
                effects.claimed.add(claim.source());
            }
        }
        if (allocated.isEmpty()) {
            return left;
        }
        effects.changed.addAll(Columns.of(allocated)
                .column("invoice_id", "bigint", Allocated::invoice)
                .column("payment_id", "bigint", a -> a.source().payment())
                .column("credit_note_id", "bigint", a -> a.source().creditNote())
                .column("amount", "numeric", Allocated::amount)
                .in(
                        jdbc,
                        """
                                with written as (
                                    insert into allocation (invoice_id, payment_id, credit_note_id, effective_on, amount)
                                    select i.id, p.id, c.id,
                                           greatest(
                                               i.issued_on, p.received_on, c.issued_on,
                                               (select max(t.effective_on) from allocation t
                                                where t.invoice_id = i.id and t.amount < 0),
                                               (select max(t.effective_on) from allocation t
                                                where t.payment_id = p.id and t.amount < 0),
                                               (select max(t.effective_on) from allocation t
                                                where t.credit_note_id = c.id and t.amount < 0)),
                                           input.amount
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

    /** Notes new money that is not spent yet, so that later invoices find it without a search through all that ever came in. */
    void noteOnAccount(List<Incoming> money) {
        if (money.isEmpty()) {
            return;
        }
        Columns.of(money)
                .column("payment_id", "bigint", m -> m.source().payment())
                .column("credit_note_id", "bigint", m -> m.source().creditNote())
                .column("creditor_id", "bigint", m -> m.group().creditor())
                .column("customer_id", "bigint", m -> m.group().customer())
                .text("currency", m -> m.group().currency())
                .in(
                        jdbc,
                        """
                        insert into unspent_money (payment_id, credit_note_id, creditor_id, customer_id, currency)
                        select payment_id, credit_note_id, creditor_id, customer_id, currency from {input} order by row
                        """)
                .update();
    }

    /** Puts money back on the list that was taken from what it had settled. */
    void noteFreed(Collection<Source> money) {
        jdbc.sql(
                        """
                        insert into unspent_money (payment_id, credit_note_id, creditor_id, customer_id, currency)
                        select id, null, creditor_id, customer_id, currency from payment where id = any(:payments)
                        union all
                        select null, id, creditor_id, customer_id, currency from credit_note where id = any(:creditNotes)
                        on conflict do nothing
                        """)
                .param(
                        "payments",
                        money.stream()
                                .map(Source::payment)
                                .filter(Objects::nonNull)
                                .toArray(Long[]::new))
                .param(
                        "creditNotes",
                        money.stream()
                                .map(Source::creditNote)
                                .filter(Objects::nonNull)
                                .toArray(Long[]::new))
                .update();
    }

    /**
     * Lets free money settle what is open in its group, oldest first. Money and debts of a group are laid out on one line each, by
     * cumulative sums; where a piece of money and a debt overlap, the one settles the other.
     */
    void settleOldest(Effects effects) {
        List<Free> free = free(effects.groups);
        if (!free.isEmpty()) {
            // Group by group (lateral): the planner cannot know how few rows each group has, and would join everything
            // with
            // everything.
            effects.changed.addAll(Columns.of(free)
                    .column("creditor_id", "bigint", m -> m.group().creditor())
                    .column("customer_id", "bigint", m -> m.group().customer())
                    .column("currency", "bpchar", m -> m.group().currency())
                    .column("payment_id", "bigint", m -> m.source().payment())
                    .column("credit_note_id", "bigint", m -> m.source().creditNote())
                    .column("day", "date", Free::day)
                    .column("free", "numeric", Free::amount)
                    .in(
                            jdbc,
                            """
                            with grouped as (
                                select creditor_id, customer_id, currency, array_agg(payment_id order by row) as payments,
                                       array_agg(credit_note_id order by row) as credit_notes, array_agg(day order by row) as days,
                                       array_agg(free order by row) as amounts
                                from {input} group by creditor_id, customer_id, currency),
                            written as (
                                insert into allocation (invoice_id, payment_id, credit_note_id, effective_on, amount)
                                select s.*
                                from grouped g, lateral (
                                    with money as (
                                        select m.*, sum(free) over earliest - free as starts, sum(free) over earliest as ends
                                        from unnest(g.payments, g.credit_notes, g.days, g.amounts) with ordinality
                                            as m(payment_id, credit_note_id, day, free, n)
                                        window earliest as (order by n)),
                                    debt as (
                                        select d.*, sum(open) over oldest - open as starts, sum(open) over oldest as ends
                                        from (
                                            select i.id, i.issued_on, i.due_on, a.reopened_on,
                                                   i.gross - coalesce(a.settled, 0) as open
                                            from invoice i
                                                left join lateral (
                                                    select sum(amount) as settled,
                                                           max(effective_on) filter (where amount < 0) as reopened_on
                                                    from allocation where invoice_id = i.id
                                                ) a on true
                                            where i.creditor_id = g.creditor_id and i.customer_id = g.customer_id
                                                and i.currency = g.currency and i.withdrawn_on is null) d
                                        where open > 0
                                        window oldest as (order by due_on, issued_on, id))
                                    select debt.id, money.payment_id, money.credit_note_id,
                                           greatest(money.day, debt.issued_on, debt.reopened_on),
                                           least(money.ends, debt.ends) - greatest(money.starts, debt.starts)
                                    from money join debt on money.starts < debt.ends and debt.starts < money.ends) s
                                returning invoice_id)
                            select distinct i.customer_id from written w join invoice i on i.id = w.invoice_id
                            """)
                    .query(Long.class)
                    .list());
        }
        Set<Source> maybeSpent = new HashSet<>(free.stream().map(Free::source).toList());
        maybeSpent.addAll(effects.claimed);
        forgetSpent(maybeSpent);
    }

    /** Money of these groups that is not allocated and does not wait for a named invoice, earliest first. */
    private List<Free> free(Set<Group> groups) {
        if (groups.isEmpty()) {
            return List.of();
        }
        Long[] customers = groups.stream().map(Group::customer).distinct().toArray(Long[]::new);
        return jdbc
                .sql(
                        """
                        with candidate as materialized (
                            select * from unspent_money where customer_id = any(:customers))
                        select u.*,
                               greatest(
                                   p.received_on,
                                   (select max(a.effective_on) from allocation a where a.payment_id = p.id and a.amount < 0)) as day,
                               ${kept} - coalesce((select sum(a.amount) from allocation a where a.payment_id = p.id), 0)
                                   - coalesce((select sum(coalesce(w.amount, p.amount)) from awaited_invoice w where w.payment_id = p.id), 0)
                                   as free
                        from candidate u join payment p on p.id = u.payment_id
                        union all
                        select u.*,
                               greatest(
                                   c.issued_on,
                                   (select max(a.effective_on) from allocation a where a.credit_note_id = c.id and a.amount < 0)),
                               c.gross - coalesce((select sum(a.amount) from allocation a where a.credit_note_id = c.id), 0)
                                   - coalesce((select sum(coalesce(w.amount, c.gross)) from awaited_invoice w where w.credit_note_id = c.id), 0)
                        from candidate u join credit_note c on c.id = u.credit_note_id
                        order by day, credit_note_id, payment_id
                        """
                                .replace("${kept}", KEPT))
                .param("customers", customers)
                .query((row, n) -> new Free(
                        new Source(
                                row.getObject("payment_id", Long.class), row.getObject("credit_note_id", Long.class)),
                        new Group(row.getLong("creditor_id"), row.getLong("customer_id"), row.getString("currency")),
                        row.getObject("day", LocalDate.class),
                        row.getBigDecimal("free")))
                .stream()
                .filter(money -> money.amount().signum() > 0 && groups.contains(money.group()))
                .toList();
    }

    /** Takes money off the work list of which nothing is left. */
    void forgetSpent(Set<Source> sources) {
        Long[] payments =
                sources.stream().map(Source::payment).filter(Objects::nonNull).toArray(Long[]::new);
        Long[] creditNotes = sources.stream()
                .map(Source::creditNote)
                .filter(Objects::nonNull)
                .toArray(Long[]::new);
        if (payments.length > 0) {
            jdbc.sql(
                            """
                            delete from unspent_money u where u.payment_id = any(:ids)
                            and (select ${kept} from payment p where p.id = u.payment_id)
                                <= coalesce((select sum(a.amount) from allocation a where a.payment_id = u.payment_id), 0)
                            """
                                    .replace("${kept}", KEPT))
                    .param("ids", payments)
                    .update();
        }
        if (creditNotes.length > 0) {
            jdbc.sql(
                            """
                            delete from unspent_money u where u.credit_note_id = any(:ids)
                            and (select c.gross from credit_note c where c.id = u.credit_note_id)
                                <= (select sum(a.amount) from allocation a where a.credit_note_id = u.credit_note_id)
                            """)
                    .param("ids", creditNotes)
                    .update();
        }
    }

    private Map<Long, BigDecimal> open(List<Long> invoices) {
        Map<Long, BigDecimal> open = new HashMap<>();
        jdbc.sql(
                        """
                        select i.id, i.gross - coalesce(
                            (select sum(amount) from allocation a where a.invoice_id = i.id), 0) as open
                        from invoice i where i.id = any(:ids) and i.withdrawn_on is null
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
                                   (select ${kept} from payment p where p.id = input.payment_id),
                                   (select c.gross from credit_note c where c.id = input.credit_note_id))
                               - coalesce(
                                   (select sum(a.amount) from allocation a where a.payment_id = input.payment_id),
                                   (select sum(a.amount) from allocation a where a.credit_note_id = input.credit_note_id),
                                   0)
                        from {input}
                        """
                                .replace("${kept}", KEPT))
                .query((row, n) -> left.put(sources.get(row.getInt(1)), row.getBigDecimal(2)))
                .list();
        return left;
    }
}
