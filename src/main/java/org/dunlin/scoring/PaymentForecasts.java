package org.dunlin.scoring;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.dunlin.platform.calendar.WorkCalendar;
import org.dunlin.scoring.Lags.Estimate;
import org.dunlin.scoring.PaymentForecast.Basis;
import org.dunlin.scoring.PaymentPattern.Expected;
import org.dunlin.scoring.PaymentPattern.Kind;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Keeps up to date when the money of every open invoice is expected. */
@Repository
public class PaymentForecasts {

    private final JdbcClient jdbc;
    private final PaidInvoices paid;
    private final PaymentPatterns patterns;
    private final SegmentLags segmentLags;
    private final WorkCalendar calendar;
    private final ForecastProperties rules;

    PaymentForecasts(
            JdbcClient jdbc,
            PaidInvoices paid,
            PaymentPatterns patterns,
            SegmentLags segmentLags,
            WorkCalendar calendar,
            ForecastProperties rules) {
        this.jdbc = jdbc;
        this.paid = paid;
        this.patterns = patterns;
        this.segmentLags = segmentLags;
        this.calendar = calendar;
        this.rules = rules;
    }

    /**
     * Says of every invoice that is open at the end of a day when its money is expected, from what was paid until then and the
     * patterns of the last refresh. What is no longer open has no forecast any more.
     *
     * @return how many forecasts were new, changed or gone
     */
    @Transactional
    public int refreshAll(LocalDate asOf) {
        jdbc.sql("set local work_mem = '128MB'").update();
        jdbc.sql("set local jit = off").update();
        List<Open> open = open(asOf, null);
        Set<Long> owing = open.stream().map(Open::customerId).collect(Collectors.toSet());
        Map<Long, Lags> own = new HashMap<>();
        SegmentLags.Collector others = segmentLags.collector(asOf);
        paid.each(asOf.minusMonths(rules.months()), asOf, null, payer -> {
            others.add(payer);
            if (owing.contains(payer.customerId())) {
                own.put(payer.customerId(), Lags.of(payer));
            }
        });
        others.write();
        return write(forecasts(open, own, asOf), null, asOf);
    }

    /** The same for some customers; what others do is known from the last refresh of all. */
    @Transactional
    public int refresh(Collection<Long> customerIds, LocalDate asOf) {
        Map<Long, Lags> own = new HashMap<>();
        paid.each(
                asOf.minusMonths(rules.months()),
                asOf,
                customerIds,
                payer -> own.put(payer.customerId(), Lags.of(payer)));
        return write(forecasts(open(asOf, customerIds), own, asOf), customerIds, asOf);
    }

    /** The forecasts of invoices, by their id, as of the last refresh; what was not open then, or is not known, is missing. */
    public Map<Long, PaymentForecast> of(Collection<Long> invoiceIds) {
        Map<Long, PaymentForecast> forecasts = new HashMap<>();
        jdbc.sql("select * from payment_forecast where invoice_id = any(:ids)")
                .param("ids", invoiceIds.toArray(Long[]::new))
                .query(row -> {
                    PaymentForecast forecast = new PaymentForecast(
                            row.getLong("invoice_id"),
                            row.getObject("expected_on", LocalDate.class),
                            Basis.valueOf(row.getString("basis")),
                            row.getObject("as_of", LocalDate.class));
                    forecasts.put(forecast.invoiceId(), forecast);
                });
        return forecasts;
    }

    private record Open(long invoiceId, long customerId, String country, LocalDate dueOn) {}

    /** As {@code open_invoice} has it, which looks up the allocations of each invoice by itself: too slow for all of them. */
    private List<Open> open(LocalDate asOf, @Nullable Collection<Long> ids) {
        JdbcClient.StatementSpec statement = jdbc.sql(
                        """
                        select i.id, i.customer_id, c.country, i.due_on
                        from invoice i
                            join creditor c on c.id = i.creditor_id
                            left join (
                                select invoice_id, sum(amount) as amount from allocation
                                where effective_on <= :asOf ${allocations}
                                group by invoice_id
                            ) s on s.invoice_id = i.id
                        where i.issued_on <= :asOf and (i.withdrawn_on is null or i.withdrawn_on > :asOf)
                            and i.gross > coalesce(s.amount, 0) ${invoices}
                        """
                                .replace(
                                        "${allocations}",
                                        ids == null
                                                ? ""
                                                : "and invoice_id in (select id from invoice where customer_id = any(:ids))")
                                .replace("${invoices}", ids == null ? "" : "and i.customer_id = any(:ids)"))
                .param("asOf", asOf);
        return (ids == null ? statement : statement.param("ids", ids.toArray(Long[]::new)))
                .query((row, n) ->
                        new Open(row.getLong(1), row.getLong(2), row.getString(3), row.getObject(4, LocalDate.class)))
                .list();
    }

