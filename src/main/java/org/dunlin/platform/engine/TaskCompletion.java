package org.dunlin.platform.engine;

import java.util.Optional;
import java.util.function.Supplier;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.persistence.entity.SuspensionState;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Says in words why a task cannot be completed when what it belongs to came to a stop or ended while somebody filled in its form. The
 * engine's own message would be one for programmers; and Tasklist closes the form at some of them, with all that was entered.
 */
@Component
class TaskCompletion {

    private static final int ATTEMPTS = 3;
    private static final String NOT_RECORDED = " Nothing was recorded.";
    private static final String KEPT =
            NOT_RECORDED + " What you entered is still in this form; Save keeps it for you until the task comes back.";
    private static final String AT_THE_SAME_MOMENT = "Something else happened to this case at the same moment."
            + NOT_RECORDED + " Please complete the task again.";

    private final JdbcClient jdbc;
    private final ObjectProvider<TaskService> tasks;
    private final ObjectProvider<TaskExplanation> explanations;

    /** The providers are asked when somebody completes a task: the engine is built before what stands on it. */
    TaskCompletion(JdbcClient jdbc, ObjectProvider<TaskService> tasks, ObjectProvider<TaskExplanation> explanations) {
        this.jdbc = jdbc;
        this.tasks = tasks;
        this.explanations = explanations;
    }

    private record Fate(
            String root, boolean waits, boolean gone, @Nullable String deleteReason, @Nullable String assignee) {}

    /** @throws RefusedException when the task waits or has gone, before or while it was completed; nothing was changed */
    <T> T of(String taskId, Supplier<T> completion) {
        for (int attempt = 1; ; attempt++) {
            refuseIfImpossible(taskId);
            try {
                return completion.get();
            } catch (OptimisticLockingException e) {
                // Somebody else wrote first, and this was taken back; perhaps it is no obstacle.
                if (attempt == ATTEMPTS || TransactionSynchronizationManager.isActualTransactionActive()) {
                    refuseIfImpossible(taskId);
                    throw new RefusedException(AT_THE_SAME_MOMENT, e);
                }
            } catch (RuntimeException e) {
                // Whatever it stumbled over: if the task cannot be completed any more, that is why.
                refuseIfImpossible(taskId);
                throw e;
            }
        }
    }

    private void refuseIfImpossible(String taskId) {
        Fate fate = fate(taskId).orElse(null);
        if (fate == null) {
            return;
        }
        if (fate.gone()) {
            throw new RefusedException(plain(whyItHasGone(fate) + NOT_RECORDED));
        }
        // Who may not see the task is told nothing; the engine refuses them.
        if (fate.waits() && tasks.getObject().createTaskQuery().taskId(taskId).count() > 0) {
            throw new RefusedException(plain(whyItWaits(fate) + KEPT));
        }
    }

    private Optional<Fate> fate(String taskId) {
        return jdbc.sql(
                        """
                        select coalesce(h.root_proc_inst_id_, h.proc_inst_id_, '') as root, r.id_ is null as gone,
                               r.suspension_state_ is not distinct from :suspended as waits, h.delete_reason_, h.assignee_
                        from act_hi_taskinst h left join act_ru_task r on r.id_ = h.id_
                        where h.id_ = :id
                        """)
                .param("suspended", SuspensionState.SUSPENDED.getStateCode())
                .param("id", taskId)
                .query((row, n) -> new Fate(
                        row.getString("root"),
                        row.getBoolean("waits"),
                        row.getBoolean("gone"),
                        row.getString("delete_reason_"),
                        row.getString("assignee_")))
                .optional();
    }

    private String whyItWaits(Fate fate) {
        return explanations.stream()
                .flatMap(one -> one.whyItWaits(fate.root()).stream())
                .findFirst()
                .orElse("This task waits: what it belongs to has been stopped for now.");
    }

    private String whyItHasGone(Fate fate) {
        if ("completed".equals(fate.deleteReason())) {
            return "This task has been completed already"
                    + (fate.assignee() == null ? "." : ", by " + fate.assignee() + ".");
        }
        return explanations.stream()
                .flatMap(one -> one.whyItHasGone(fate.root()).stream())
                .findFirst()
                .orElse("This task is no longer there: what it belongs to has gone on or ended.");
    }

    /** Tasklist closes the form when it finds these words, whoever wrote them. */
    private static String plain(String message) {
        return message.replace("is suspended", "is\u00a0suspended")
                .replace("task is null", "task is\u00a0null")
                .replace("No matching task", "No\u00a0matching task")
                .replace("submission prevented", "submission\u00a0prevented");
    }
}
