package org.dunlin.scoring;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import org.dunlin.platform.calendar.WorkCalendar;
import org.dunlin.scoring.PatternFinder.Found;
import org.dunlin.scoring.PaymentPattern.Kind;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Keeps up to date on which days customers pay. */
@Repository
public class PaymentPatterns {

    /** How far due dates may lie from the days of payment: what is paid later than that keeps to no pattern. */
    private static final int YEARS_AROUND = 1;

    private final JdbcClient jdbc;
    private final PaidInvoices paid;
    private final WorkCalendar calendar;
    private final PatternProperties rules;
    private final PatternFinder finder;
    private final Map<Years, WorkDays> workDays = new ConcurrentHashMap<>();

    PaymentPatterns(JdbcClient jdbc, PaidInvoices paid, WorkCalendar calendar, PatternProperties rules) {
        this.jdbc = jdbc;
        this.paid = paid;
        this.calendar = calendar;
        this.rules = rules;
        this.finder = new PatternFinder(rules);
    }

    /**
     * Looks for the pattern of every customer in what was paid until the end of a day. Committed by itself even within a caller's
     * transaction; what that has not committed is not seen.
     *
     * @return how many patterns were new, changed or gone; 0 when nothing happened since
     */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public int refreshAll(LocalDate asOf) {
        // As for the profiles: sorted and hashed in memory, not compiled.
        jdbc.sql("set local work_mem = '128MB'").update();
        jdbc.sql("set local jit = off").update();
        return write(find(asOf, null), null, asOf);
    }

    /** The same for some customers; ids that do not exist are ignored. */
    @Transactional
    public int refresh(Collection<Long> customerIds, LocalDate asOf) {
        return write(find(asOf, customerIds), customerIds, asOf);
    }

    /** The pattern of a customer as of the last refresh; empty when their payments show none. */
    public Optional<PaymentPattern> of(long customerId) {
        return Optional.ofNullable(of(List.of(customerId)).get(customerId));
    }

    /** The same for many customers, by their id; who has none is missing. */
    public Map<Long, PaymentPattern> of(Collection<Long> customerIds) {
        Map<Long, PaymentPattern> patterns = new HashMap<>();
        jdbc.sql("select * from payment_pattern where customer_id = any(:ids)")
                .param("ids", customerIds.toArray(Long[]::new))
                .query(row -> {
                    PaymentPattern pattern = new PaymentPattern(
                            row.getLong("customer_id"),
                            Kind.valueOf(row.getString("kind")),
                            row.getInt("value"),
                            row.getInt("offset_days"),
                            row.getInt("share_percent"),
                            row.getInt("confidence"),
                            row.getInt("payments"),
                            rules.tolerance(),
                            row.getObject("changed_on", LocalDate.class));
                    patterns.put(pattern.customerId(), pattern);
                });
        return patterns;
    }

    /**
     * Patterns of some customers in what they paid until the end of a day, in arrays as SQL takes them; nothing is written. Who shows
     * none is missing.
     */
    @Transactional(readOnly = true)
    Columns asOf(LocalDate day, Collection<Long> customerIds) {
        return Columns.of(find(day, customerIds));
    }

    /** One entry per pattern in each. */
    record Columns(
            Long[] customers,
            String[] kinds,
            Integer[] values,
            Integer[] offsets,
            Integer[] shares,
            Integer[] confidences,
            Integer[] payments) {

        private static Columns of(List<Row> rows) {
            return new Columns(
                    rows.stream().map(Row::customerId).toArray(Long[]::new),
                    rows.stream().map(row -> row.found().kind().name()).toArray(String[]::new),
                    numbers(rows, Found::value),
                    numbers(rows, Found::offset),
                    numbers(rows, Found::sharePercent),
                    numbers(rows, Found::confidence),
                    numbers(rows, Found::payDays));
        }

        private static Integer[] numbers(List<Row> rows, ToIntFunction<Found> number) {
            return rows.stream().map(row -> number.applyAsInt(row.found())).toArray(Integer[]::new);
        }
    }

    private record Row(long customerId, Found found) {}

    private List<Row> find(LocalDate asOf, @Nullable Collection<Long> ids) {
        LocalDate from = asOf.minusMonths(rules.months());
        List<Row> rows = new ArrayList<>();
        paid.each(from, asOf, ids, payer -> {
            WorkDays days = days(payer.country(), from.getYear(), asOf.getYear());
            finder.find(payer, days).ifPresent(found -> rows.add(new Row(payer.customerId(), found)));
        });
        return rows;
    }

    /** Whole years, so that they serve for a year. */
    private WorkDays days(String country, int firstYear, int lastYear) {
        return workDays.computeIfAbsent(
                new Years(country, firstYear - YEARS_AROUND, lastYear + YEARS_AROUND),
                years -> WorkDays.of(
                        calendar,
                        country,
                        LocalDate.of(years.first(), 1, 1),
                        LocalDate.of(years.last(), 12, 31),
                        rules.tolerance()));
    }

    private record Years(String country, int first, int last) {}

    private int write(List<Row> rows, @Nullable Collection<Long> ids, LocalDate asOf) {
        String scope = ids == null ? "" : "and p.customer_id = any(:ids)";
        Columns found = Columns.of(rows);
        JdbcClient.StatementSpec statement = jdbc.sql(
                        """
                        with found as materialized (
                            select * from unnest(:customers, :kinds, :values, :offsets, :shares, :confidences, :payments)
                                as f (customer_id, kind, value, offset_days, share_percent, confidence, payments)
                        ),
                        gone as (
                            delete from payment_pattern p
                            where not exists (select 1 from found f where f.customer_id = p.customer_id) ${scope}
                            returning 1
                        ),
                        written as (
                            insert into payment_pattern as p
                                (customer_id, kind, value, offset_days, share_percent, confidence, payments, changed_on)
                            select f.*, :asOf from found f order by f.customer_id
                            on conflict (customer_id) do update
                                set (kind, value, offset_days, share_percent, confidence, payments, changed_on) =
                                    (excluded.kind, excluded.value, excluded.offset_days, excluded.share_percent,
                                     excluded.confidence, excluded.payments, excluded.changed_on)
                                where (p.kind, p.value, p.offset_days, p.share_percent, p.confidence, p.payments) is distinct from
                                    (excluded.kind, excluded.value, excluded.offset_days, excluded.share_percent,
                                     excluded.confidence, excluded.payments)
                            returning 1
                        )
                        select (select count(*) from gone) + (select count(*) from written)
                        """
                                .replace("${scope}", scope))
                .param("asOf", asOf)
                .param("customers", found.customers())
                .param("kinds", found.kinds())
                .param("values", found.values())
                .param("offsets", found.offsets())
                .param("shares", found.shares())
                .param("confidences", found.confidences())
                .param("payments", found.payments());
        return (ids == null ? statement : statement.param("ids", ids.toArray(Long[]::new)))
                .query(Integer.class)
                .single();
    }
}
