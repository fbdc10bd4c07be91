package org.dunlin.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How fast the same row changes can be made at all: one connection, batches of a thousand, a commit after each. They are made in
 * copies of the tables that have all columns, checks and indexes, but neither foreign keys nor triggers, with copies of real
 * rows; only the batches and their commits are timed.
 */
final class Floor {

    private static final int BATCH = 1000;
    private static final int KEPT = 2000;

    private final BenchmarkDatabase database;
    private final JdbcClient jdbc;

    Floor(BenchmarkDatabase database) {
        this.database = database;
        this.jdbc = database.aside();
        jdbc.sql("create schema floor").update();
        jdbc.sql("create schema kept").update();
    }

    /** Keeps some rows of tables that may be empty when their floor is measured, because a stage ends with deleting them. */
    void keepRows() {
        for (String table : TableChanges.all(jdbc).keySet()) {
            boolean kept = jdbc.sql("select to_regclass('kept.' || :table) is not null")
                    .param("table", table)
                    .query(Boolean.class)
                    .single();
            if (!kept && hasRows("public." + table)) {
                jdbc.sql("create table kept." + table + " as select * from public." + table + " limit " + KEPT)
                        .update();
            }
        }
    }

    /** @return seconds */
    double measure(Map<String, TableChanges> changes) {
        long nanos = 0;
        try (Connection writer = database.connect()) {
            writer.setAutoCommit(false);
            try (Statement set = writer.createStatement()) {
                set.execute("set pg_stat_statements.track = 'none'");
            }
            writer.commit();
            for (Map.Entry<String, TableChanges> table : changes.entrySet()) {
                nanos += measure(writer, table.getKey(), table.getValue());
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return nanos / 1e9;
    }

    private long measure(Connection writer, String table, TableChanges changes) throws SQLException {
        jdbc.sql("drop table if exists floor." + table).update();
        jdbc.sql("create table floor." + table + " (like public." + table + " including all excluding identity)")
                .update();
        try (Rows rows = new Rows(table)) {
            long nanos = 0;
            for (long left = changes.inserted(); left > 0; ) {
                List<Object[]> some = rows.next(left);
                nanos += insert(writer, table, rows, some);
                left -= some.size();
            }
            List<Object[]> present = List.of();
            for (long left = changes.updated(); left > 0; left -= present.size()) {
                present = refill(writer, table, rows, left);
                nanos += update(writer, table, rows, present);
            }
            for (long left = changes.deleted(); left > 0; left -= present.size()) {
                present = refill(writer, table, rows, left);
                nanos += delete(writer, table, rows, present);
            }
            return nanos;
        } finally {
            jdbc.sql("drop table floor." + table).update();
        }
    }

    /** Not timed: rows that can be changed must be there first. */
    private List<Object[]> refill(Connection writer, String table, Rows rows, long wanted) throws SQLException {
        rows.startOver();
        List<Object[]> some = rows.next(wanted);
        insert(writer, table, rows, some);
        return some;
    }

    private static long insert(Connection writer, String table, Rows rows, List<Object[]> some) throws SQLException {
        String sql = "insert into floor." + table + " (" + String.join(", ", rows.columns) + ") values ("
                + rows.columns.stream().map(column -> "?").collect(Collectors.joining(", ")) + ")";
        return run(writer, sql, IntStream.range(0, rows.columns.size()).boxed().toList(), some);
    }

    private static long update(Connection writer, String table, Rows rows, List<Object[]> some) throws SQLException {
        List<Integer> others = IntStream.range(0, rows.columns.size())
                .filter(column -> !rows.key.contains(column))
                .boxed()
                .toList();
        if (others.isEmpty()) {
            return 0;
        }
        String sql = "update floor." + table + " set " + rows.equal(others, ", ") + " where "
                + rows.equal(rows.key, " and ");
        List<Integer> parameters = new ArrayList<>(others);
        parameters.addAll(rows.key);
        return run(writer, sql, parameters, some);
    }

    private static long delete(Connection writer, String table, Rows rows, List<Object[]> some) throws SQLException {
        return run(writer, "delete from floor." + table + " where " + rows.equal(rows.key, " and "), rows.key, some);
    }

    private static long run(Connection writer, String sql, List<Integer> parameters, List<Object[]> rows)
            throws SQLException {
        long start = System.nanoTime();
        try (PreparedStatement statement = writer.prepareStatement(sql)) {
            for (Object[] row : rows) {
                for (int i = 0; i < parameters.size(); i++) {
                    statement.setObject(i + 1, row[parameters.get(i)]);
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
        writer.commit();
        return System.nanoTime() - start;
    }

    private boolean hasRows(String table) {
        return jdbc.sql("select exists (select 1 from " + table + ")")
                .query(Boolean.class)
                .single();
    }

    /** Real rows of a table, as many as are wanted: when all have been read they come again, into an emptied copy. */
    private final class Rows implements AutoCloseable {

        private final String table;
        private final String source;
        private final Connection reader;
        private final Statement statement;
        private ResultSet cursor;
        private final List<String> columns = new ArrayList<>();
        private final List<Integer> key;

        Rows(String table) throws SQLException {
            this.table = table;
            this.source = hasRows("public." + table) ? "public." + table : "kept." + table;
            reader = database.connect();
            reader.setAutoCommit(false);
            statement = reader.createStatement();
            statement.execute("set pg_stat_statements.track = 'none'");
            statement.setFetchSize(BATCH);
            cursor = statement.executeQuery("select * from " + source);
            ResultSetMetaData meta = cursor.getMetaData();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                columns.add(meta.getColumnName(i));
            }
            key = jdbc
                    .sql(
                            """
                            select a.attname from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
                            where i.indrelid = to_regclass('public.' || :table) and i.indisprimary
                            """)
                    .param("table", table)
                    .query(String.class)
                    .list()
                    .stream()
                    .map(columns::indexOf)
                    .toList();
        }

        List<Object[]> next(long wanted) throws SQLException {
            List<Object[]> rows = new ArrayList<>();
            boolean again = false;
            while (rows.size() < Math.min(BATCH, wanted)) {
                if (!cursor.next()) {
                    if (!rows.isEmpty()) {
                        break;
                    }
                    if (again) {
                        throw new IllegalStateException("No row of " + source + " is left to measure with");
                    }
                    again = true;
                    startOver();
                    continue;
                }
                Object[] row = new Object[columns.size()];
                for (int i = 0; i < row.length; i++) {
                    row[i] = cursor.getObject(i + 1);
                }
                rows.add(row);
            }
            return rows;
        }

        void startOver() throws SQLException {
            cursor.close();
            cursor = statement.executeQuery("select * from " + source);
            jdbc.sql("truncate floor." + table).update();
        }

        String equal(List<Integer> positions, String separator) {
            return positions.stream()
                    .map(position -> columns.get(position) + " = ?")
                    .collect(Collectors.joining(separator));
        }

        @Override
        public void close() throws SQLException {
            reader.close();
        }
    }
}
