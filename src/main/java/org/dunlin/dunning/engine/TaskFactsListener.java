package org.dunlin.dunning.engine;

import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.dunlin.dunning.CaseFacts;
import org.dunlin.dunning.ContactTexts;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;

/** Puts what a person needs beside a new task, and the customer into its name. */
@ModelBean("taskFacts")
class TaskFactsListener implements TaskListener {

    private final CaseFacts facts;
    private final ContactTexts texts;

    TaskFactsListener(CaseFacts facts, ContactTexts texts) {
        this.facts = facts;
        this.texts = texts;
    }

    @Override
    public void notify(DelegateTask task) {
        TypedVariables variables = TypedVariables.of(task);
        long caseId = variables.requireLong(DunningCaseProcess.CASE_ID);
        Map<String, Object> shown = facts.forTask(caseId, variables.integer(DunningCaseProcess.RUNG, 0));
        // An answer given in an earlier round must not stand in the form of this one.
        task.getExecution().removeVariables(StepProcesses.ANSWERS);
        task.setVariablesLocal(shown);
        String template = variables.text(StepProcesses.TEMPLATE);
        if (template != null) {
            // Not local: the form changes it, and what was really written is recorded.
            task.setVariable(StepProcesses.LETTER_TEXT, LetterText.fitting(texts.letter(caseId, template)));
            LetterText.link(task, template);
        }
        if (variables.integer(StepProcesses.ATTEMPT, 0) == 0) {
            task.setVariableLocal(StepProcesses.ATTEMPT, 1);
        }
        task.setName(task.getName() + ": " + shown.get("customerName"));
    }
}
