package org.dunlin.insight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dunlin.insight.Overview.CellFigures;
import org.dunlin.scoring.Scores;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads the portfolio by cell. Amounts and days are those of the customers' profiles, so they are as old as the scores beside them.
 */
@Repository
class Overviews {

    /**
     * A row per cell, segment and currency. A customer counts where their own currency is; amounts in others come from rows without
     * customers.
     */
    private static final String BY_CELL =
            """
            with place as (
                select customer_id, size, behaviour, segment from customer_score where until is null
            ),
            running as (
                select customer_id, count(*) as cases from dunning_case where state = 'OPEN' group by customer_id
            )
            select s.size, s.behaviour, s.segment, p.currency,
                   count(*) as customers,
                   count(*) filter (where p.overdue_invoices > 0) as customers_overdue,
                   coalesce(sum(r.cases), 0) as cases,
                   sum(p.open_amount) as open,
                   sum(p.overdue_amount) as overdue,
                   count(p.weighted_days_late) as with_days,
                   coalesce(sum(greatest(p.turnover_12_months, p.open_amount, 0)) filter (where p.weighted_days_late is not null), 0)
                       as weight,
                   coalesce(sum(greatest(p.turnover_12_months, p.open_amount, 0) * p.weighted_days_late), 0) as weighted_days
            from place s
                join customer_profile p on p.customer_id = s.customer_id
                left join running r on r.customer_id = s.customer_id
            group by s.size, s.behaviour, s.segment, p.currency
            union all
            select s.size, s.behaviour, s.segment, o.key, 0, 0, 0,
                   sum((o.value ->> 'open')::numeric), sum((o.value ->> 'overdue')::numeric), 0, 0, 0
            from place s
                join customer_profile p on p.customer_id = s.customer_id and p.other_currencies <> '{}'
                cross join lateral jsonb_each(p.other_currencies) o
            group by s.size, s.behaviour, s.segment, o.key
            """;

    private final JdbcClient jdbc;
    private final Scores scores;

    Overviews(JdbcClient jdbc, Scores scores) {
        this.jdbc = jdbc;
        this.scores = scores;
    }

    /** The portfolio as the last scores show it. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Overview overview() {
        List<Row> rows = rows();
        Scores.Matrix matrix = scores.matrix();
        List<String> sizes = ordered(matrix.sizes(), rows, Row::size);
        List<String> behaviours = ordered(matrix.behaviours(), rows, Row::behaviour);
        List<CellFigures> cells = new ArrayList<>();
        for (String size : sizes) {
            for (String behaviour : behaviours) {
                CellFigures cell = cell(rows, new Cell(size, behaviour));
                if (cell.figures().customers() > 0) {
                    cells.add(cell);
                }
            }
        }
        return new Overview(
                scores.lastRun().orElse(null),
                unscored(),
                cells,
                by(sizes, rows, Row::size),
                by(behaviours, rows, Row::behaviour),
                by(ordered(List.of(), rows, Row::segment), rows, Row::segment),
                figures(rows));
    }

    /** What is known of one cell; empty figures when nobody is in it. */
    public CellFigures cell(Cell cell) {
        return cell(rows(), cell);
    }

    /** The cells of the matrix, whether or not somebody is in them. */
    List<Cell> matrix() {
        Scores.Matrix matrix = scores.matrix();
        return matrix.sizes().stream()
                .flatMap(size -> matrix.behaviours().stream().map(behaviour -> new Cell(size, behaviour)))
                .toList();
    }

    private List<Row> rows() {
        return jdbc.sql(BY_CELL).query(Row::of).list();
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

    private record Row(String size, String behaviour, String segment, Figures.Part part) {

        static Row of(ResultSet row, int n) throws SQLException {
            return new Row(
                    row.getString("size"),
                    row.getString("behaviour"),
                    row.getString("segment"),
                    new Figures.Part(
                            row.getString("currency"),
                            row.getInt("customers"),
                            row.getInt("customers_overdue"),
                            row.getInt("cases"),
                            row.getBigDecimal("open"),
                            row.getBigDecimal("overdue"),
                            row.getInt("with_days"),
                            row.getBigDecimal("weight"),
                            row.getBigDecimal("weighted_days")));
        }
    }

    private static CellFigures cell(List<Row> rows, Cell cell) {
        List<Row> of = rows.stream()
                .filter(row -> row.size().equals(cell.size()) && row.behaviour().equals(cell.behaviour()))
                .toList();
        Map<String, Integer> segments = new TreeMap<>();
        of.forEach(row -> segments.merge(row.segment(), row.part().customers(), Integer::sum));
        return new CellFigures(cell.size(), cell.behaviour(), segments, figures(of));
    }

    private static Figures figures(List<Row> rows) {
        return Figures.sum(rows.stream().map(Row::part).toList());
    }

    /** First as the table lists them, then what only customers who were scored with another table have. */
    private static List<String> ordered(List<String> listed, List<Row> rows, Function<Row, String> value) {
        List<String> values = new ArrayList<>(listed);
        rows.stream()
                .map(value)
                .filter(found -> !listed.contains(found))
                .collect(Collectors.toCollection(TreeSet::new))
                .forEach(values::add);
        return values;
    }

    private static Map<String, Figures> by(List<String> values, List<Row> rows, Function<Row, String> value) {
        Map<String, Figures> by = new LinkedHashMap<>();
        for (String each : values) {
            by.put(
                    each,
                    figures(rows.stream()
                            .filter(row -> value.apply(row).equals(each))
                            .toList()));
        }
        return by;
    }
}
