package org.dunlin.dunning;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.dunlin.receivables.CustomersMerged;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Customers whom a step that is done for many at once had to leave out, so that one who cannot be dealt with stops only themselves.
 * Each daily run tries them again; until then they stand on the operators' work list.
 */
@Repository
public class LeftOut {

    private final JdbcClient jdbc;
    private final Clock clock;

    LeftOut(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** What did not go through. */
    public enum Step {
        OPEN_CASE,
        CHANGE_LADDER,
        /** A case did not hear that it is settled, given up, on hold or not any more. */
        TELL_CASE,
        END_HOLD,
        /** A hold that lost its process did not get another. */
        START_HOLD
    }

    /**
     * One customer left out.
     *
     * @param caseId null where it concerns no case in particular
     * @param error  as whatever failed put it
     */
    public record Entry(long id, Step step, long customerId, @Nullable Long caseId, String error, Instant since) {}

    /** Those who are still left out, the first to be so first. What has been settled otherwise does not count any more. */
    public List<Entry> entries(int limit) {
        return jdbc.sql(
                        """
                        select l.* from left_out l
                            left join dunning_case c on c.id = l.case_id
                            left join hold h on h.id = l.hold_id
                        where coalesce(c.state, 'OPEN') = 'OPEN' and coalesce(h.state, 'ACTIVE') = 'ACTIVE'
                        order by l.id limit :limit
                        """)
                .param("limit", limit)
                .query(LeftOut::entry)
                .list();
    }

    /** As whatever failed put it, without what others made of it. */
    static String reason(Throwable failure) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /** Notes a customer; committed at once, because what was being done is taken back. */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void customer(Step step, long customerId, String reason) {
        note("select :id::bigint, null::bigint, null::bigint", step, customerId, reason);
    }

    /** The same for one of their cases. */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void ofCase(Step step, long caseId, String reason) {
        note("select customer_id, id, null::bigint from dunning_case where id = :id", step, caseId, reason);
    }

    /** The same for one of their holds. */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void hold(Step step, long holdId, String reason) {
        note("select customer_id, null::bigint, id from hold where id = :id", step, holdId, reason);
    }

    private void note(String whom, Step step, long id, String reason) {
        jdbc.sql(
                        """
                        insert into left_out (step, customer_id, case_id, hold_id, error, since)
                        select :step, w.customer, w.case_id, w.hold_id, :error, :now from (%s) as w(customer, case_id, hold_id)
                        on conflict (step, customer_id, coalesce(case_id, hold_id, 0)) do update set error = excluded.error
                        """
                                .formatted(whom))
                .param("step", step.name())
                .param("id", id)
                .param("error", reason)
                .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .update();
    }

    /** A run begins these steps anew, and finds out itself whom it has to leave out. Committed at once, as the notes are. */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void forget(Step... steps) {
        jdbc.sql("delete from left_out where step = any(:steps)")
                .param("steps", Arrays.stream(steps).map(Step::name).toArray(String[]::new))
                .update();
    }

    /** Those who turned out to be others are these others; what both were left out of counts once. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void on(CustomersMerged event) {
        for (String sql : List.of(
                """
                update left_out l set customer_id = m.heir from unnest(:gone, :heirs) as m(gone, heir)
                where l.customer_id = m.gone and (l.case_id is not null or l.hold_id is not null)
                """,
                """
                insert into left_out (step, customer_id, error, since)
                select distinct on (l.step, m.heir) l.step, m.heir, l.error, l.since
                from left_out l join unnest(:gone, :heirs) as m(gone, heir) on m.gone = l.customer_id
                order by l.step, m.heir, l.id
                on conflict do nothing
                """,
                "delete from left_out where customer_id = any(:gone)")) {
            jdbc.sql(sql)
                    .param("gone", event.gone())
                    .param("heirs", event.heirs())
                    .update();
        }
    }

    private static Entry entry(ResultSet row, int n) throws SQLException {
        return new Entry(
                row.getLong("id"),
                Step.valueOf(row.getString("step")),
                row.getLong("customer_id"),
                row.getObject("case_id", Long.class),
                row.getString("error"),
                row.getTimestamp("since").toInstant());
    }
}
