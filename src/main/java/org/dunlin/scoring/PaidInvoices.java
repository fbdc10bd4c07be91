package org.dunlin.scoring;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Reads when customers paid what, one customer after the other, however many there are. */
@Repository
class PaidInvoices {

    /** Rows per trip to the database; within a transaction no more of them are kept in memory. */
    private static final int FETCH_SIZE = 20_000;

    private static final String SELECT = "with " + Settled.CTES
            + """
            select i.customer_id, i.creditor_id, i.paid_on - date '1970-01-01', i.due_on - date '1970-01-01'
            from (
                select i.customer_id, i.creditor_id, i.due_on, ${paidOn} as paid_on
                from invoice i
                    join settled s on s.invoice_id = i.id
                    left join taken_back t on t.invoice_id = i.id
                where i.issued_on <= :asOf and (i.withdrawn_on is null or i.withdrawn_on > :asOf) ${invoices}
            ) i join customer c on c.id = i.customer_id and c.merged_into is null
            where i.paid_on > :from
            order by i.customer_id
            """
                    .replace("${paidOn}", Settled.PAID_ON);

    private static final String ALL = SELECT.replace("${allocations}", "").replace("${invoices}", "");

    private static final String SOME = of("= any(:ids)");

    private static final String RANGE = of("between :first and :last");

    private static String of(String customers) {
        return SELECT.replace(
                        "${allocations}",
                        "and invoice_id in (select id from invoice where customer_id " + customers + ")")
                .replace("${invoices}", "and i.customer_id " + customers);
    }

    private final JdbcTemplate template;
    private final NamedParameterJdbcTemplate streaming;

    PaidInvoices(JdbcTemplate template) {
        this.template = template;
        JdbcTemplate portions = new JdbcTemplate(Objects.requireNonNull(template.getDataSource()));
        portions.setFetchSize(FETCH_SIZE);
        this.streaming = new NamedParameterJdbcTemplate(portions);
    }

    /**
     * Hands over each customer who paid something, as the ledger stood at the end of a day. Part of the caller's transaction.
     *
     * @param from what was paid on this day or before is left out
     * @param ids  only these customers; null: all
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void each(LocalDate from, LocalDate asOf, @Nullable Collection<Long> ids, Consumer<Payer> each) {
        MapSqlParameterSource parameters = new MapSqlParameterSource();
        if (ids != null) {
            parameters.addValue("ids", ids.toArray(Long[]::new));
        }
        each(ids == null ? ALL : SOME, from, asOf, parameters, each);
    }

    /** The same for the many customers between two ids, both included. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void each(LocalDate from, LocalDate asOf, long first, long last, Consumer<Payer> each) {
        each(
                RANGE,
                from,
                asOf,
                new MapSqlParameterSource().addValue("first", first).addValue("last", last),
                each);
    }

    private void each(
            String sql, LocalDate from, LocalDate asOf, MapSqlParameterSource parameters, Consumer<Payer> each) {
        Collector collector = new Collector(countries(), each);
        parameters.addValue("from", from).addValue("asOf", asOf);
        streaming.query(sql, parameters, (RowCallbackHandler)
                row -> collector.add(row.getLong(1), row.getLong(2), row.getInt(3), row.getInt(4)));
        collector.end();
    }

    private Map<Long, String> countries() {
        Map<Long, String> countries = new HashMap<>();
        template.query("select id, country from creditor", (RowCallbackHandler)
                row -> countries.put(row.getLong(1), row.getString(2)));
        return countries;
    }

    private static final class Collector {

        private final Map<Long, String> countries;
        private final Consumer<Payer> each;
        private long customer;
        private long creditor;
        private long latest = Long.MIN_VALUE;

        /** Day of payment before due date: their order is that of the numbers. The database sorts by one column much faster. */
        private long[] pairs = new long[64];

        private int size;

        private Collector(Map<Long, String> countries, Consumer<Payer> each) {
            this.countries = countries;
            this.each = each;
        }

        void add(long customerId, long creditorId, int paidOn, int dueOn) {
            if (customerId != customer) {
                end();
                customer = customerId;
            }
            if (size == pairs.length) {
                pairs = Arrays.copyOf(pairs, 2 * size);
            }
            long pair = ((long) paidOn << Integer.SIZE) + dueOn;
            pairs[size++] = pair;
            // Of two creditors who were paid last, the one with the higher number, so that it is always the same.
            if (pair > latest || (pair == latest && creditorId > creditor)) {
                latest = pair;
                creditor = creditorId;
            }
        }

        void end() {
            if (size > 0) {
                long[] distinct =
                        Arrays.stream(pairs, 0, size).sorted().distinct().toArray();
                each.accept(new Payer(
                        customer,
                        countries.getOrDefault(creditor, ""),
                        Arrays.stream(distinct).mapToInt(Collector::paid).toArray(),
                        Arrays.stream(distinct).mapToInt(pair -> (int) pair).toArray()));
                size = 0;
                latest = Long.MIN_VALUE;
            }
        }

        /** A due date before 1970 is negative. */
        private static int paid(long pair) {
            return (int) ((pair - (int) pair) >> Integer.SIZE);
        }
    }
}
