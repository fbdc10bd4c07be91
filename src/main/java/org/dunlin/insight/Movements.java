package org.dunlin.insight;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.dunlin.insight.Movement.Direction;
import org.dunlin.insight.Movement.Place;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Reads from the history of scores who has moved. */
@Repository
class Movements {

    /** Every customer's place on the day {@code :since}. The two halves have an index each. */
    static final String PLACES_THEN =
            """
            select customer_id, size, behaviour, segment, score from customer_score where until is null and since <= :since
            union all
            select customer_id, size, behaviour, segment, score from customer_score where until > :since and since <= :since
            """;

    /**
     * A row per way and currency; those who stayed are only counted, without a place to go to. A place is one text with separators that no table uses, because the planner
     * sorts by six columns what it hashes by two. A customer counts where their own currency is; amounts in others come
     * from rows without customers.
     */
    private static final String BY_PLACES =
            """
            with change as (
                select customer_id, f.size || chr(31) || f.behaviour || chr(31) || f.segment as from_place, f.score as score_then,
                       t.size || chr(31) || t.behaviour || chr(31) || t.segment as to_place, t.score as score_now
                from (${then}) f
                    full join (
                        select customer_id, size, behaviour, segment, score from customer_score where until is null
                    ) t using (customer_id)
            )
            select from_place, to_place, p.currency,
                   count(*) as customers, coalesce(sum(score_then), 0) as score_then, coalesce(sum(score_now), 0) as score_now,
                   coalesce(sum(p.open_amount), 0) as open, coalesce(sum(p.overdue_amount), 0) as overdue
            from change c
                left join customer_profile p on p.customer_id = c.customer_id
            where from_place is distinct from to_place
            group by from_place, to_place, p.currency
            union all
            select from_place, to_place, o.key, 0, 0, 0,
                   sum((o.value ->> 'open')::numeric), sum((o.value ->> 'overdue')::numeric)
            from change c
                join customer_profile p on p.customer_id = c.customer_id and p.other_currencies <> '{}'
                cross join lateral jsonb_each(p.other_currencies) o
            where from_place is distinct from to_place
            group by from_place, to_place, o.key
            union all
            select null, null, null, count(*), 0, 0, 0, 0 from change where from_place = to_place
            """
                    .replace("${then}", PLACES_THEN);

    private final JdbcClient jdbc;

    Movements(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What moved since a day.
     *
     * @param since    the day; where a customer was at its end
     * @param known    whether anybody had a score then; without, there is nothing to compare with
     * @param stayed   customers who are where they were
     * @param movements for the worse first, then for the better; within each the largest number first
     */
    record Moved(LocalDate since, boolean known, int stayed, List<Movement> movements) {

        int customers(Direction direction) {
            return movements.stream()
                    .filter(movement -> movement.direction() == direction)
                    .mapToInt(Movement::customers)
                    .sum();
        }
    }

    @Transactional(readOnly = true)
    public Moved since(LocalDate since) {
        // A hundred thousand customers are sorted in memory instead of on disk.
        jdbc.sql("set local work_mem = '64MB'").update();
        Map<Way, Sum> ways = new LinkedHashMap<>();
        jdbc.sql(BY_PLACES).param("since", since).query(Row::of).list().forEach(row -> ways.computeIfAbsent(
                        row.way(), way -> new Sum())
                .add(row));
        int stayed = 0;
        List<Movement> movements = new ArrayList<>();
        for (Map.Entry<Way, Sum> entry : ways.entrySet()) {
            Way way = entry.getKey();
            if (way.from() == null && way.to() == null) {
                stayed = entry.getValue().customers;
            } else {
                movements.add(entry.getValue().movement(way));
            }
        }
        movements.sort(Comparator.comparing(Movement::direction)
                .thenComparing(Movement::customers, Comparator.reverseOrder())
                .thenComparing(movement -> Objects.toString(movement.from()))
                .thenComparing(movement -> Objects.toString(movement.to())));
        boolean known = stayed > 0 || movements.stream().anyMatch(movement -> movement.from() != null);
        return new Moved(since, known, stayed, movements);
    }

    private record Way(@Nullable Place from, @Nullable Place to) {

        Direction direction(int scoreChange) {
            if (from == null) {
                return Direction.NEW;
            }
            if (to == null) {
                return Direction.GONE;
            }
            if (scoreChange == 0 || from.behaviour().equals(to.behaviour())) {
                return Direction.OTHER;
            }
            return scoreChange > 0 ? Direction.BETTER : Direction.WORSE;
        }
    }

    /** All who went one way. */
    private static final class Sum {
        private int customers;
        private int scoreThen;
        private int scoreNow;
        private final Map<String, Amount> amounts = new TreeMap<>();

        void add(Row row) {
            customers += row.customers();
            scoreThen += row.scoreThen();
            scoreNow += row.scoreNow();
            String currency = row.currency();
            if (currency != null && row.open().signum() != 0) {
                amounts.merge(currency, Amount.of(currency, row.open(), row.overdue()), Amount::plus);
            }
        }

        Movement movement(Way way) {
            return new Movement(
                    way.from(),
                    way.to(),
                    way.direction(Integer.compare(scoreNow, scoreThen)),
                    customers,
                    way.from() == null ? null : mean(scoreThen),
                    way.to() == null ? null : mean(scoreNow),
                    List.copyOf(amounts.values()));
        }

        private BigDecimal mean(int scores) {
            return BigDecimal.valueOf(scores).divide(BigDecimal.valueOf(customers), 1, RoundingMode.HALF_UP);
        }
    }

    private record Row(
            Way way,
            @Nullable String currency,
            int customers,
            int scoreThen,
            int scoreNow,
            BigDecimal open,
            BigDecimal overdue) {

        static Row of(ResultSet row, int n) throws SQLException {
            return new Row(
                    new Way(place(row.getString("from_place")), place(row.getString("to_place"))),
                    row.getString("currency"),
                    row.getInt("customers"),
                    row.getInt("score_then"),
                    row.getInt("score_now"),
                    row.getBigDecimal("open"),
                    row.getBigDecimal("overdue"));
        }

        private static @Nullable Place place(@Nullable String text) {
            if (text == null) {
                return null;
            }
            String[] parts = text.split("\u001f", -1);
            return new Place(parts[0], parts[1], parts[2]);
        }
    }
}
