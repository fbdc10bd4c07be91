package org.dunlin.dunning.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.dunlin.dunning.HoldsChanged;
import org.dunlin.dunning.Stake;
import org.dunlin.dunning.Stakes;
import org.dunlin.dunning.ValueAtStake;
import org.dunlin.platform.database.Outage;
import org.dunlin.platform.engine.EngineBatch;
import org.dunlin.platform.engine.TypedVariables;
import org.dunlin.receivables.LedgerChanged;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Keeps the lists of people in order: the priority of a task, and what its card says of amount and age, are true when it is created,
 * every morning, and after a payment or the end of a hold. Read in one statement; only what differs is written.
 */
@Component
public class TaskOrder {

    private static final Logger log = LoggerFactory.getLogger(TaskOrder.class);

    /** Tasks written in one engine command. */
    private static final int BATCH = 200;

    private static final String OVERDUE_TEXT = "overdueText";
    private static final String DAYS_OVERDUE = "daysOverdue";

    private final JdbcClient jdbc;
    private final Stakes stakes;
    private final ValueAtStake value;
    private final TaskService tasks;
    private final EngineBatch batch;

    TaskOrder(JdbcClient jdbc, Stakes stakes, ValueAtStake value, TaskService tasks, EngineBatch batch) {
        this.jdbc = jdbc;
        this.stakes = stakes;
        this.value = value;
        this.tasks = tasks;
        this.batch = batch;
    }

    /** A new task about a case or hold takes its place. */
    void place(DelegateTask task) {
        Stake stake = stake(task);
        Integer priority = stake == null ? null : value.scale().priority(stake);
        if (priority != null) {
            task.setPriority(priority);
        }
    }

    private @Nullable Stake stake(DelegateTask task) {
        if (task.getVariable(DunningCaseProcess.CASE_ID) instanceof Number caseId) {
            Stakes.OfCase found = stakes.ofCases(Set.of(caseId.longValue())).get(caseId.longValue());
            return found == null ? null : found.at(TypedVariables.of(task).integer(DunningCaseProcess.RUNG, 0));
        }
        if (task.getVariable(HoldProcesses.HOLD_ID) instanceof Number holdId) {
            return stakes.ofHolds(Set.of(holdId.longValue())).get(holdId.longValue());
        }
        return null;
    }

    /** Money came, a credit note, a return. */
    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void on(LedgerChanged event) {
        follow(event.customerIds());
    }

    /** A promise was broken or kept. */
    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void on(HoldsChanged event) {
        follow(event.customerIds());
    }

    private void follow(Set<Long> customers) {
        try {
            refresh(customers);
        } catch (RuntimeException e) {
            // What was written stays written; whoever wrote it must not be told otherwise.
            log.error("Tasks could not be put in order at once; the next daily run does it", e);
        }
    }

    /** A task as it is. */
    private record Placed(
            String id,
            int priority,
            @Nullable Long caseId,
            @Nullable Long holdId,
            int rung,
            @Nullable String overdueText,
            @Nullable Long daysOverdue) {}

    /** What of a task has to be written; no priority where that stays as it is. */
    private record Change(String id, @Nullable Integer priority, Map<String, Object> shown) {}

    /**
     * Puts open tasks where they belong today.
     *
     * @param customers whose; null for those of everybody
     * @return how many tasks changed
     */
    public int refresh(@Nullable Collection<Long> customers) {
        List<Placed> placed = placed(customers);
        if (placed.isEmpty()) {
            return 0;
        }
        Map<Long, Stakes.OfCase> ofCases = stakes.ofCases(
                placed.stream().map(Placed::caseId).filter(Objects::nonNull).collect(Collectors.toSet()));
        Map<Long, Stake> ofHolds = stakes.ofHolds(
                placed.stream().map(Placed::holdId).filter(Objects::nonNull).collect(Collectors.toSet()));
        ValueAtStake.Scale scale = value.scale();
        List<Change> changes = new ArrayList<>();
        for (Placed task : placed) {
            Stakes.OfCase ofCase = task.caseId() == null ? null : ofCases.get(task.caseId());
            Stake stake =
                    ofCase != null ? ofCase.at(task.rung()) : task.holdId() == null ? null : ofHolds.get(task.holdId());
            if (stake != null) {
                change(task, stake, scale.priority(stake), changes);
            }
        }
        for (int from = 0; from < changes.size(); from += BATCH) {
            write(changes.subList(from, Math.min(from + BATCH, changes.size())));
        }
        return changes.size();
    }

