package org.dunlin.dunning;

import java.util.List;
import org.dunlin.dunning.DunningProcesses.RunningCase;
import org.dunlin.dunning.Hold.Outcome;
import org.dunlin.dunning.engine.DunningCaseProcess;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Ends the cases of customers whose debts were written off as a whole. What was written off of a customer who turned out to be another
 * later does not give up what that other owes.
 */
@Service
public class GivenUpDebts {

    private static final Logger log = LoggerFactory.getLogger(GivenUpDebts.class);

    private final JdbcClient jdbc;
    private final DunningProcesses processes;

    GivenUpDebts(JdbcClient jdbc, DunningProcesses processes) {
        this.jdbc = jdbc;
        this.processes = processes;
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void on(HoldEnded event) {
        if (event.hold().outcome() != Outcome.WRITTEN_OFF) {
            return;
        }
        try {
            end(event.hold().customerId(), Integer.MAX_VALUE);
        } catch (RuntimeException e) {
            log.error("Cases that were given up could not be ended at once; the next daily run ends them", e);
        }
    }

    /** Ends what a signal missed; fewer than the limit means none are left. */
    public int reconcile(int limit) {
        return end(null, limit);
    }

    private int end(@Nullable Long customerId, int limit) {
        List<RunningCase> cases = jdbc.sql(
                        """
                        select c.id, c.process_instance_id from dunning_case c
                        where c.state = 'OPEN' and c.process_instance_id is not null
                          and (:customer::bigint is null or c.customer_id = :customer)
                          and exists (
                              select 1 from hold h
                              where h.customer_id = c.customer_id and h.outcome = 'WRITTEN_OFF' and h.covers_all
                                and h.merged_from is null and h.ended_at::date >= c.opened_on)
                        order by c.id limit :limit
                        """)
                .param("customer", customerId)
                .param("limit", limit)
                .query((row, n) -> new RunningCase(row.getLong("id"), row.getString("process_instance_id")))
                .list();
        return processes.tell(DunningCaseProcess.MESSAGE_GIVEN_UP, cases).size();
    }
}
