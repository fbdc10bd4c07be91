package org.dunlin.insight;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.dunlin.insight.Overview.CellFigures;
import org.dunlin.scoring.Scores;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads the portfolio by cell. Amounts and days are those of the customers' profiles, so they are as old as the scores beside them.
 *
 * <p>How late a cell pays: the days of each customer weigh by turnover of the last 12 months, or by what is open where that is
 * more; they are taken per currency, the one that most of a customer's invoices are in, and then averaged by number of customers.
 */
@Repository
class Overviews {

    /** A customer once for their own currency, which stands for the customer, and once for each other. */
    static final String BALANCE =
            """
            select customer_id, true as own, currency, open_amount as open, overdue_amount as overdue, overdue_invoices,
                   weighted_days_late as days, greatest(turnover_12_months, open_amount, 0) as weight
            from customer_profile
            union all
            select customer_id, false, o.key, (o.value ->> 'open')::numeric, (o.value ->> 'overdue')::numeric, 0, null, null
            from customer_profile cross join lateral jsonb_each(other_currencies) o
            where other_currencies <> '{}'
            """;

    private static final String BY_CELL =
            """
            with running as (
                select customer_id, count(*) as cases from dunning_case where state = 'OPEN' group by customer_id
            )
            select s.size, s.behaviour, s.segment, b.currency, grouping(b.currency) = 0 as one_currency,
                   count(*) filter (where b.own) as customers,
                   count(*) filter (where b.own and b.overdue_invoices > 0) as customers_overdue,
                   coalesce(sum(r.cases) filter (where b.own), 0) as cases,
                   sum(b.open) as open,
                   sum(b.overdue) as overdue,
                   sum(b.weight * b.days) / nullif(sum(b.weight) filter (where b.days is not null), 0) as days_late,
                   count(b.days) as with_days
            from customer_score s
                join (${balance}) b on b.customer_id = s.customer_id
                left join running r on r.customer_id = s.customer_id
            where s.until is null
            group by grouping sets (
                (size, behaviour, segment), (size, behaviour), (size), (behaviour), (segment), (),
                (size, behaviour, currency), (size, currency), (behaviour, currency), (segment, currency), (currency))
            """
                    .replace("${balance}", BALANCE);

    private final JdbcClient jdbc;
    private final Scores scores;

    Overviews(JdbcClient jdbc, Scores scores) {
        this.jdbc = jdbc;
        this.scores = scores;
    }

    /** The portfolio as the last scores show it. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Overview overview() {
        List<Row> rows = jdbc.sql(BY_CELL).query(Row::of).list();
        Map<Group, Figures> figures = figures(rows);
        List<String> sizes = ordered(scores.matrix().sizes(), rows, Group::size);
        List<String> behaviours = ordered(scores.matrix().behaviours(), rows, Group::behaviour);
        List<CellFigures> cells = new ArrayList<>();
        for (String size : sizes) {
            for (String behaviour : behaviours) {
                Figures of = figures.get(new Group(size, behaviour, null));
                if (of != null) {
                    cells.add(new CellFigures(size, behaviour, segments(rows, size, behaviour), of));
                }
            }
        }
        return new Overview(
                scores.lastRun().orElse(null),
                unscored(),
                cells,
                by(sizes, size -> new Group(size, null, null), figures),
                by(behaviours, behaviour -> new Group(null, behaviour, null), figures),
                by(ordered(List.of(), rows, Group::segment), segment -> new Group(null, null, segment), figures),
                figures.getOrDefault(Group.ALL, Figures.NONE));
    }

    /** What is known of one cell; empty figures when nobody is in it. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public CellFigures cell(Cell cell) {
        return overview().cells().stream()
                .filter(each ->
                        each.size().equals(cell.size()) && each.behaviour().equals(cell.behaviour()))
                .findFirst()
                .orElse(new CellFigures(cell.size(), cell.behaviour(), Map.of(), Figures.NONE));
    }

    /** The cells of the matrix, whether or not somebody is in them. */
    List<Cell> matrix() {
        return scores.matrix().sizes().stream()
                .flatMap(size -> scores.matrix().behaviours().stream().map(behaviour -> new Cell(size, behaviour)))
                .toList();
    }

