package org.dunlin.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.dunlin.intake.IntakeReport.State;
import org.dunlin.receivables.RowProblem.Severity;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Runs, as far as they are committed: what a restart goes on from, and what reports are made of. */
@Repository
class IntakeRuns {

    /** Problems that stay when a run has ended; the report file has them all. */
    private static final int KEPT_PROBLEMS = 1_000;

    private static final int FETCH_SIZE = 1_000;

    private final JdbcClient jdbc;
    private final JdbcTemplate template;

    /** Reads results of any size in portions. */
    private final JdbcTemplate streaming;

    private final ObjectMapper json;
    private final Clock clock;

    IntakeRuns(JdbcClient jdbc, JdbcTemplate template, ObjectMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.template = template;
        this.streaming = new JdbcTemplate(Objects.requireNonNull(template.getDataSource()));
        streaming.setFetchSize(FETCH_SIZE);
        this.json = json;
        this.clock = clock;
    }

    /** What a number of rows came to. */
    record Counts(long read, long inserted, long changed, long unchanged, long rejected, long warnings) {}

    /** A row to give back, as it was in the file. */
    record RejectedRow(long row, List<String> fields) {}

    long start(String claim, String file, String checksum, long bytes) {
        return jdbc.sql(
                        """
                        insert into intake_run (claim, file, checksum, bytes, started_at)
                        values (:claim, :file, :checksum, :bytes, :now) returning id
                        """)
                .param("claim", claim)
                .param("file", file)
                .param("checksum", checksum)
                .param("bytes", bytes)
                .param("now", Timestamp.from(clock.instant()))
                .query(Long.class)
                .single();
    }

    void mapped(long id, String mapping) {
        jdbc.sql("update intake_run set mapping = :mapping where id = :id")
                .param("mapping", mapping)
                .param("id", id)
                .update();
    }

    /**
     * Part of the transaction that writes the rows.
     *
     * @param rowsBefore rows that were dealt with before these
     * @throws TakenOverException when somebody else went on with the run in the meantime
     */
    void progress(
            long id,
            long rowsBefore,
            Counts counts,
            long bytesRead,
            List<IntakeProblem> problems,
            List<RejectedRow> rejected) {
        int updated = jdbc.sql(
                        """
                        update intake_run
                        set rows_read = rows_read + :read, rows_inserted = rows_inserted + :inserted,
                            rows_changed = rows_changed + :changed, rows_unchanged = rows_unchanged + :unchanged,
                            rows_rejected = rows_rejected + :rejected, warnings = warnings + :warnings, bytes_read = :bytes
                        where id = :id and rows_read = :before and state = 'RUNNING'
                        """)
                .param("read", counts.read())
                .param("inserted", counts.inserted())
                .param("changed", counts.changed())
                .param("unchanged", counts.unchanged())
                .param("rejected", counts.rejected())
                .param("warnings", counts.warnings())
                .param("bytes", bytesRead)
                .param("before", rowsBefore)
                .param("id", id)
                .update();
        if (updated == 0) {
            throw new TakenOverException(id);
        }
        insert(id, problems);
        template.batchUpdate(
                "insert into intake_rejected_row (run_id, row, fields) values (?, ?, ?::jsonb) on conflict do nothing",
                rejected,
                FETCH_SIZE,
                (statement, row) -> {
                    statement.setLong(1, id);
                    statement.setLong(2, row.row());
                    statement.setString(3, toJson(row.fields()));
                });
    }

    long rowsRead(long id) {
        return jdbc.sql("select rows_read from intake_run where id = :id")
                .param("id", id)
                .query(Long.class)
                .single();
    }

    void note(long id, String message) {
        jdbc.sql("update intake_run set message = :message where id = :id")
                .param("message", message)
                .param("id", id)
                .update();
    }

    /** Ends the run and lets go of what its files have. */
    @Transactional
    void finish(long id, State state, @Nullable String message) {
        jdbc.sql(
                        """
                        update intake_run set state = :state, message = coalesce(:message, message), finished_at = :now
                        where id = :id and state = 'RUNNING'
                        """)
                .param("state", state.name())
                .param("message", message)
                .param("now", Timestamp.from(clock.instant()))
                .param("id", id)
                .update();
        jdbc.sql("delete from intake_rejected_row where run_id = :id")
                .param("id", id)
                .update();
        jdbc.sql(
                        """
                        delete from intake_problem where run_id = :id and id not in (
                            select id from intake_problem where run_id = :id order by id limit :kept)
                        """)
                .param("id", id)
                .param("kept", KEPT_PROBLEMS)
                .update();
    }

