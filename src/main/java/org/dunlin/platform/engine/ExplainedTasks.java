package org.dunlin.platform.engine;

import java.util.Map;
import org.camunda.bpm.engine.impl.TaskServiceImpl;
import org.camunda.bpm.engine.variable.VariableMap;
import org.jspecify.annotations.Nullable;

/** The engine's tasks, completed as {@link TaskCompletion} describes: engine-rest, Tasklist and our own code all come through here. */
class ExplainedTasks extends TaskServiceImpl {

    private final TaskCompletion completion;

    ExplainedTasks(TaskCompletion completion) {
        this.completion = completion;
    }

    @Override
    public void complete(String taskId) {
        complete(taskId, null);
    }

    @Override
    public void complete(String taskId, @Nullable Map<String, Object> variables) {
        completion.of(taskId, () -> {
            super.complete(taskId, variables);
            return true;
        });
    }

    @Override
    public VariableMap completeWithVariablesInReturn(
            String taskId, Map<String, Object> variables, boolean deserializeValues) {
        return completion.of(taskId, () -> super.completeWithVariablesInReturn(taskId, variables, deserializeValues));
    }
}