    private int unscored() {
        return jdbc.sql(
                        """
                        select count(*) from customer c
                        where c.merged_into is null
                          and not exists (select 1 from customer_score s where s.customer_id = c.id and s.until is null)
                        """)
                .query(Integer.class)
                .single();
    }

    /** What a row is about; null where it is about all. */
    private record Group(@Nullable String size, @Nullable String behaviour, @Nullable String segment) {
        static final Group ALL = new Group(null, null, null);
    }

    private record Row(
            Group group,
            boolean oneCurrency,
            @Nullable String currency,
            int customers,
            int customersOverdue,
            int cases,
            @Nullable BigDecimal open,
            @Nullable BigDecimal overdue,
            @Nullable BigDecimal daysLate,
            int withDays) {

        static Row of(ResultSet row, int n) throws SQLException {
            return new Row(
                    new Group(row.getString("size"), row.getString("behaviour"), row.getString("segment")),
                    row.getBoolean("one_currency"),
                    row.getString("currency"),
                    row.getInt("customers"),
                    row.getInt("customers_overdue"),
                    row.getInt("cases"),
                    row.getBigDecimal("open"),
                    row.getBigDecimal("overdue"),
                    row.getBigDecimal("days_late"),
                    row.getInt("with_days"));
        }
    }

    private static Map<Group, Figures> figures(List<Row> rows) {
        Map<Group, List<Row>> currencies =
                rows.stream().filter(Row::oneCurrency).collect(Collectors.groupingBy(Row::group));
        Map<Group, Figures> figures = new LinkedHashMap<>();
        for (Row row : rows) {
            if (!row.oneCurrency() && row.customers() > 0) {
                List<Row> parts = currencies.getOrDefault(row.group(), List.of());
                figures.put(
                        row.group(),
                        new Figures(
                                row.customers(),
                                row.customersOverdue(),
                                percent(row.customersOverdue(), row.customers()),
                                daysLate(parts),
                                row.cases(),
                                amounts(parts)));
            }
        }
        return figures;
    }

    private static List<Amount> amounts(List<Row> parts) {
        List<Amount> amounts = new ArrayList<>();
        for (Row part : parts) {
            String currency = part.currency();
            BigDecimal open = part.open();
            BigDecimal overdue = part.overdue();
            if (currency != null && open != null && overdue != null && open.signum() != 0) {
                amounts.add(Amount.of(currency, open, overdue));
            }
        }
        amounts.sort(Comparator.comparing(Amount::currency));
        return amounts;
    }

    private static @Nullable BigDecimal daysLate(List<Row> parts) {
        BigDecimal days = BigDecimal.ZERO;
        long customers = 0;
        for (Row part : parts) {
            BigDecimal mean = part.daysLate();
            if (mean != null) {
                days = days.add(mean.multiply(BigDecimal.valueOf(part.withDays())));
                customers += part.withDays();
            }
        }
        return customers == 0 ? null : days.divide(BigDecimal.valueOf(customers), 1, RoundingMode.HALF_UP);
    }

    static int percent(int part, int whole) {
        return whole == 0
                ? 0
                : BigDecimal.valueOf(100L * part)
                        .divide(BigDecimal.valueOf(whole), 0, RoundingMode.HALF_UP)
                        .intValueExact();
    }

    private static Map<String, Integer> segments(List<Row> rows, String size, String behaviour) {
        Map<String, Integer> segments = new TreeMap<>();
        for (Row row : rows) {
            String segment = row.group().segment();
            if (segment != null
                    && size.equals(row.group().size())
                    && behaviour.equals(row.group().behaviour())) {
                segments.put(segment, row.customers());
            }
        }
        return segments;
    }

    /** First as the table lists them, then what only customers who were scored with another table have. */
    private static List<String> ordered(
            List<String> listed, List<Row> rows, java.util.function.Function<Group, @Nullable String> value) {
        List<String> values = new ArrayList<>(listed);
        rows.stream()
                .map(row -> value.apply(row.group()))
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .filter(found -> !listed.contains(found))
                .collect(Collectors.toCollection(TreeSet::new))
                .forEach(values::add);
        return values;
    }

    private static Map<String, Figures> by(
            List<String> values, java.util.function.Function<String, Group> group, Map<Group, Figures> figures) {
        Map<String, Figures> by = new LinkedHashMap<>();
        for (String value : values) {
            by.put(value, figures.getOrDefault(group.apply(value), Figures.NONE));
        }
        return by;
    }
}
