package org.dunlin.scoring;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The formulas of the profile, as one statement over the whole portfolio or a part of it. {@code docs/scoring.md} explains each
 * of them with its reasons.
 *
 * <ul>
 *   <li><b>Paid</b> is an invoice whose allocations cover its gross, at least in part by payments: the customer paid on the day
 *       since which they cover it. An invoice credited in full says nothing about paying.
 *   <li><b>Days late</b> are the calendar days from due date to that day, 0 when it was paid in time.
 *   <li><b>Weight</b> of an invoice: 4 when it was paid (for the disputed share: issued) within the last 12 months, 2 within the
 *       12 months before, 1 when longer ago.
 *   <li>An <b>overdue</b>, undisputed invoice is late for certain: it counts in the share late with weight 4. It counts in the days
 *       late only where it is already later than the customer's mean: before that it would make a late payer look better.
 *   <li><b>Promises, plans and disputes</b> are counted from what was handed in ({@link Experiences}) within the last 12 months.
 *   <li>A <b>withdrawn</b> invoice is none from the day it was withdrawn: no order, not late, not open, not disputed.
 *   <li>A customer who was <b>merged</b> into another has no facts of their own.
 *   <li><b>Amounts</b> are never added across currencies.
 * </ul>
 */
final class ProfileFacts {

    /** Columns of {@code customer_profile} that are facts, in the order in which {@link #SELECT} yields them. */
    private static final List<String> COLUMNS = List.of(
            "kind",
            "employees",
            "sector",
            "external_rating",
            "currency",
            "months_of_history",
            "invoices_paid",
            "share_late_percent",
            "mean_days_late",
            "weighted_days_late",
            "open_amount",
            "overdue_amount",
            "overdue_undisputed",
            "oldest_overdue_days",
            "mean_order_amount",
            "orders_per_month",
            "turnover_12_months",
            "disputed_percent",
            "credit_use_percent",
            "overdue_invoices",
            "promises_kept",
            "promises_broken",
            "plans_kept",
            "plans_broken",
            "disputes_raised",
            "disputes_accepted",
            "disputes_rejected",
            "disputes_paid",
            "pay_pattern",
            "pay_day",
            "pattern_confidence",
            "other_currencies");

