package org.dunlin.dunning;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.dunlin.receivables.Money;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads what cases and holds are about, many at a time. */
@Repository
public class Stakes {

    private final JdbcClient jdbc;
    private final Clock clock;

    Stakes(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Of a case.
     *
     * @param own      what is open in the case itself
     * @param together the same with the other cases that one speaks about together with it
     */
    public record OfCase(Stake own, Stake together) {

        /** What a task on that rung is about, as on its card. */
        public Stake at(int rung) {
            return Rungs.speaksForAll(rung) ? together : own;
        }
    }

    /** By case. */
    public Map<Long, OfCase> ofCases(Collection<Long> caseIds) {
        Map<Long, OfCase> found = new HashMap<>();
        jdbc.sql(
                        """
                        select c.id, c.currency, c.segment, f.*
                        from unnest(:cases::bigint[]) as w(id)
                            join dunning_case c on c.id = w.id
                            join creditor k on k.id = c.creditor_id
                            cross join lateral (
                                select coalesce(sum(o.open) filter (where s.id = c.id), 0) as own_open,
                                       coalesce(max(o.days) filter (where s.id = c.id), 0) as own_days,
                                       coalesce(bool_or(o.broken) filter (where s.id = c.id), false) as own_broken,
                                       coalesce(sum(o.open), 0) as open, coalesce(max(o.days), 0) as days,
                                       coalesce(bool_or(o.broken), false) as broken
                                from dunning_case s
                                    join dunning_case_invoice i on i.case_id = s.id and i.left_on is null
                                    cross join lateral (
                                        select o.open, greatest(t.today - o.due_on, 0) as days, exists (
                                            select 1 from hold_invoice l join hold h on h.id = l.hold_id
                                            where l.invoice_id = i.invoice_id and h.outcome = 'BROKEN') as broken
                                        from (select (:now at time zone k.time_zone)::date as today) t
                                            cross join lateral open_invoice(t.today) o
                                        where o.invoice_id = i.invoice_id) o
                                where s.customer_id = c.customer_id and s.creditor_id = c.creditor_id and s.currency = c.currency
                                  and (s.id = c.id or s.state = 'OPEN' and s.handed_over_on is null)) f
                        """)
                .param("cases", caseIds.toArray(Long[]::new))
                .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .query((row, n) -> found.put(
                        row.getLong("id"),
                        new OfCase(
                                stake(row, "own_open", "own_days", "own_broken"),
                                stake(row, "open", "days", "broken"))))
                .list();
        return found;
    }

    /**
     * By hold; none for one of which nothing is open any more. Where what it covers is in several currencies, the one in which most is
     * open counts.
     */
    public Map<Long, Stake> ofHolds(Collection<Long> holdIds) {
        Map<Long, Stake> found = new HashMap<>();
        jdbc.sql(
                        """
                        select h.id, f.*, (
                            select c.segment from dunning_case c where c.customer_id = h.customer_id order by c.id desc limit 1) as segment
                        from unnest(:holds::bigint[]) as w(id)
                            join hold h on h.id = w.id
                            join creditor k on k.id = h.creditor_id
                            cross join lateral (
                                select o.currency, sum(o.open) as open, max(greatest(t.today - o.due_on, 0)) as days, bool_or(exists (
                                    select 1 from hold_invoice l join hold b on b.id = l.hold_id
                                    where l.invoice_id = o.invoice_id and b.outcome = 'BROKEN')) as broken
                                from (select (:now at time zone k.time_zone)::date as today) t
                                    cross join lateral open_invoice(t.today) o
                                where o.customer_id = h.customer_id
                                  and (h.covers_all or exists (
                                      select 1 from hold_invoice l where l.hold_id = h.id and l.invoice_id = o.invoice_id))
                                group by o.currency order by 2 desc limit 1) f
                        """)
                .param("holds", holdIds.toArray(Long[]::new))
                .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .query((row, n) -> found.put(row.getLong("id"), stake(row, "open", "days", "broken")))
                .list();
        return found;
    }

    private static Stake stake(ResultSet row, String open, String days, String broken) throws SQLException {
        return new Stake(
                Money.of(row.getBigDecimal(open), row.getString("currency")),
                row.getInt(days),
                row.getString("segment"),
                row.getBoolean(broken));
    }
}