    private static void change(Placed task, Stake stake, @Nullable Integer priority, List<Change> changes) {
        Map<String, Object> shown = new HashMap<>();
        String overdue = stake.open().format(Locale.UK);
        // A card that does not show it has no use for it.
        if (task.overdueText() != null && !task.overdueText().equals(overdue)) {
            shown.put(OVERDUE_TEXT, overdue);
        }
        if (task.daysOverdue() != null && task.daysOverdue() != stake.daysOverdue()) {
            shown.put(DAYS_OVERDUE, stake.daysOverdue());
        }
        Integer other = priority != null && priority != task.priority() ? priority : null;
        if (other != null || !shown.isEmpty()) {
            changes.add(new Change(task.id(), other, shown));
        }
    }

    /** Together if that works, else one by one: a task that somebody completes at this moment stops only itself. */
    private void write(List<Change> changes) {
        try {
            batch.runInNewTransaction(() -> changes.forEach(this::write));
        } catch (RuntimeException e) {
            if (Outage.caused(e)) {
                throw e;
            }
            log.debug("{} tasks could not be put in order together, now one by one", changes.size(), e);
            changes.forEach(this::writeAlone);
        }
    }

    private void writeAlone(Change change) {
        try {
            batch.runInNewTransaction(() -> write(change));
        } catch (RuntimeException e) {
            if (Outage.caused(e)) {
                throw e;
            }
            // It has just been completed, or changes at this moment: its place matters no longer, or is looked at again
            // tomorrow.
            log.debug("Task {} could not be put in order", change.id(), e);
        }
    }

    private void write(Change change) {
        if (change.priority() != null) {
            tasks.setPriority(change.id(), change.priority());
        }
        if (!change.shown().isEmpty()) {
            tasks.setVariablesLocal(change.id(), change.shown());
        }
    }

    /** Tasks of running cases and holds, without those that somebody was reminded of: they stay at the top. */
    private List<Placed> placed(@Nullable Collection<Long> customers) {
        return jdbc.sql(
                        """
                        with root as (
                            select id as case_id, null::bigint as hold_id, process_instance_id as instance from dunning_case
                            where state = 'OPEN' and process_instance_id is not null
                              and (:customers::bigint[] is null or customer_id = any(:customers::bigint[]))
                            union all
                            select null, id, process_instance_id from hold
                            where state = 'ACTIVE' and process_instance_id is not null
                              and (:customers::bigint[] is null or customer_id = any(:customers::bigint[])))
                        select t.id_, t.priority_, r.case_id, r.hold_id, coalesce(rung.long_, 0) as rung,
                               overdue.text_ as overdue_text, days.long_ as days_overdue
                        from root r
                            join act_ru_execution e on e.root_proc_inst_id_ = r.instance and e.id_ = e.proc_inst_id_
                            join act_ru_task t on t.proc_inst_id_ = e.id_
                            left join act_ru_variable rung on rung.execution_id_ = e.id_ and rung.name_ = :rung and rung.task_id_ is null
                            left join act_ru_variable overdue on overdue.task_id_ = t.id_ and overdue.name_ = :overdue
                            left join act_ru_variable days on days.task_id_ = t.id_ and days.name_ = :days
                        where t.priority_ < :reminded
                        order by t.id_
                        """)
                .param("customers", customers == null ? null : customers.toArray(Long[]::new))
                .param("rung", DunningCaseProcess.RUNG)
                .param("overdue", OVERDUE_TEXT)
                .param("days", DAYS_OVERDUE)
                .param("reminded", ValueAtStake.REMINDED)
                .query((row, n) -> new Placed(
                        row.getString("id_"),
                        row.getInt("priority_"),
                        row.getObject("case_id", Long.class),
                        row.getObject("hold_id", Long.class),
                        row.getInt("rung"),
                        row.getString("overdue_text"),
                        row.getObject("days_overdue", Long.class)))
                .list();
    }
}
