package org.dunlin.dunning;

import java.util.List;
import org.dunlin.dunning.engine.DunningCaseProcess;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Compares the records of the cases with their processes: who has lost the other, and what stands still for no reason. Each
 * question is one statement, so that it sees one moment; what changes with the engine's transactions cannot slip between.
 */
@Repository
public class CaseCheck {

    /** Trees in which something will happen: a timer or step that may run, a message to send, a task somebody can do. */
    private static final String MOVING =
            """
            moving as (
                select e.root_proc_inst_id_ as root from act_ru_job j join act_ru_execution e on e.id_ = j.process_instance_id_
                where j.suspension_state_ = 1
                union
                select e.root_proc_inst_id_ from act_ru_ext_task x join act_ru_execution e on e.id_ = x.proc_inst_id_
                where x.suspension_state_ = 1
                union
                select e.root_proc_inst_id_ from act_ru_task t join act_ru_execution e on e.id_ = t.proc_inst_id_
                where t.suspension_state_ = 1
                union
                -- A step that waits to be told something; the frame waits for messages at all times, and that moves nothing.
                select e.root_proc_inst_id_ from act_ru_event_subscr s join act_ru_execution e on e.id_ = s.proc_inst_id_
                where e.id_ <> e.root_proc_inst_id_ and e.suspension_state_ = 1),
            failed as (
                select e.root_proc_inst_id_ as root from act_ru_incident i join act_ru_execution e on e.id_ = i.proc_inst_id_)
            """;

    private final JdbcClient jdbc;

    CaseCheck(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A case or process that is not as it should be.
     *
     * @param caseId     null where a process belongs to no case
     * @param instanceId frame of the case; null where there is none
     */
    public record Finding(@Nullable Long caseId, @Nullable String instanceId) {}

    /** Open cases whose process is gone, or that never had one. */
    public List<Finding> casesWithoutProcess() {
        return jdbc.sql(
                        """
                        select c.id, null::text as instance from dunning_case c
                        where c.state = 'OPEN'
                          and not exists (select 1 from act_ru_execution e where e.id_ = c.process_instance_id)
                        order by c.id
                        """)
                .query(CaseCheck::finding)
                .list();
    }

    /** Processes that run on although their case is closed or goes on in another process. */
    public List<Finding> processesWithoutCase() {
        return jdbc.sql(
                        """
                        select c.id, e.id_ as instance
                        from act_ru_execution e
                            join act_re_procdef d on d.id_ = e.proc_def_id_
                            left join dunning_case c on c.number = e.business_key_
                        where e.id_ = e.proc_inst_id_ and d.key_ = :key
                          and (c.id is null or c.state = 'CLOSED' or c.process_instance_id is distinct from e.id_)
                        order by e.id_
                        """)
                .param("key", DunningCaseProcess.KEY)
                .query(CaseCheck::finding)
                .list();
    }

    /**
     * Open cases in whose frame, ladder and steps nothing will ever happen by itself and nobody can do anything, although they
     * are not on hold. Cases with a failed step are not among them.
     */
    public List<Finding> standingStill() {
        return jdbc.sql(
                        "with " + MOVING
                                + """
                                select c.id, c.process_instance_id as instance
                                from dunning_case c join act_ru_execution p on p.id_ = c.process_instance_id
                                where c.state = 'OPEN' and c.held_since is null
                                  and not exists (select 1 from moving m where m.root = c.process_instance_id)
                                  and not exists (select 1 from failed f where f.root = c.process_instance_id)
                                order by c.id
                                """)
                .query(CaseCheck::finding)
                .list();
    }

    private static Finding finding(java.sql.ResultSet row, int n) throws java.sql.SQLException {
        return new Finding(row.getObject("id", Long.class), row.getString("instance"));
    }
}
