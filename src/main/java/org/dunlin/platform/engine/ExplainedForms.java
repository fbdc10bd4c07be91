package org.dunlin.platform.engine;

import java.util.Map;
import org.camunda.bpm.engine.impl.FormServiceImpl;
import org.camunda.bpm.engine.variable.VariableMap;

/** The engine's forms: a task completed by its form is completed as {@link TaskCompletion} describes. */
class ExplainedForms extends FormServiceImpl {

    private final TaskCompletion completion;

    ExplainedForms(TaskCompletion completion) {
        this.completion = completion;
    }

    @Override
    public void submitTaskForm(String taskId, Map<String, Object> properties) {
        completion.of(taskId, () -> {
            super.submitTaskForm(taskId, properties);
            return true;
        });
    }

    @Override
    public VariableMap submitTaskFormWithVariablesInReturn(
            String taskId, Map<String, Object> properties, boolean deserializeValues) {
        return completion.of(
                taskId, () -> super.submitTaskFormWithVariablesInReturn(taskId, properties, deserializeValues));
    }
}
