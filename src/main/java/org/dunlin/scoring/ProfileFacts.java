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
 *   <li><b>Trend</b> compares the plain mean of what was paid within the last 6 months with that of the 12 months before. What is
 *       overdue longer than the customer's mean counts as paid now, but only from three invoices on: a mislaid one is no trend.
 *       <b>Spread</b> is the standard deviation around the mean days late.
 *   <li><b>Promises, plans and disputes</b> are counted from what was handed in ({@link Experiences}) within the last 12 months.
 *   <li><b>Signals, insurance, risks and margins</b> are what other systems said until that day; of what changes, the latest.
 *   <li><b>Cost</b> is that of the contacts and hand-overs that were handed in, each at the rate of its day in the profile's
 *       currency; one without a rate makes it unknown.
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
            "lateness_trend_days",
            "lateness_trend",
            "spread_days_late",
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
            "orders_refused",
            "complaints",
            "opportunities",
            "opportunity_amount",
            "insurer_limit",
            "insured_amount",
            "insured_until",
            "insured_percent",
            "region_risk",
            "sector_risk",
            "contacts_12_months",
            "collection_cost_12_months",
            "margin",
            "margin_percent",
            "other_currencies");

    /** Aggregated once per invoice, once per customer and currency, once per customer. */
    private static final String SELECT = "with " + Settled.CTES
            + """
            ,
            margin_rate as (
                select distinct on (creditor_id, coalesce(customer_id, 0)) creditor_id, customer_id, percent
                from gross_margin
                where since <= :asOf ${margins}
                order by creditor_id, coalesce(customer_id, 0), since desc
            ),
            bill as (
                select customer_id, currency, gross, margin_percent, disputed, issued_on, open,
                       case when open > 0 and not disputed and due_on < :asOf then :asOf - due_on end as age,
                       open > 0 and due_on < :asOf as overdue,
                       issued_on > :yearAgo as recent,
                       greatest(0, paid_on - due_on) as days_late,
                       paid_on > :halfYearAgo as paid_lately,
                       paid_on > :eighteenMonthsAgo and paid_on <= :halfYearAgo as paid_before,
                       case when paid_on > :yearAgo then 4 when paid_on > :twoYearsAgo then 2 when paid_on is not null then 1 end
                           as paid_weight,
                       case when issued_on > :yearAgo then 4 when issued_on > :twoYearsAgo then 2 else 1 end as weight
                from (
                    select i.*, coalesce(own.percent, usual.percent) as margin_percent,
                           i.gross - coalesce(s.amount, 0) as open,
                           ${paidOn} as paid_on
                    from invoice i
                        left join settled s on s.invoice_id = i.id
                        left join taken_back t on t.invoice_id = i.id
                        left join margin_rate own on own.creditor_id = i.creditor_id and own.customer_id = i.customer_id
                        left join margin_rate usual on usual.creditor_id = i.creditor_id and usual.customer_id is null
                    where i.issued_on <= :asOf and (i.withdrawn_on is null or i.withdrawn_on > :asOf) ${invoices}
                ) i
            ),
            per_currency as materialized (
                select customer_id, currency,
                       count(*) as invoices,
                       count(*) filter (where recent) as orders,
                       coalesce(sum(gross) filter (where recent), 0) as ordered,
                       coalesce(sum(gross * margin_percent) filter (where recent), 0) as ordered_margin,
                       count(*) filter (where recent and margin_percent is null) as unknown_margins,
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
                       coalesce(sum(paid_weight * days_late * days_late), 0) as square_days,
                       count(*) filter (where paid_lately) as lately,
                       coalesce(sum(days_late) filter (where paid_lately), 0) as lately_days,
                       count(*) filter (where paid_before) as before,
                       coalesce(sum(days_late) filter (where paid_before), 0) as before_days,
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
                       c.square_days + 4 * coalesce(o.square_days, 0) as all_square_days,
                       c.paid + coalesce(o.count, 0) as counted,
                       c.lately + case when o.count >= :fewInvoices then o.count else 0 end as all_lately,
                       c.lately_days + case when o.count >= :fewInvoices then o.days else 0 end as all_lately_days,
                       (c.amount_days + 4 * coalesce(o.amount_days, 0)) / nullif(c.paid_amount + 4 * coalesce(o.amount, 0), 0)
                           as weighted_days
                from per_currency c
                    join paid p on p.customer_id = c.customer_id
                    left join lateral (
                        select count(*) as count, sum(age) as days, sum(age * age) as square_days, sum(open) as amount,
                               sum(age * open) as amount_days
                        from unnest(c.ages, c.opens) as late (age, open)
                        where p.mean_days is null or age > p.mean_days
                    ) o on c.ages is not null
            ),
            credited as (
                select n.customer_id, n.currency, sum(n.gross) as amount,
                       coalesce(sum(n.gross * coalesce(own.percent, usual.percent)), 0) as margin,
                       count(*) filter (where coalesce(own.percent, usual.percent) is null) as unknown_margins
                from credit_note n
                    left join margin_rate own on own.creditor_id = n.creditor_id and own.customer_id = n.customer_id
                    left join margin_rate usual on usual.creditor_id = n.creditor_id and usual.customer_id is null
                where n.issued_on > :yearAgo and n.issued_on <= :asOf ${creditNotes}
                group by n.customer_id, n.currency
            ),
            ranked as (
                select w.*, w.ordered - coalesce(n.amount, 0) as turnover,
                       case when w.unknown_margins + coalesce(n.unknown_margins, 0) = 0 then
                           (w.ordered_margin - coalesce(n.margin, 0)) / 100
                       end as gross_margin,
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
                       case when sum(all_lately) >= :fewInvoices and sum(before) >= :fewInvoices then
                           round(sum(all_lately_days)::numeric / sum(all_lately) - sum(before_days)::numeric / sum(before), 1)
                       end as trend,
                       case when sum(counted) >= :fewInvoices then
                           sqrt(greatest(0, sum(all_square_days)::numeric / sum(all_weight)
                               - (sum(all_days)::numeric / sum(all_weight)) ^ 2))
                       end as spread,
                       max(oldest) as oldest,
                       sum(overdue_invoices) as overdue_invoices,
                       sum(disputed_weight) as disputed_weight,
                       sum(weight) as weight,
                       sum(open) filter (where rank = 1) as open,
                       sum(overdue) filter (where rank = 1) as overdue,
                       sum(undisputed) filter (where rank = 1) as undisputed,
                       sum(turnover) filter (where rank = 1) as turnover,
                       sum(gross_margin) filter (where rank = 1) as gross_margin,
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
            cost_rate as (
                select kind, currency, amount, since,
                       lead(since, 1, 'infinity') over (partition by kind, currency order by since) as until
                from collection_cost
            ),
            spent as (
                select x.customer_id, count(*) as contacts,
                       case when bool_and(r.amount is not null) then sum(r.amount) end as cost
                from (
                    select x.customer_id, x.kind, x.happened_on, p.currency
                    from customer_experience x left join per_customer p on p.customer_id = x.customer_id
                    where x.happened_on > :yearAgo and x.happened_on <= :asOf
                      and (x.kind ^@ 'CONTACT_' or x.kind = 'AGENCY_HAND_OVER') ${spent}
                ) x
                    left join cost_rate r on r.kind = x.kind and r.currency = x.currency
                        and x.happened_on >= r.since and x.happened_on < r.until
                group by x.customer_id
            ),
            signalled as (
                select customer_id,
                       count(*) filter (where kind = 'ORDER_REFUSED') as orders_refused,
                       count(*) filter (where kind = 'COMPLAINT') as complaints
                from customer_signal
                where happened_on > :yearAgo and happened_on <= :asOf ${experiences}
                group by customer_id
            ),
            offered as (
                select o.customer_id, count(*) as opportunities, sum(o.amount) filter (where o.currency = p.currency) as amount
                from (
                    select distinct on (source, number) customer_id, stage, currency, amount
                    from opportunity
                    where since <= :asOf ${experiences}
                    order by source, number, since desc
                ) o left join per_customer p on p.customer_id = o.customer_id
                where o.stage = 'OPEN'
                group by o.customer_id
            ),
            insured as (
                select i.customer_id,
                       coalesce(sum(i.credit_limit) filter (where i.in_force), 0) as credit_limit,
                       coalesce(sum(i.covered) filter (where i.in_force), 0) as covered,
                       min(i.until) filter (where i.in_force) as until
                from (
                    select distinct on (source, number) customer_id, currency, credit_limit, covered, until,
                           until is null or until >= :asOf as in_force
                    from credit_insurance
                    where since <= :asOf ${experiences}
                    order by source, number, since desc
                ) i join per_customer p on p.customer_id = i.customer_id and p.currency = i.currency
                group by i.customer_id
            ),
            region_now as (
                select distinct on (country, region) country, region, risk
                from region_risk where since <= :asOf order by country, region, since desc
            ),
            sector_now as (
                select distinct on (sector) sector, risk from sector_risk where since <= :asOf order by sector, since desc
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
                       p.trend as lateness_trend_days,
                       case
                           when p.trend <= -:trendDays then 'improving'
                           when p.trend >= :trendDays then 'worsening'
                           when p.trend is not null then 'stable'
                       end as lateness_trend,
                       round(p.spread, 1) as spread_days_late,
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
                       coalesce(g.orders_refused, 0)::int as orders_refused,
                       coalesce(g.complaints, 0)::int as complaints,
                       coalesce(o.opportunities, 0)::int as opportunities,
                       coalesce(o.amount, 0) as opportunity_amount,
                       i.credit_limit as insurer_limit,
                       i.covered as insured_amount,
                       i.until as insured_until,
                       case
                           when i.covered is null then null
                           when p.open > 0 then least(100, round(100 * i.covered / p.open))
                           when i.covered > 0 then 100
                           else 0
                       end::int as insured_percent,
                       coalesce(region.risk, country.risk) as region_risk,
                       z.risk as sector_risk,
                       coalesce(e.contacts, 0)::int as contacts_12_months,
                       y.cost as collection_cost_12_months,
                       round(p.gross_margin - y.cost, 2) as margin,
                       case when p.turnover > 0 and p.gross_margin - y.cost is not null then
                           greatest(-999, least(999, round(100 * (p.gross_margin - y.cost) / p.turnover)))
                       end::int as margin_percent,
                       coalesce(p.elsewhere, '{}'::jsonb) as other_currencies
                from customer c
                    left join per_customer p on p.customer_id = c.id
                    left join per_currency k on k.customer_id = c.id and k.currency = c.credit_currency
                    left join experienced x on x.customer_id = c.id
                    left join ${habits} on h.customer_id = c.id
                    left join spent e on e.customer_id = c.id
                    cross join lateral (select case when e.customer_id is null then 0 else e.cost end as cost) y
                    left join signalled g on g.customer_id = c.id
                    left join offered o on o.customer_id = c.id
                    left join insured i on i.customer_id = c.id
                    left join region_now region on region.country = c.country and region.region = lower(trim(c.region))
                    left join region_now country on country.country = c.country and country.region = ''
                    left join sector_now z on z.sector = lower(trim(c.sector))
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

    /** Patterns are looked for in Java; those as of the day are given. */
    private static final String HABITS_GIVEN =
            """
            unnest(:habitCustomers, :habitKinds, :habitValues, :habitConfidences) as h (customer_id, kind, value, confidence)
            """;

    private static final String READ =
            """
            select f.customer_id, ${new}, cast(:asOf as date) as changed_on
            from fact f
            order by f.customer_id
            """;

    /** Writes what changed of the customers whose ids are in the array {@code ids}. Its other parameters are named where {@link Profiles} gives them. */
    static final String REFRESH_SOME = forSome(WRITE);

    /** The same for the customers whose ids lie between {@code first} and {@code last}. */
    static final String REFRESH_RANGE = forRange(WRITE);

    /** Reads the facts of such customers as rows like those of {@code customer_profile}, in the order of ids, and writes nothing. Patterns are given as arrays. */
    static final String READ_RANGE = forRange(READ);

    /** The same for the customers whose ids are in the array {@code ids}. */
    static final String READ_SOME = forSome(READ);

    private ProfileFacts() {}

    private static String forSome(String use) {
        return statement(use, "= any(:ids)");
    }

    private static String forRange(String use) {
        return statement(use, "between :first and :last");
    }

    private static String statement(String use, String customers) {
        String theirs = "and customer_id " + customers;
        return (SELECT + use)
                .replace("${paidOn}", Settled.PAID_ON)
                .replace("${habits}", use.equals(READ) ? HABITS_GIVEN : "payment_pattern h")
                .replace(
                        "${allocations}",
                        "and invoice_id in (select id from invoice where customer_id " + customers + ")")
                .replace("${invoices}", "and i.customer_id " + customers)
                .replace("${creditNotes}", "and n.customer_id " + customers)
                .replace("${experiences}", theirs)
                .replace("${spent}", "and x.customer_id " + customers)
                .replace("${margins}", "and (customer_id is null or customer_id " + customers + ")")
                .replace("${customers}", "and c.id " + customers)
                .replace("${columns}", String.join(", ", COLUMNS))
                .replace("${new}", columns("f."))
                .replace("${old}", columns("p."))
                .replace("${excluded}", columns("excluded."));
    }

    private static String columns(String prefix) {
        return COLUMNS.stream().map(prefix::concat).collect(Collectors.joining(", "));
    }
}
