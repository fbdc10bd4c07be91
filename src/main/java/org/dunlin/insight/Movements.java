package org.dunlin.insight;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.dunlin.insight.Movement.Direction;
import org.dunlin.insight.Movement.Place;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

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

    private static final String BY_PLACES =
            """
            with change as (
                select customer_id, f.size as from_size, f.behaviour as from_behaviour, f.segment as from_segment, f.score as score_then,
                       t.size as to_size, t.behaviour as to_behaviour, t.segment as to_segment, t.score as score_now
                from (${then}) f
                    full join (
                        select customer_id, size, behaviour, segment, score from customer_score where until is null
                    ) t using (customer_id)
            ),
            moved as (
                select c.*, coalesce(b.own, true) as own, b.currency, b.open, b.overdue
                from change c
                    left join (${balance}) b on b.customer_id = c.customer_id
                where (from_size, from_behaviour, from_segment) is distinct from (to_size, to_behaviour, to_segment)
            )
            select from_size, from_behaviour, from_segment, to_size, to_behaviour, to_segment, currency,
                   grouping(currency) = 0 as one_currency,
                   count(*) filter (where own) as customers,
                   round(avg(score_then) filter (where own), 1) as score_then,
                   round(avg(score_now) filter (where own), 1) as score_now,
                   coalesce(sum(open), 0) as open, coalesce(sum(overdue), 0) as overdue
            from moved
            group by grouping sets (
                (from_size, from_behaviour, from_segment, to_size, to_behaviour, to_segment),
                (from_size, from_behaviour, from_segment, to_size, to_behaviour, to_segment, currency))
            union all
            select null, null, null, null, null, null, null, null, count(*), null, null, 0, 0
            from change
            where from_size is not null
              and (from_size, from_behaviour, from_segment) is not distinct from (to_size, to_behaviour, to_segment)
            """
                    .replace("${then}", PLACES_THEN)
                    .replace("${balance}", Overviews.BALANCE);

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

    Moved since(LocalDate since) {
        int stayed = 0;
        Map<Way, Row> ways = new LinkedHashMap<>();
        Map<Way, List<Amount>> amounts = new LinkedHashMap<>();
        for (Row row : jdbc.sql(BY_PLACES).param("since", since).query(Row::of).list()) {
            if (row.oneCurrency() == null) {
                stayed = row.customers();
            } else if (!row.oneCurrency()) {
                ways.put(row.way(), row);
            } else if (row.currency() != null && row.open().signum() != 0) {
                amounts.computeIfAbsent(row.way(), way -> new ArrayList<>())
                        .add(Amount.of(row.currency(), row.open(), row.overdue()));
            }
        }
        List<Movement> movements = new ArrayList<>();
        ways.forEach((way, row) -> {
            List<Amount> owed = amounts.getOrDefault(way, new ArrayList<>());
            owed.sort(Comparator.comparing(Amount::currency));
            movements.add(new Movement(
                    way.from(),
                    way.to(),
                    direction(way, row),
                    row.customers(),
                    row.scoreThen(),
                    row.scoreNow(),
                    List.copyOf(owed)));
        });
        movements.sort(Comparator.comparing(Movement::direction)
                .thenComparing(Movement::customers, Comparator.reverseOrder())
                .thenComparing(movement -> Objects.toString(movement.from()))
                .thenComparing(movement -> Objects.toString(movement.to())));
        boolean known = stayed > 0 || movements.stream().anyMatch(movement -> movement.from() != null);
        return new Moved(since, known, stayed, movements);
    }

    private static Direction direction(Way way, Row row) {
        if (way.from() == null) {
            return Direction.NEW;
        }
        if (way.to() == null) {
            return Direction.GONE;
        }
        int change = Objects.requireNonNull(row.scoreNow()).compareTo(Objects.requireNonNull(row.scoreThen()));
        if (change == 0 || way.from().behaviour().equals(way.to().behaviour())) {
            return Direction.OTHER;
        }
        return change > 0 ? Direction.BETTER : Direction.WORSE;
    }

    private record Way(@Nullable Place from, @Nullable Place to) {}

    /** @param oneCurrency null in the row of those who stayed */
    private record Row(
            Way way,
            @Nullable Boolean oneCurrency,
            @Nullable String currency,
            int customers,
            @Nullable BigDecimal scoreThen,
            @Nullable BigDecimal scoreNow,
            BigDecimal open,
            BigDecimal overdue) {

        static Row of(ResultSet row, int n) throws SQLException {
            return new Row(
                    new Way(place(row, "from"), place(row, "to")),
                    row.getObject("one_currency", Boolean.class),
                    row.getString("currency"),
                    row.getInt("customers"),
                    row.getBigDecimal("score_then"),
                    row.getBigDecimal("score_now"),
                    row.getBigDecimal("open"),
                    row.getBigDecimal("overdue"));
        }

        private static @Nullable Place place(ResultSet row, String end) throws SQLException {
            String size = row.getString(end + "_size");
            return size == null
                    ? null
                    : new Place(size, row.getString(end + "_behaviour"), row.getString(end + "_segment"));
        }
    }
}
