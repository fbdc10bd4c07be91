package org.dunlin.dunning;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.dunlin.dunning.DunningProcesses.RunningCase;
import org.dunlin.dunning.engine.DunningCaseProcess;
import org.dunlin.receivables.LedgerChanged;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Ends cases of which nothing above the minimum is open any more, and the processes of those that went into another case when
 * customers were merged: right after the ledger changed, and daily for what was missed.
 */
@Service
public class Settlement {

    private static final Logger log = LoggerFactory.getLogger(Settlement.class);
    private static final String CASE_ENDED = "settledCaseEnded";

    private final JdbcClient jdbc;
    private final DunningPolicy policy;
    private final DunningProcesses processes;
    private final Repairs repairs;
    private final Clock clock;

    Settlement(JdbcClient jdbc, DunningPolicy policy, DunningProcesses processes, Repairs repairs, Clock clock) {
        this.jdbc = jdbc;
        this.policy = policy;
        this.processes = processes;
        this.repairs = repairs;
        this.clock = clock;
    }

    /** The ledger is committed first, then the engine hears of it; if that fails the daily run makes up for it. */
    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void on(LedgerChanged event) {
        try {
            signal(settled(event.customerIds(), Integer.MAX_VALUE));
        } catch (RuntimeException e) {
            // The money is booked; whoever booked it must not be told otherwise.
            log.error("Settled cases could not be ended at once; the next daily run ends them", e);
        }
    }

    /**
     * Ends what a signal missed, for example because the node died between ledger and engine.
     *
     * @return how many cases were ended; fewer than the limit means none are left
     */
    public int reconcile(int limit) {
        List<RunningCase> ended = signal(settled(null, limit));
        if (!ended.isEmpty()) {
            log.info(
                    "Daily comparison of ledger and engine: {} cases ended that were over but still running",
                    ended.size());
            closed(ended)
                    .forEach(id -> repairs.note(CASE_ENDED, id, "Settled, but its process was still running; ended"));
        }
        return ended.size();
    }

    private List<Long> closed(List<RunningCase> ended) {
        return jdbc.sql("select id from dunning_case where id = any(:ids) and state = 'CLOSED' order by id")
                .param("ids", ended.stream().map(RunningCase::caseId).toArray(Long[]::new))
                .query(Long.class)
                .list();
    }

    private List<RunningCase> signal(List<RunningCase> settled) {
        return processes.tell(DunningCaseProcess.MESSAGE_SETTLED, settled);
    }

    private List<RunningCase> settled(@Nullable Collection<Long> customers, int limit) {
        Instant now = clock.instant();
        return policy.minimums(
                        jdbc.sql(
                                """
                        select c.id, c.process_instance_id
                        from dunning_case c
                            join creditor k on k.id = c.creditor_id
                            left join unnest(:currencies::text[], :minimums::numeric[]) as m(currency, minimum)
                                on m.currency = c.currency
                        where c.state = 'OPEN' and c.process_instance_id is not null
                          and (:customers::bigint[] is null or c.customer_id = any(:customers::bigint[]))
                          and coalesce((
                              select sum(i.gross - coalesce((
                                  select sum(a.amount) from allocation a
                                  where a.invoice_id = i.id
                                    and a.effective_on <= (:now at time zone k.time_zone)::date), 0))
                              from dunning_case_invoice ci join invoice i on i.id = ci.invoice_id
                              where ci.case_id = c.id and ci.left_on is null
                                and (i.withdrawn_on is null or i.withdrawn_on > (:now at time zone k.time_zone)::date)), 0)
                              < coalesce(m.minimum, :defaultMinimum)
                        union all
                        select c.id, c.process_instance_id
                        from dunning_case c
                        where c.outcome = 'MERGED'
                          and (:customers::bigint[] is null or c.customer_id = any(:customers::bigint[]))
                          and exists (select 1 from act_ru_execution e where e.id_ = c.process_instance_id)
                        order by id limit :limit
                        """))
                .param("now", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                .param("customers", customers == null ? null : customers.toArray(Long[]::new))
                .param("limit", limit)
                .query((row, n) -> new RunningCase(row.getLong("id"), row.getString("process_instance_id")))
                .list();
    }
}
