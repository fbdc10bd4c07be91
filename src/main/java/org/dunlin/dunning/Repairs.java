package org.dunlin.dunning;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What the daily run put right where ledger and engine had gone different ways. */
@Repository
public class Repairs {

    private final JdbcClient jdbc;
    private final Clock clock;

    Repairs(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * One thing that was put right.
     *
     * @param kind word by which repairs are counted, for example {@code settledCaseEnded}
     * @param what for people
     */
    public record Repair(long id, Instant at, String kind, @Nullable String caseNumber, String what) {}

    /** How often one kind of thing was put right. */
    public record Count(String kind, int times) {}

    /** Notes a repair, in the caller's transaction. */
    public void note(String kind, @Nullable Long caseId, String what) {
        jdbc.sql("insert into repair (at, kind, case_id, what) values (:at, :kind, :case, :what)")
                .param("at", utc(clock.instant()))
                .param("kind", kind)
                .param("case", caseId)
                .param("what", what)
                .update();
    }

    /** Repairs from that instant on, the latest first. */
    public List<Repair> since(Instant from, int limit) {
        return jdbc.sql(
                        """
                        select r.id, r.at, r.kind, c.number, r.what
                        from repair r left join dunning_case c on c.id = r.case_id
                        where r.at >= :from order by r.at desc, r.id desc limit :limit
                        """)
                .param("from", utc(from))
                .param("limit", limit)
                .query((row, n) -> {
                    Timestamp at = row.getTimestamp("at");
                    return new Repair(
                            row.getLong("id"),
                            at.toInstant(),
                            row.getString("kind"),
                            row.getString("number"),
                            row.getString("what"));
                })
                .list();
    }

    /**
     * Counts what no run has told yet; from now on it counts as told in this one.
     *
     * @param run process instance of a daily run; the same one gets the same answer again
     */
    public List<Count> tell(String run) {
        return jdbc.sql(
                        """
                        with told as (
                            update repair set told_in = :run where told_in is null or told_in = :run returning kind)
                        select kind, count(*) as times from told group by kind order by kind
                        """)
                .param("run", run)
                .query((row, n) -> new Count(row.getString("kind"), row.getInt("times")))
                .list();
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