    /** Aggregated once per invoice, once per customer and currency, once per customer. */
    private static final String SELECT = "with " + Settled.CTES
            + """
            ,
            bill as (
                select customer_id, currency, gross, disputed, issued_on, open,
                       case when open > 0 and not disputed and due_on < :asOf then :asOf - due_on end as age,
                       open > 0 and due_on < :asOf as overdue,
                       issued_on > :yearAgo as recent,
                       greatest(0, paid_on - due_on) as days_late,
                       case when paid_on > :yearAgo then 4 when paid_on > :twoYearsAgo then 2 when paid_on is not null then 1 end
                           as paid_weight,
                       case when issued_on > :yearAgo then 4 when issued_on > :twoYearsAgo then 2 else 1 end as weight
                from (
                    select i.*, i.gross - coalesce(s.amount, 0) as open,
                           ${paidOn} as paid_on
                    from invoice i
                        left join settled s on s.invoice_id = i.id
                        left join taken_back t on t.invoice_id = i.id
                    where i.issued_on <= :asOf and (i.withdrawn_on is null or i.withdrawn_on > :asOf) ${invoices}
                ) i
            ),
            per_currency as materialized (
                select customer_id, currency,
                       count(*) as invoices,
                       count(*) filter (where recent) as orders,
                       coalesce(sum(gross) filter (where recent), 0) as ordered,
                       min(issued_on) as first_on,
                       sum(open) as open,
                       coalesce(sum(open) filter (where overdue), 0) as overdue,
                       coalesce(sum(open) filter (where age is not null), 0) as undisputed,
                       count(*) filter (where overdue) as overdue_invoices,
                       count(age) as late_now,
                       max(age) as oldest,
                       array_agg(age) filter (where age is not null) as ages,
                       array_agg(open) filter (where age is not null) as opens,
                       sum(weight) as weight,
                       coalesce(sum(weight) filter (where disputed), 0) as disputed_weight,
                       count(paid_weight) as paid,
                       coalesce(sum(paid_weight), 0) as paid_weight,
                       coalesce(sum(paid_weight) filter (where days_late > 0), 0) as late_weight,
                       coalesce(sum(paid_weight * days_late), 0) as days,
                       coalesce(sum(paid_weight * gross), 0) as paid_amount,
                       coalesce(sum(paid_weight * gross * days_late), 0) as amount_days
                from bill
                group by customer_id, currency
            ),
            paid as (
                select customer_id, sum(days)::numeric / nullif(sum(paid_weight), 0) as mean_days
                from per_currency
                group by customer_id
            ),
            with_overdue as (
                select c.*,
                       c.days + 4 * coalesce(o.days, 0) as all_days,
                       c.paid_weight + 4 * coalesce(o.count, 0) as all_weight,
                       (c.amount_days + 4 * coalesce(o.amount_days, 0)) / nullif(c.paid_amount + 4 * coalesce(o.amount, 0), 0)
                           as weighted_days
                from per_currency c
                    join paid p on p.customer_id = c.customer_id
                    left join lateral (
                        select count(*) as count, sum(age) as days, sum(open) as amount, sum(age * open) as amount_days
                        from unnest(c.ages, c.opens) as late (age, open)
                        where p.mean_days is null or age > p.mean_days
                    ) o on c.ages is not null
            ),
            credited as (
                select customer_id, currency, sum(gross) as amount
                from credit_note
                where issued_on > :yearAgo and issued_on <= :asOf ${creditNotes}
                group by customer_id, currency
            ),
            ranked as (
                select w.*, w.ordered - coalesce(n.amount, 0) as turnover,
                       row_number() over (
                           partition by w.customer_id order by w.orders desc, w.invoices desc, w.currency) as rank
                from with_overdue w
                    left join credited n on n.customer_id = w.customer_id and n.currency = w.currency
            ),
            per_customer as (
                select customer_id,
                       min(currency) filter (where rank = 1) as currency,
                       extract(year from age(cast(:asOf as timestamp), min(first_on)))::int * 12
                           + extract(month from age(cast(:asOf as timestamp), min(first_on)))::int as months,
                       sum(paid) as paid,
                       sum(orders) as orders,
                       sum(late_weight) + 4 * sum(late_now) as late_weight,
                       sum(paid_weight) + 4 * sum(late_now) as due_weight,
                       sum(all_days) as all_days,
                       sum(all_weight) as all_weight,
                       sum(all_weight * weighted_days) / nullif(sum(all_weight), 0) as weighted_days,
                       max(oldest) as oldest,
                       sum(overdue_invoices) as overdue_invoices,
                       sum(disputed_weight) as disputed_weight,
                       sum(weight) as weight,
                       sum(open) filter (where rank = 1) as open,
                       sum(overdue) filter (where rank = 1) as overdue,
                       sum(undisputed) filter (where rank = 1) as undisputed,
                       sum(turnover) filter (where rank = 1) as turnover,
                       sum(ordered) filter (where rank = 1) / nullif(sum(orders) filter (where rank = 1), 0) as order_amount,
                       jsonb_object_agg(currency, jsonb_build_object(
                           'open', open, 'overdue', overdue, 'overdueUndisputed', undisputed, 'turnover12Months', turnover))
                           filter (where rank > 1) as elsewhere
                from ranked
                group by customer_id
            ),
            experienced as (
                select customer_id,
                       count(*) filter (where kind = 'PROMISE_KEPT') as promises_kept,
                       count(*) filter (where kind = 'PROMISE_BROKEN') as promises_broken,
                       count(*) filter (where kind = 'PLAN_KEPT') as plans_kept,
                       count(*) filter (where kind = 'PLAN_BROKEN') as plans_broken,
                       count(*) filter (where kind = 'DISPUTE_RAISED') as disputes_raised,
                       count(*) filter (where kind = 'DISPUTE_ACCEPTED') as disputes_accepted,
                       count(*) filter (where kind = 'DISPUTE_REJECTED') as disputes_rejected,
                       count(*) filter (where kind = 'DISPUTE_PAID') as disputes_paid
                from customer_experience
                where happened_on > :yearAgo and happened_on <= :asOf ${experiences}
                group by customer_id
            ),
            fact as (
                select c.id as customer_id,
                       c.kind,
                       c.employees,
                       nullif(lower(trim(c.sector)), '') as sector,
                       c.external_rating,
                       p.currency,
                       p.months as months_of_history,
                       coalesce(p.paid, 0)::int as invoices_paid,
                       round(100.0 * p.late_weight / nullif(p.due_weight, 0))::int as share_late_percent,
                       round(p.all_days::numeric / nullif(p.all_weight, 0), 1) as mean_days_late,
                       round(p.weighted_days, 1) as weighted_days_late,
                       coalesce(p.open, 0) as open_amount,
                       coalesce(p.overdue, 0) as overdue_amount,
                       coalesce(p.undisputed, 0) as overdue_undisputed,
                       coalesce(p.oldest, 0) as oldest_overdue_days,
                       round(p.order_amount, 2) as mean_order_amount,
                       coalesce(round(p.orders / least(12, p.months + 1), 1), 0) as orders_per_month,
                       coalesce(p.turnover, 0) as turnover_12_months,
                       coalesce(round(100.0 * p.disputed_weight / nullif(p.weight, 0)), 0)::int as disputed_percent,
                       case
                           when c.credit_limit is null then null
                           when coalesce(k.open, 0) = 0 then 0
                           when c.credit_limit = 0 then 999
                           else least(999, round(100 * k.open / c.credit_limit))
                       end::int as credit_use_percent,
                       coalesce(p.overdue_invoices, 0)::int as overdue_invoices,
                       coalesce(x.promises_kept, 0)::int as promises_kept,
                       coalesce(x.promises_broken, 0)::int as promises_broken,
                       coalesce(x.plans_kept, 0)::int as plans_kept,
                       coalesce(x.plans_broken, 0)::int as plans_broken,
                       coalesce(x.disputes_raised, 0)::int as disputes_raised,
                       coalesce(x.disputes_accepted, 0)::int as disputes_accepted,
                       coalesce(x.disputes_rejected, 0)::int as disputes_rejected,
                       coalesce(x.disputes_paid, 0)::int as disputes_paid,
                       h.kind as pay_pattern,
                       h.value as pay_day,
                       h.confidence as pattern_confidence,
                       coalesce(p.elsewhere, '{}'::jsonb) as other_currencies
                from customer c
                    left join per_customer p on p.customer_id = c.id
                    left join per_currency k on k.customer_id = c.id and k.currency = c.credit_currency
                    left join experienced x on x.customer_id = c.id
                    left join payment_pattern h on h.customer_id = c.id
                where c.merged_into is null ${customers}
            )
            """;

