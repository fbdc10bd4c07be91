package org.dunlin.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Measures stages: time, statements, transactions, row changes, growth, and the floor right after. */
final class Meter {

    private static final int BUSIEST = 12;
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private final BenchmarkDatabase database;
    private final JdbcClient aside;
    private final CountedDataSource pool;
    private final Floor floor;
    private final StringBuilder statements = new StringBuilder();

    Meter(BenchmarkDatabase database, CountedDataSource pool) {
        this.database = database;
        this.aside = database.aside();
        this.pool = pool;
        this.floor = new Floor(database);
    }

    /** @param work does the stage and says how many items it worked on */
    Measurement measure(String stage, String unit, LongSupplier work) {
        Figures before = Figures.now(aside, pool);
        aside.sql("select pg_stat_statements_reset()").query().listOfRows();
        double cpuBefore = cpuSeconds();
        long start = System.nanoTime();
        long items = work.getAsLong();
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuSeconds = cpuSeconds() - cpuBefore;
        System.out.printf(Locale.ROOT, "  %-20s %,9d %-10s %,8.1f s%n", stage, items, unit, seconds);
        long executed = aside.sql("select coalesce(sum(calls), 0) from pg_stat_statements")
                .query(Long.class)
                .single();
        keepStatements(stage, items);
        Figures after = Figures.now(aside, pool);
        Map<String, TableChanges> changes = TableChanges.between(before.changes, after.changes);
        floor.keepRows();
        return new Measurement(
                stage,
                items,
                unit,
                seconds,
                cpuSeconds,
                after.calls - before.calls,
                executed,
                after.transactions - before.transactions,
                changes.values().stream().mapToLong(TableChanges::total).sum(),
                after.bytes - before.bytes,
                floor.measure(changes));
    }

    private double cpuSeconds() {
        return Stream.concat(Stream.of(ProcessHandle.current()), database.processes())
                        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                        .mapToLong(Duration::toMillis)
                        .sum()
                / 1e3;
    }

    /** The statements that kept the server busiest, stage by stage. */
    String statements() {
        return statements.toString();
    }

    private void keepStatements(String stage, long items) {
        List<String> busiest = aside.sql(
                        """
                        select format('%10s ms %10s calls %9s/item %10s rows  %s',
                                      round(total_exec_time::numeric), calls, round(calls::numeric / :items, 3), rows,
                                      left(regexp_replace(query, '\\s+', ' ', 'g'), 400))
                        from pg_stat_statements order by total_exec_time desc limit :busiest
                        """)
                .param("items", Math.max(1, items))
                .param("busiest", BUSIEST)
                .query(String.class)
                .list();
        statements.append(stage).append('\n').append(String.join("\n", busiest)).append("\n\n");
    }

    private record Figures(long calls, long transactions, long bytes, Map<String, TableChanges> changes) {

        static Figures now(JdbcClient aside, CountedDataSource pool) {
            publishStatistics(aside, pool);
            return new Figures(
                    pool.calls(),
                    aside.sql(
                                    "select xact_commit + xact_rollback from pg_stat_database where datname = current_database()")
                            .query(Long.class)
                            .single(),
                    aside.sql(
                                    """
                                    select sum(pg_total_relation_size(c.oid)) from pg_class c
                                    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
                                    """)
                            .query(Long.class)
                            .single(),
                    TableChanges.all(aside));
        }

        private static List<String> lastUses(JdbcClient aside, List<Integer> sessions) {
            return aside.sql(
                            """
                            select state || ' since ' || state_change || ': ' || query from pg_stat_activity
                            where pid = any(:sessions)
                            """)
                    .param("sessions", sessions.toArray(Integer[]::new))
                    .query(String.class)
                    .list();
        }

        /** A session may keep its figures to itself for ten seconds; those that end do not. */
        private static void publishStatistics(JdbcClient aside, CountedDataSource pool) {
            List<Integer> sessions = aside.sql("select pid from pg_stat_activity where application_name = 'dunlin'")
                    .query(Integer.class)
                    .list();
            long deadline = System.nanoTime() + PATIENCE_NANOS;
            while (aside.sql("select exists (select 1 from pg_stat_activity where pid = any(:sessions))")
                    .param("sessions", sessions.toArray(Integer[]::new))
                    .query(Boolean.class)
                    .single()) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "Connections were taken from the pool and not given back, last used for "
                                    + lastUses(aside, sessions));
                }
                // Again and again: the pool may be about to take up one that was connecting just now.
                pool.renewConnections();
                pause();
            }
        }

        private static void pause() {
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
