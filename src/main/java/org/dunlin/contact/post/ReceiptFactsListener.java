package org.dunlin.contact.post;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.dunlin.dunning.CaseFacts;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;

/** Puts what is known of the letter beside the task in which its receipt is recorded. */
@ModelBean("receiptFacts")
class ReceiptFactsListener implements TaskListener {

    private final CaseFacts facts;

    ReceiptFactsListener(CaseFacts facts) {
        this.facts = facts;
    }

    @Override
    public void notify(DelegateTask task) {
        TypedVariables variables = TypedVariables.of(task);
        Map<String, Object> shown = facts.forTask(
                variables.requireLong(RegisteredLetter.CASE_ID), variables.integer(RegisteredLetter.RUNG, 0));
        task.getExecution().removeVariables(List.of(RegisteredLetter.OUTCOME, RegisteredLetter.RECEIVED_ON));
        task.setVariablesLocal(shown);
        task.setVariableLocal("letterNumber", variables.requireText(RegisteredLetter.TRACKING_NUMBER));
        task.setName(task.getName() + ": " + shown.get("customerName"));
    }
}
