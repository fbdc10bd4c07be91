package org.dunlin.dunning.engine;

import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.model.bpmn.instance.ExtensionElements;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.dunlin.dunning.ContactTexts;
import org.dunlin.dunning.HoldFacts;
import org.dunlin.dunning.Holds;
import org.dunlin.dunning.Instalments;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;

/** Puts what a person needs beside a new task of a hold, and the customer into its name. */
@ModelBean("holdTaskFacts")
class HoldFactsListener implements TaskListener {

    private final HoldFacts facts;
    private final Holds holds;
    private final ContactTexts texts;

    HoldFactsListener(HoldFacts facts, Holds holds, ContactTexts texts) {
        this.facts = facts;
        this.holds = holds;
        this.texts = texts;
    }

    @Override
    public void notify(DelegateTask task) {
        long holdId = TypedVariables.of(task).requireLong(HoldProcesses.HOLD_ID);
        Map<String, Object> shown = facts.forTask(holdId);
        // An answer given in an earlier round must not stand in the form of this one.
        task.getExecution().removeVariables(HoldProcesses.ANSWERS);
        task.setVariablesLocal(shown);
        if (!holds.get(holdId).instalments().isEmpty()) {
            // Not local: the form changes it, and what was agreed is recorded.
            task.setVariable(
                    HoldProcesses.INSTALMENTS,
                    Instalments.format(holds.get(holdId).instalments()));
        }
        notice(task).ifPresent(notice -> {
            // Not local: the form changes it.
            task.setVariable(StepProcesses.LETTER_TEXT, LetterText.fitting(texts.notice(holdId, notice)));
            LetterText.link(task, notice);
        });
        task.setName(task.getName() + ": " + shown.get("customerName"));
    }

    /** Which notice the task is to put on paper: the extension property {@code notice}, as at the step that sends it by mail. */
    private static Optional<String> notice(DelegateTask task) {
        ExtensionElements extensions = task.getBpmnModelElementInstance().getExtensionElements();
        if (extensions == null) {
            return Optional.empty();
        }
        return extensions.getElementsQuery().filterByType(CamundaProperties.class).list().stream()
                .flatMap(properties -> properties.getCamundaProperties().stream())
                .filter(property -> HoldProcesses.NOTICE.equals(property.getCamundaName()))
                .map(CamundaProperty::getCamundaValue)
                .map(value -> HoldProcesses.BY_RESULT.equals(value)
                        ? TypedVariables.of(task).requireText(HoldProcesses.NOTICE)
                        : value)
                .findFirst();
    }
}
