package org.dunlin.operations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.dunlin.operations.Problem.Kind;
import org.dunlin.receivables.CustomersMerged;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The work list as it is kept. */
@Repository
class ProblemList {

    static final String BY_ITSELF = "BY_ITSELF";

    private final JdbcClient jdbc;
    private final Clock clock;

    ProblemList(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The oldest first. */
    List<Problem> open() {
        return jdbc.sql("select * from problem where solved_at is null order by since, id")
                .query(ProblemList::problem)
                .list();
    }

    /** Gives the problems of customers who turned out to be others to those. */
    void moved(CustomersMerged event) {
        jdbc.sql(
                        """
                        update problem p set customer_id = m.heir from unnest(:gone, :heirs) as m(gone, heir)
                        where p.customer_id = m.gone
                        """)
                .param("gone", event.gone())
                .param("heirs", event.heirs())
                .update();
    }

    /** Open problems of these customers or in their cases. */
    List<Problem> ofCustomers(Long[] customerIds) {
        return jdbc.sql(
                        """
                        select p.* from problem p left join dunning_case c on c.id = p.case_id
                        where p.solved_at is null and (p.customer_id = any(:ids) or c.customer_id = any(:ids)) order by p.id
                        """)
                .param("ids", customerIds)
                .query(ProblemList::problem)
                .list();
    }

    /** Open problems that no process puts before anybody: it was deleted. */
    List<Problem> unattended() {
        return jdbc.sql(
                        """
                        select * from problem p
                        where solved_at is null
                          and not exists (select 1 from act_ru_execution e where e.id_ = p.attend_instance_id)
                        order by id
                        """)
                .query(ProblemList::problem)
                .list();
    }

    Optional<Problem> find(long id) {
        return jdbc.sql("select * from problem where id = :id and solved_at is null")
                .param("id", id)
                .query(ProblemList::problem)
                .optional();
    }

    /** Id of the new entry; nothing when it stands on the list already. */
    Optional<Long> add(Found found) {
        return jdbc.sql(
                        """
                        insert into problem (kind, subject, customer_id, case_id, instance_id, definition_id, activity_id, error, since, found_at)
                        values (:kind, :subject, :customer, :case, :instance, :definition, :activity, :error, :since, :now)
                        on conflict (kind, subject) where solved_at is null do nothing
                        returning id
                        """)
                .param("kind", found.kind().name())
                .param("subject", found.subject())
                .param("customer", found.customerId())
                .param("case", found.caseId())
                .param("instance", found.instanceId())
                .param("definition", found.definitionId())
                .param("activity", found.activityId())
                .param("error", found.error())
                .param("since", utc(found.since()))
                .param("now", utc(clock.instant()))
                .query(Long.class)
                .optional();
    }

    void attendedBy(long id, String instanceId) {
        jdbc.sql("update problem set attend_instance_id = :instance where id = :id")
                .param("instance", instanceId)
                .param("id", id)
                .update();
    }

    void putOff(long id, Instant until) {
        jdbc.sql("update problem set put_off_until = :until where id = :id")
                .param("until", utc(until))
                .param("id", id)
                .update();
    }

    /** False when somebody else was quicker. */
    boolean solved(long id, String solution, @Nullable String by, @Nullable String note) {
        return jdbc.sql(
                                """
                        update problem set solved_at = :now, solution = :solution, solved_by = :by, note = :note
                        where id = :id and solved_at is null
                        """)
                        .param("now", utc(clock.instant()))
                        .param("solution", solution)
                        .param("by", by)
                        .param("note", note)
                        .param("id", id)
                        .update()
                == 1;
    }

    /** How often this has been a problem, the present time included. */
    int times(Problem problem) {
        return jdbc.sql("select count(*) from problem where kind = :kind and subject = :subject")
                .param("kind", problem.kind().name())
                .param("subject", problem.subject())
                .query(Integer.class)
                .single();
    }

    private static Problem problem(ResultSet row, int n) throws SQLException {
        Timestamp putOff = row.getTimestamp("put_off_until");
        return new Problem(
                row.getLong("id"),
                Kind.valueOf(row.getString("kind")),
                row.getString("subject"),
                row.getObject("customer_id", Long.class),
                row.getObject("case_id", Long.class),
                row.getString("instance_id"),
                row.getString("definition_id"),
                row.getString("activity_id"),
                row.getString("error"),
                row.getTimestamp("since").toInstant(),
                row.getString("attend_instance_id"),
                putOff == null ? null : putOff.toInstant());
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
