package org.dunlin.scoring;

/** On which day an invoice was paid, for every statement that asks: the day since which its allocations cover it. */
final class Settled {

    /**
     * Parts of a {@code with} clause. {@code settled}: what is allocated to an invoice by the day {@code :asOf}, and since when;
     * {@code taken_back}: since when an invoice is covered of which an allocation was taken back. Where it says
     * <code>${allocations}</code> the statement may leave out some.
     */
    static final String CTES =
            """
            settled as (
                select invoice_id, sum(amount) as amount, max(effective_on) as last_on,
                       coalesce(sum(amount) filter (where payment_id is not null), 0) as paid
                from allocation
                where effective_on <= :asOf ${allocations}
                group by invoice_id
            ),
            taken_back as (
                select r.invoice_id, min(r.effective_on) as covered_on
                from (
                    select b.*, max(effective_on) filter (where running < gross) over (partition by invoice_id) as short_on
                    from (
                        select a.invoice_id, a.effective_on, i.gross,
                               sum(sum(a.amount)) over (partition by a.invoice_id order by a.effective_on) as running
                        from allocation a join invoice i on i.id = a.invoice_id
                        where a.invoice_id in (select invoice_id from allocation where amount < 0 ${allocations})
                          and a.effective_on <= :asOf
                        group by a.invoice_id, a.effective_on, i.gross
                    ) b
                ) r
                where r.short_on is null or r.effective_on > r.short_on
                group by r.invoice_id
            )
            """;

    /** The day of payment of an invoice joined with both as {@code s} and {@code t}; null while open, and when only credited. */
    static final String PAID_ON =
            "case when s.amount >= i.gross and s.paid > 0 then coalesce(t.covered_on, s.last_on) end";

    private Settled() {}
}
