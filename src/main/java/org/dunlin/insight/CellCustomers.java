package org.dunlin.insight;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.dunlin.insight.CellCustomer.RunningCase;
import org.dunlin.scoring.CustomerProfile.Elsewhere;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads the customers of a cell. */
@Repository
class CellCustomers {

    private static final TypeReference<Map<String, Elsewhere>> ELSEWHERE = new TypeReference<>() {};

    private static final String CHOSEN =
            """
            with chosen as (
                select s.* from (
                    select customer_id, size, behaviour, segment, score from customer_score
                    where until is null and size = :size and behaviour = :behaviour
                      and (cast(:segment as text) is null or segment = :segment)
                ) s
                ${from}
            )
            """;

    private static final String ANYWHERE = "";

    private static final String CAME =
            """
            join (${then}) f on f.customer_id = s.customer_id
            where f.size = :fromSize and f.behaviour = :fromBehaviour
              and (cast(:fromSegment as text) is null or f.segment = :fromSegment)
            """
                    .replace("${then}", Movements.PLACES_THEN);

    private static final String NEW =
            """
            left join (${then}) f on f.customer_id = s.customer_id
            where f.customer_id is null
            """
                    .replace("${then}", Movements.PLACES_THEN);

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    CellCustomers(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * Where customers were on an earlier day.
     *
     * @param cell    null for those who had no score then
     * @param segment null for any
     */
    record CameFrom(@Nullable Cell cell, @Nullable String segment, LocalDate on) {}

    /**
     * Which customers, in which order.
     *
     * @param segment  only those of this segment; null for all of the cell
     * @param from     only those who were there; null for all
     * @param currency who owes most overdue in it comes first; null for the one that most of them have their invoices in
     */
    record Wish(Cell cell, @Nullable String segment, @Nullable CameFrom from, @Nullable String currency) {}

    /**
     * A part of the list.
     *
     * @param total    how many there are in all
     * @param currency by which they are sorted; null when none of them has an invoice
     */
    record Page(int total, @Nullable String currency, List<CellCustomer> customers) {}

    /**
     * The customers with the largest overdue amount first; those who have nothing overdue in that currency follow, the longest overdue
     * first, then by number.
     */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Page page(Wish wish, int offset, int limit) {
        int total =
                chosen(wish, "select count(*) from chosen").query(Integer.class).single();
        String currency = wish.currency() != null ? wish.currency() : mostCommonCurrency(wish);
        List<Row> rows = chosen(
                        wish,
                        """
                        , sorted as (
                            select c.*, k.source, k.number, k.name, p.currency, p.open_amount, p.overdue_amount, p.other_currencies,
                                   p.weighted_days_late, p.oldest_overdue_days,
                                   row_number() over (order by
                                       case when p.currency = :currency then p.overdue_amount
                                            when p.other_currencies <> '{}'
                                                then coalesce((p.other_currencies -> :currency ->> 'overdue')::numeric, 0)
                                            else 0 end desc,
                                       p.overdue_invoices > 0 desc, p.oldest_overdue_days desc, k.number, k.source) as place
                            from chosen c
                                join customer k on k.id = c.customer_id
                                join customer_profile p on p.customer_id = c.customer_id
                            order by place
                            limit :limit offset :offset
                        )
                        select s.*, f.size as from_size, f.behaviour as from_behaviour,
                               coalesce(f.until, (select min(h.since) from customer_score h where h.customer_id = s.customer_id)) as since
                        from sorted s
                            left join lateral (
                                select h.size, h.behaviour, h.until from customer_score h
                                where h.customer_id = s.customer_id and h.until is not null
                                  and (h.size, h.behaviour) <> (s.size, s.behaviour)
                                order by h.since desc limit 1
                            ) f on true
                        order by s.place
                        """)
                .param("currency", currency == null ? "" : currency)
                .param("limit", limit)
                .param("offset", offset)
                .query(this::row)
                .list();
        Map<Long, List<RunningCase>> cases = cases(rows);
        return new Page(
                total,
                currency,
                rows.stream()
                        .map(row -> row.customer(cases.getOrDefault(row.id(), List.of())))
                        .toList());
    }

    private @Nullable String mostCommonCurrency(Wish wish) {
        return chosen(
                        wish,
                        """
                        select p.currency from chosen c join customer_profile p on p.customer_id = c.customer_id
                        where p.currency is not null
                        group by p.currency order by count(*) desc, p.currency limit 1
                        """)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    private JdbcClient.StatementSpec chosen(Wish wish, String sql) {
        CameFrom from = wish.from();
        String only = from == null ? ANYWHERE : from.cell() == null ? NEW : CAME;
        JdbcClient.StatementSpec statement = jdbc.sql(CHOSEN.replace("${from}", only) + sql)
                .param("size", wish.cell().size())
                .param("behaviour", wish.cell().behaviour())
                .param("segment", wish.segment());
        if (from == null) {
            return statement;
        }
        statement = statement.param("since", from.on());
        return from.cell() == null
                ? statement
                : statement
                        .param("fromSize", from.cell().size())
                        .param("fromBehaviour", from.cell().behaviour())
                        .param("fromSegment", from.segment());
    }

    private Map<Long, List<RunningCase>> cases(List<Row> rows) {
        return jdbc
                .sql(
                        """
                        select customer_id, number, ladder, rung, held_since is not null as on_hold,
                               handed_over_on is not null as with_agency
                        from dunning_case where state = 'OPEN' and customer_id = any(:ids) order by id
                        """)
                .param("ids", rows.stream().map(Row::id).toArray(Long[]::new))
                .query((row, n) -> Map.entry(
                        row.getLong("customer_id"),
                        new RunningCase(
                                row.getString("number"),
                                row.getString("ladder"),
                                row.getInt("rung"),
                                row.getBoolean("on_hold"),
                                row.getBoolean("with_agency"))))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    private record Row(long id, CellCustomer withoutCases) {
        CellCustomer customer(List<RunningCase> cases) {
            CellCustomer c = withoutCases;
            return new CellCustomer(
                    c.source(),
                    c.number(),
                    c.name(),
                    c.score(),
                    c.segment(),
                    c.since(),
                    c.amounts(),
                    c.daysLate(),
                    c.oldestOverdueDays(),
                    c.previous(),
                    cases);
        }
    }

    private Row row(ResultSet row, int n) throws SQLException {
        String fromSize = row.getString("from_size");
        return new Row(
                row.getLong("customer_id"),
                new CellCustomer(
                        row.getString("source"),
                        row.getString("number"),
                        row.getString("name"),
                        row.getInt("score"),
                        row.getString("segment"),
                        row.getObject("since", LocalDate.class),
                        amounts(row),
                        row.getBigDecimal("weighted_days_late"),
                        row.getInt("oldest_overdue_days"),
                        fromSize == null ? null : new Cell(fromSize, row.getString("from_behaviour")),
                        List.of()));
    }

    private List<Amount> amounts(ResultSet row) throws SQLException {
        List<Amount> amounts = new ArrayList<>();
        String own = row.getString("currency");
        if (own != null) {
            amounts.add(Amount.of(own, row.getBigDecimal("open_amount"), row.getBigDecimal("overdue_amount")));
        }
        elsewhere(row.getString("other_currencies"))
                .forEach((currency, other) -> amounts.add(Amount.of(currency, other.open(), other.overdue())));
        return amounts.stream()
                .filter(amount -> amount.open().compareTo(BigDecimal.ZERO) != 0)
                .sorted(Comparator.comparing(Amount::currency))
                .toList();
    }

    private Map<String, Elsewhere> elsewhere(String text) {
        try {
            return json.readValue(text, ELSEWHERE);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Unreadable other_currencies: " + text, e);
        }
    }
}