    private List<PaymentForecast> forecasts(List<Open> open, Map<Long, Lags> own, LocalDate asOf) {
        Set<Long> owing = open.stream().map(Open::customerId).collect(Collectors.toSet());
        Map<Long, PaymentPattern> known = patterns.of(owing);
        SegmentLags.Known others = segmentLags.of(owing, asOf);
        List<PaymentForecast> forecasts = new ArrayList<>(open.size());
        for (Open invoice : open) {
            long customer = invoice.customerId();
            forecasts.add(forecast(
                    invoice,
                    Optional.ofNullable(known.get(customer)),
                    own.getOrDefault(customer, Lags.NONE),
                    others.of(customer),
                    asOf));
        }
        return forecasts;
    }

    private PaymentForecast forecast(
            Open invoice, Optional<PaymentPattern> pattern, Lags own, Lags others, LocalDate asOf) {
        Optional<LocalDate> planned = pattern.flatMap(each -> planned(each, invoice, asOf));
        if (planned.isPresent()) {
            return new PaymentForecast(invoice.invoiceId(), planned.get(), Basis.PATTERN, asOf);
        }
        int age = (int) ChronoUnit.DAYS.between(invoice.dueOn(), asOf);
        Estimate estimate = own.estimate(others, rules.othersWeigh(), age).orElse(new Estimate(0, Basis.DUE_DATE));
        return new PaymentForecast(
                invoice.invoiceId(),
                workingDay(invoice, invoice.dueOn().plusDays(estimate.days()), asOf),
                estimate.basis(),
                asOf);
    }

    /** What was not paid on the day of the pattern is paid on the next; a number of days after due comes only once. */
    private Optional<LocalDate> planned(PaymentPattern pattern, Open invoice, LocalDate asOf) {
        Expected expected = pattern.expected(invoice.dueOn(), invoice.country(), calendar);
        if (!asOf.isAfter(expected.lateAfter())) {
            return Optional.of(workingDay(invoice, expected.on(), asOf));
        }
        return pattern.kind() == Kind.DAYS_AFTER_DUE
                ? Optional.empty()
                : Optional.of(pattern.next(asOf, invoice.country(), calendar).on());
    }

    private LocalDate workingDay(Open invoice, LocalDate day, LocalDate asOf) {
        return calendar.onOrAfter(invoice.country(), day.isBefore(asOf) ? asOf : day);
    }

    private int write(List<PaymentForecast> forecasts, @Nullable Collection<Long> ids, LocalDate asOf) {
        String scope = ids == null
                ? ""
                : "and exists (select 1 from invoice i where i.id = p.invoice_id and i.customer_id = any(:ids))";
        JdbcClient.StatementSpec statement = jdbc.sql(
                        """
                        with expected as materialized (
                            select * from unnest(:invoices, cast(:days as date[]), :bases) as e (invoice_id, expected_on, basis)
                        ),
                        gone as (
                            delete from payment_forecast p
                            where not exists (select 1 from expected e where e.invoice_id = p.invoice_id) ${scope}
                            returning 1
                        ),
                        written as (
                            insert into payment_forecast as p (invoice_id, expected_on, basis, as_of)
                            select e.*, :asOf from expected e order by e.invoice_id
                            on conflict (invoice_id) do update
                                set (expected_on, basis, as_of) = (excluded.expected_on, excluded.basis, excluded.as_of)
                                where (p.expected_on, p.basis) is distinct from (excluded.expected_on, excluded.basis)
                            returning 1
                        )
                        select (select count(*) from gone) + (select count(*) from written)
                        """
                                .replace("${scope}", scope))
                .param("asOf", asOf)
                .param(
                        "invoices",
                        forecasts.stream().map(PaymentForecast::invoiceId).toArray(Long[]::new))
                .param(
                        "days",
                        forecasts.stream()
                                .map(each -> each.expectedOn().toString())
                                .toArray(String[]::new))
                .param(
                        "bases",
                        forecasts.stream().map(each -> each.basis().name()).toArray(String[]::new));
        return (ids == null ? statement : statement.param("ids", ids.toArray(Long[]::new)))
                .query(Integer.class)
                .single();
    }
}