    /** All problems of a run in the order of the rows, however many there are. */
    @Transactional(readOnly = true)
    void eachProblem(long id, Consumer<IntakeProblem> reader) {
        streaming.query(
                "select * from intake_problem where run_id = ? order by id",
                row -> {
                    reader.accept(problem(row, 0));
                },
                id);
    }

    /** All rejected rows of a run in the order of the file, the header first. */
    @Transactional(readOnly = true)
    void eachRejectedRow(long id, Consumer<List<String>> reader) {
        streaming.query(
                "select fields from intake_rejected_row where run_id = ? order by row",
                row -> {
                    reader.accept(fromJson(row.getString(1)));
                },
                id);
    }

    Optional<IntakeReport> byClaim(String claim) {
        return jdbc.sql("select * from intake_run where claim = :claim")
                .param("claim", claim)
                .query(IntakeRuns::report)
                .optional();
    }

    /** With its first problems. */
    Optional<IntakeReport> byId(long id) {
        List<IntakeProblem> problems = jdbc.sql(
                        "select * from intake_problem where run_id = :id order by id limit :kept")
                .param("id", id)
                .param("kept", KEPT_PROBLEMS)
                .query(IntakeRuns::problem)
                .list();
        return jdbc.sql("select * from intake_run where id = :id")
                .param("id", id)
                .query(IntakeRuns::report)
                .optional()
                .map(report -> report.with(problems));
    }

    /** The latest first, without their problems. */
    List<IntakeReport> latest(int count) {
        return jdbc.sql("select * from intake_run order by id desc limit :count")
                .param("count", count)
                .query(IntakeRuns::report)
                .list();
    }

    /** An earlier run of exactly the same file. */
    Optional<Long> earlier(String checksum, long id) {
        return jdbc.sql("select max(id) from intake_run where checksum = :checksum and id < :id and state = 'DONE'")
                .param("checksum", checksum)
                .param("id", id)
                .query((row, n) -> Optional.ofNullable(row.getObject(1, Long.class)))
                .single();
    }

    /** Lets the planner know what a large import has written, so that the daily run after it is not slow. */
    void analyze() {
        for (String table : List.of("customer", "contact_person", "invoice", "credit_note", "payment", "allocation")) {
            jdbc.sql("analyze " + table).update();
        }
    }

    /** Problems of the file as a whole, where there is no transaction of rows to be part of. */
    void addProblem(long id, IntakeProblem problem) {
        insert(id, List.of(problem));
    }

    private void insert(long id, List<IntakeProblem> problems) {
        template.batchUpdate(
                """
                insert into intake_problem (run_id, line, severity, record, field, value, reason, advice)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                problems,
                FETCH_SIZE,
                (statement, problem) -> {
                    statement.setLong(1, id);
                    statement.setLong(2, problem.line());
                    statement.setString(3, problem.severity().name());
                    statement.setString(4, problem.record());
                    statement.setString(5, problem.field());
                    statement.setString(6, problem.value());
                    statement.setString(7, problem.reason());
                    statement.setString(8, problem.advice());
                });
    }

    private static IntakeReport report(ResultSet row, int n) throws SQLException {
        Timestamp finished = row.getTimestamp("finished_at");
        return new IntakeReport(
                row.getLong("id"),
                row.getString("file"),
                row.getString("mapping"),
                State.valueOf(row.getString("state")),
                row.getString("message"),
                row.getString("checksum"),
                row.getLong("bytes"),
                row.getLong("bytes_read"),
                instant(row.getTimestamp("started_at")),
                finished == null ? null : finished.toInstant(),
                row.getLong("rows_read"),
                row.getLong("rows_inserted"),
                row.getLong("rows_changed"),
                row.getLong("rows_unchanged"),
                row.getLong("rows_rejected"),
                row.getLong("warnings"),
                List.of());
    }

    private static Instant instant(@Nullable Timestamp timestamp) {
        return Objects.requireNonNull(timestamp).toInstant();
    }

    private static IntakeProblem problem(ResultSet row, int n) throws SQLException {
        return new IntakeProblem(
                row.getLong("line"),
                Severity.valueOf(row.getString("severity")),
                row.getString("record"),
                row.getString("field"),
                row.getString("value"),
                row.getString("reason"),
                row.getString("advice"));
    }

    private String toJson(List<String> fields) {
        try {
            // PostgreSQL keeps no NUL, and a row that has one is rejected for it anyway.
            return json.writeValueAsString(fields.stream()
                    .map(field -> field.replace('\0', ' ').replace(CsvSource.MALFORMED, '\uFFFD'))
                    .toList());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> fromJson(String fields) {
        try {
            return List.of(json.readValue(fields, String[].class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
