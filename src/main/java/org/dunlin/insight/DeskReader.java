package org.dunlin.insight;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dunlin.contact.Channel;
import org.dunlin.insight.DeskFigures.Age;
import org.dunlin.insight.DeskFigures.AgeFigures;
import org.dunlin.insight.DeskFigures.CallsToday;
import org.dunlin.insight.DeskFigures.ContactsToday;
import org.dunlin.insight.DeskFigures.LadderFigures;
import org.dunlin.insight.DeskFigures.PromisesDue;
import org.dunlin.insight.DeskFigures.RungFigures;
import org.dunlin.insight.DeskFigures.Sum;
import org.dunlin.insight.DeskFigures.Term;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads the figures of the day, with one statement for each group of them. */
@Repository
class DeskReader {

    private static final String BY_AGE =
            """
            select case when due_on >= :today then 'NOT_DUE'
                        when due_on >= :today - 30 then 'UP_TO_30'
                        when due_on >= :today - 60 then 'UP_TO_60'
                        when due_on >= :today - 90 then 'UP_TO_90'
                        else 'OVER_90' end as place,
                   currency, count(*) as number, sum(open) as amount
            from open_invoice(:today) group by 1, 2
            """;

    /** What is open of the cases that the caller has named {@code chosen}. */
    static final String MONEY =
            """
            money as (
                select i.case_id, sum(o.open) as open
                from dunning_case_invoice i
                    join open_invoice(:today) o on o.invoice_id = i.invoice_id
                where i.left_on is null and i.case_id in (select id from chosen)
                group by i.case_id
            )
            """;

    private static final String BY_LADDER =
            """
            with chosen as (select id from dunning_case where state = 'OPEN'), ${money}
            select c.ladder, l.name, least(c.rung / 10, 7) * 10 as place, c.currency, count(*) as number,
                   count(*) filter (where c.held_since is not null) as on_hold, coalesce(sum(m.open), 0) as amount
            from dunning_case c
                left join money m on m.case_id = c.id
                left join lateral (
                    select name_ as name from act_re_procdef where key_ = c.ladder and tenant_id_ is null
                    order by version_ desc limit 1
                ) l on true
            where c.state = 'OPEN'
            group by c.ladder, l.name, least(c.rung / 10, 7), c.currency
            order by c.ladder nulls last, place
            """
                    .replace("${money}", MONEY);

    private static final String CONTACTS =
            """
            select channel, count(*) as number from contact
            where sent_at >= :from and sent_at < :to and state = 'SENT'
            group by channel
            """;

    /** Tasks on hold cannot be worked on. Dates of the engine are in UTC. */
    private static final String CALLS =
            """
            select count(*) filter (where due_date_ < :from) as late, count(*) filter (where due_date_ >= :from) as due_today
            from act_ru_task where task_def_key_ = 'callCustomer' and suspension_state_ = 1 and due_date_ < :to
            """;

    private static final String PROMISES =
            """
            select case when ends_on < :today then 'PASSED'
                        when ends_on = :today then 'TODAY'
                        when ends_on <= :today + 7 then 'WEEK'
                        else 'LATER' end as place,
                   currency, count(*) as number, sum(amount) as amount
            from hold where kind = 'PROMISE' and state = 'ACTIVE' group by 1, 2
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    DeskReader(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public DeskFigures today() {
        LocalDate today = LocalDate.now(clock);
        Map<Channel, Integer> contacts = contacts(today);
        Map<Age, Group> ages = grouped(BY_AGE, today, Age.class);
        Map<Term, Group> promises = grouped(PROMISES, today, Term.class);
        return new DeskFigures(
                today,
                ages.entrySet().stream()
                        .map(age -> new AgeFigures(
                                age.getKey(),
                                age.getValue().number,
                                age.getValue().sums()))
                        .toList(),
                ladders(today),
                contacts.entrySet().stream()
                        .map(sent -> new ContactsToday(sent.getKey(), sent.getValue()))
                        .toList(),
                calls(today, contacts.getOrDefault(Channel.CALL, 0)),
                promises.entrySet().stream()
                        .map(term -> new PromisesDue(
                                term.getKey(),
                                term.getValue().number,
                                term.getValue().sums()))
                        .toList());
    }

    private <K extends Enum<K>> Map<K, Group> grouped(String sql, LocalDate today, Class<K> places) {
        Map<K, Group> groups = new EnumMap<>(places);
        for (K place : places.getEnumConstants()) {
            groups.put(place, new Group());
        }
        jdbc.sql(sql).param("today", today).query(row -> {
            groups.computeIfAbsent(Enum.valueOf(places, row.getString("place")), place -> new Group())
                    .add(row);
        });
        return groups;
    }

    private record Ladder(@Nullable String id, @Nullable String name) {}

    private List<LadderFigures> ladders(LocalDate today) {
        Map<Ladder, Map<Integer, Group>> ladders = new LinkedHashMap<>();
        jdbc.sql(BY_LADDER).param("today", today).query(row -> {
            String id = row.getString("ladder");
            String name = row.getString("name");
            ladders.computeIfAbsent(new Ladder(id, name == null ? id : name), ladder -> new TreeMap<>())
                    .computeIfAbsent(row.getInt("place"), rung -> new Group())
                    .add(row, row.getInt("on_hold"));
        });
        List<LadderFigures> figures = new ArrayList<>();
        ladders.forEach((ladder, rungs) -> figures.add(new LadderFigures(
                ladder.id(),
                ladder.name(),
                rungs.values().stream().mapToInt(group -> group.number).sum(),
                rungs.entrySet().stream()
                        .map(rung -> new RungFigures(
                                rung.getKey(),
                                rung.getValue().number,
                                rung.getValue().onHold,
                                rung.getValue().sums()))
                        .toList())));
        return figures;
    }

    private Map<Channel, Integer> contacts(LocalDate today) {
        ZoneId zone = clock.getZone();
        Map<Channel, Integer> contacts = new EnumMap<>(Channel.class);
        jdbc.sql(CONTACTS)
                .param("from", today.atStartOfDay(zone).toOffsetDateTime())
                .param("to", today.plusDays(1).atStartOfDay(zone).toOffsetDateTime())
                .query(row -> {
                    contacts.put(Channel.valueOf(row.getString("channel")), row.getInt("number"));
                });
        return contacts;
    }

    private CallsToday calls(LocalDate today, int made) {
        ZoneId zone = clock.getZone();
        return jdbc.sql(CALLS)
                .param(
                        "from",
                        today.atStartOfDay(zone)
                                .withZoneSameInstant(ZoneOffset.UTC)
                                .toLocalDateTime())
                .param(
                        "to",
                        today.plusDays(1)
                                .atStartOfDay(zone)
                                .withZoneSameInstant(ZoneOffset.UTC)
                                .toLocalDateTime())
                .query((row, n) -> new CallsToday(made, row.getInt("late"), row.getInt("due_today")))
                .single();
    }

    /** Rows of one place, one for each currency. */
    private static final class Group {
        private int number;
        private int onHold;
        private final Map<String, BigDecimal> amounts = new TreeMap<>();

        void add(ResultSet row) throws SQLException {
            add(row, 0);
        }

        void add(ResultSet row, int held) throws SQLException {
            number += row.getInt("number");
            onHold += held;
            amounts.merge(row.getString("currency"), row.getBigDecimal("amount"), BigDecimal::add);
        }

        List<Sum> sums() {
            return amounts.entrySet().stream()
                    .filter(sum -> sum.getValue().signum() != 0)
                    .map(sum -> Sum.of(sum.getKey(), sum.getValue()))
                    .toList();
        }
    }
}