    private static final String WRITE =
            """
            insert into customer_profile (customer_id, ${columns}, changed_on)
            select f.customer_id, ${new}, :asOf
            from fact f left join customer_profile p on p.customer_id = f.customer_id
            where p.customer_id is null or (${new}) is distinct from (${old})
            order by f.customer_id
            on conflict (customer_id) do update
                set (${columns}, changed_on, scored_with, score_failure, credit_checked_with, credit_failure) =
                    row (${excluded}, excluded.changed_on, null, null, null, null)
            """;

    /** Writes what changed of every customer. Parameters: asOf, yearAgo, twoYearsAgo. */
    static final String REFRESH_ALL = statement("", "", "", "", "");

    /** The same for the customers whose ids are in the array {@code ids}. */
    static final String REFRESH_SOME = statement(
            "and invoice_id in (select id from invoice where customer_id = any(:ids))",
            "and i.customer_id = any(:ids)",
            "and customer_id = any(:ids)",
            "and customer_id = any(:ids)",
            "and c.id = any(:ids)");

    private ProfileFacts() {}

    private static String statement(
            String allocations, String invoices, String creditNotes, String experiences, String customers) {
        return (SELECT + WRITE)
                .replace("${paidOn}", Settled.PAID_ON)
                .replace("${allocations}", allocations)
                .replace("${invoices}", invoices)
                .replace("${creditNotes}", creditNotes)
                .replace("${experiences}", experiences)
                .replace("${customers}", customers)
                .replace("${columns}", String.join(", ", COLUMNS))
                .replace("${new}", columns("f."))
                .replace("${old}", columns("p."))
                .replace("${excluded}", columns("excluded."));
    }

    private static String columns(String prefix) {
        return COLUMNS.stream().map(prefix::concat).collect(Collectors.joining(", "));
    }
}
