package org.dunlin.operations;

import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.dunlin.platform.engine.EngineBatch;
import org.dunlin.receivables.CustomersMerged;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * A problem belongs to its case, and with it to the customer who stays when customers turn out to be one. What its task shows is a
 * copy, made anew here.
 */
@Component
class MergedProblems {

    private static final Logger log = LoggerFactory.getLogger(MergedProblems.class);

    private final ProblemList list;
    private final ProblemWords words;
    private final TaskService tasks;
    private final EngineBatch engine;

    MergedProblems(ProblemList list, ProblemWords words, TaskService tasks, EngineBatch engine) {
        this.list = list;
        this.words = words;
        this.tasks = tasks;
        this.engine = engine;
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void on(CustomersMerged event) {
        try {
            engine.runInNewTransaction(() -> list.ofCustomers(event.heirs()).forEach(this::sayAnew));
        } catch (RuntimeException e) {
            // The list is right; only the words of some tasks are old.
            log.warn("Tasks of problems still name a customer who was merged", e);
        }
    }

    private void sayAnew(Problem problem) {
        if (problem.attendInstanceId() == null) {
            return;
        }
        for (Task task : tasks.createTaskQuery()
                .processInstanceId(problem.attendInstanceId())
                .list()) {
            tasks.setVariablesLocal(task.getId(), words.forTask(problem));
            task.setName(words.title(problem));
            tasks.saveTask(task);
        }
    }
}
