package org.dunlin.operations;

import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.dunlin.platform.engine.EngineBatch;
import org.dunlin.receivables.CustomersMerged;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Problems of customers who turned out to be one belong to that one: those of a case with the case, the others by what is written
 * here. What their tasks show is a copy, which is made anew.
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

    /** Within the transaction that merges the customers. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void on(CustomersMerged event) {
        list.moved(event);
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void afterwards(CustomersMerged event) {
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
