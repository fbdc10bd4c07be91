package org.dunlin.scoring;

import java.sql.Array;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How long the customers of each segment take to pay, for those of whom little is known themselves. */
@Repository
class SegmentLags {

    /** Everybody. */
    private static final String ALL = "";

    /** So many days stand for all payments of a segment: what a single customer's forecast has to read. */
    private static final int KEPT = 200;

    private final JdbcClient jdbc;
    private final ForecastProperties rules;

    SegmentLags(JdbcClient jdbc, ForecastProperties rules) {
        this.jdbc = jdbc;
        this.rules = rules;
    }

    /** What is known of others, for some customers. */
    record Known(Map<Long, String> segments, Map<String, Lags> lags) {

        /** Those of the customer's segment, else everybody's. */
        Lags of(long customerId) {
            Lags everybody = lags.getOrDefault(ALL, Lags.NONE);
            String segment = segments.get(customerId);
            return segment == null ? everybody : lags.getOrDefault(segment, everybody);
        }
    }

    Known of(Collection<Long> customerIds, LocalDate asOf) {
        Map<String, Lags> lags = new HashMap<>();
        jdbc.sql("select segment, lags from segment_lag").query(row -> {
            Array array = row.getArray("lags");
            lags.put(
                    row.getString("segment"),
                    Lags.of(Arrays.stream((Integer[]) array.getArray())
                            .mapToInt(Integer::intValue)
                            .toArray()));
        });
        return new Known(segments(asOf, customerIds), lags);
    }

    Collector collector(LocalDate asOf) {
        return new Collector(segments(asOf, null));
    }

    private Map<Long, String> segments(LocalDate asOf, @Nullable Collection<Long> customerIds) {
        Map<Long, String> segments = new HashMap<>();
        JdbcClient.StatementSpec statement = jdbc.sql(
                        """
                        select customer_id, segment from customer_score
                        where since <= :asOf and (until is null or until > :asOf)
                        """
                                + (customerIds == null ? "" : "and customer_id = any(:ids)"))
                .param("asOf", asOf);
        (customerIds == null ? statement : statement.param("ids", customerIds.toArray(Long[]::new))).query(row -> {
            segments.put(row.getLong(1), row.getString(2));
        });
        return segments;
    }

    /** Takes up what everybody paid. */
    final class Collector {

        private final Map<Long, String> segments;
        private final Map<String, List<int[]>> lags = new HashMap<>();

        private Collector(Map<Long, String> segments) {
            this.segments = segments;
        }

        void add(Payer payer) {
            int[] days = Lags.of(payer).days();
            lags.computeIfAbsent(ALL, all -> new ArrayList<>()).add(days);
            String segment = segments.get(payer.customerId());
            if (segment != null) {
                lags.computeIfAbsent(segment, each -> new ArrayList<>()).add(days);
            }
        }

        /** Puts it in the place of what was known. */
        void write() {
            jdbc.sql("delete from segment_lag").update();
            lags.forEach((segment, customers) -> {
                Lags all =
                        Lags.of(customers.stream().flatMapToInt(IntStream::of).toArray());
                if (segment.equals(ALL) || all.count() >= rules.minSegmentPayments()) {
                    jdbc.sql("insert into segment_lag (segment, lags) values (:segment, :lags)")
                            .param("segment", segment)
                            .param(
                                    "lags",
                                    IntStream.of(all.quantiles(KEPT).days())
                                            .boxed()
                                            .toArray(Integer[]::new))
                            .update();
                }
            });
        }
    }
}
