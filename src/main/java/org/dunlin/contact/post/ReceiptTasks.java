package org.dunlin.contact.post;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.dunlin.contact.post.Receipts.Outcome;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Answers the task about the receipt of a registered letter in the name of whoever is logged in. */
@Service
public class ReceiptTasks {

    private static final Map<Outcome, String> OUTCOMES = Map.of(
            Outcome.RECEIVED, RegisteredLetter.RECEIVED,
            Outcome.REFUSED, RegisteredLetter.REFUSED,
            Outcome.UNCLAIMED, RegisteredLetter.UNCLAIMED,
            Outcome.UNKNOWN_ADDRESS, RegisteredLetter.UNKNOWN_ADDRESS);

    private final Receipts receipts;
    private final TaskService tasks;

    ReceiptTasks(Receipts receipts, TaskService tasks) {
        this.receipts = receipts;
        this.tasks = tasks;
    }

    /**
     * @return false when no letter with that number waits for it
     * @throws org.dunlin.platform.engine.RefusedException when the day cannot be, or the case stands still
     */
    public boolean complete(String trackingNumber, Outcome outcome, @Nullable LocalDate on) {
        Task task = receipts.waiting(trackingNumber)
                .map(instance -> tasks.createTaskQuery()
                        .processInstanceId(instance)
                        .taskDefinitionKey(RegisteredLetter.RECORD_RECEIPT)
                        .singleResult())
                .orElse(null);
        if (task == null) {
            return false;
        }
        Map<String, Object> form = new HashMap<>();
        form.put(RegisteredLetter.OUTCOME, OUTCOMES.get(outcome));
        if (on != null) {
            form.put(RegisteredLetter.RECEIVED_ON, on.toString());
        }
        tasks.complete(task.getId(), form);
        return true;
    }
}
