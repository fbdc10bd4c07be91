package org.dunlin.dunning;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.dunlin.receivables.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads holds. */
@Repository
class HoldReader {

    private final JdbcClient jdbc;

    HoldReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In the order of their ids; ids that do not exist are missing. */
    List<Hold> holds(Collection<Long> ids) {
        Long[] wanted = ids.toArray(Long[]::new);
        Map<Long, List<Hold.Covered>> invoices = invoices(wanted);
        Map<Long, List<Hold.Instalment>> instalments = instalments(wanted);
        return jdbc.sql("select * from hold where id = any(:ids) order by id")
                .param("ids", wanted)
                .query((row, n) -> hold(
                        row,
                        invoices.getOrDefault(row.getLong("id"), List.of()),
                        instalments.getOrDefault(row.getLong("id"), List.of())))
                .list();
    }

    private Map<Long, List<Hold.Covered>> invoices(Long[] ids) {
        record Line(long hold, Hold.Covered covered) {}
        return jdbc
                .sql(
                        """
                        select l.hold_id, i.id, i.number, l.open, i.currency
                        from hold_invoice l join invoice i on i.id = l.invoice_id
                        where l.hold_id = any(:ids) order by i.due_on, i.number
                        """)
                .param("ids", ids)
                .query((row, n) -> new Line(
                        row.getLong("hold_id"),
                        new Hold.Covered(
                                row.getLong("id"),
                                row.getString("number"),
                                Money.of(row.getBigDecimal("open"), row.getString("currency")))))
                .list()
                .stream()
                .collect(Collectors.groupingBy(Line::hold, Collectors.mapping(Line::covered, Collectors.toList())));
    }

    private Map<Long, List<Hold.Instalment>> instalments(Long[] ids) {
        record Part(long hold, Hold.Instalment instalment) {}
        return jdbc
                .sql("select * from hold_instalment where hold_id = any(:ids) order by hold_id, position")
                .param("ids", ids)
                .query((row, n) -> new Part(
                        row.getLong("hold_id"),
                        new Hold.Instalment(row.getObject("due_on", LocalDate.class), row.getBigDecimal("amount"))))
                .list()
                .stream()
                .collect(Collectors.groupingBy(Part::hold, Collectors.mapping(Part::instalment, Collectors.toList())));
    }

    private static Hold hold(ResultSet row, List<Hold.Covered> invoices, List<Hold.Instalment> instalments)
            throws SQLException {
        String currency = row.getString("currency");
        String outcome = row.getString("outcome");
        return new Hold(
                row.getLong("id"),
                row.getString("number"),
                Hold.Kind.valueOf(row.getString("kind")),
                row.getLong("customer_id"),
                row.getLong("creditor_id"),
                row.getBoolean("covers_all"),
                invoices,
                row.getString("reason"),
                row.getString("note"),
                row.getBigDecimal("amount") == null ? null : Money.of(row.getBigDecimal("amount"), currency),
                row.getObject("starts_on", LocalDate.class),
                row.getObject("ends_on", LocalDate.class),
                outcome == null ? null : Hold.Outcome.valueOf(outcome),
                Objects.requireNonNull(instant(row, "raised_at")),
                row.getString("raised_by"),
                instant(row, "ended_at"),
                row.getString("ended_by"),
                row.getString("end_note"),
                row.getString("process_instance_id"),
                instalments,
                course(row));
    }

    private static Hold.Course course(ResultSet row) throws SQLException {
        String expected = row.getString("expected");
        return new Hold.Course(
                expected == null ? null : Hold.Expected.valueOf(expected),
                row.getObject("expected_by", LocalDate.class),
                instant(row, "agreed_at"),
                instant(row, "told_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }
}
