package org.dunlin.dunning.engine;

import org.camunda.bpm.engine.delegate.VariableScope;
import org.dunlin.dunning.CollectorLevel;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;
import org.dunlin.platform.security.Groups;

/** Who does a human task: decided when the task is created. */
@ModelBean("collectors")
public class CollectorRouting {

    private final CollectorLevel levels;

    CollectorRouting(CollectorLevel levels) {
        this.levels = levels;
    }

    /** The group of collectors for this case, promise or plan, by decision table {@code collectorLevel}; seniors, where one was asked for. */
    public String group(VariableScope execution) {
        if (Boolean.TRUE.equals(execution.getVariable(StepProcesses.FOR_SENIOR))) {
            return Groups.SENIOR_COLLECTORS;
        }
        TypedVariables variables = TypedVariables.of(execution);
        return execution.hasVariable(DunningCaseProcess.CASE_ID)
                ? levels.group(variables.requireLong(DunningCaseProcess.CASE_ID))
                : levels.groupForHold(variables.requireLong(HoldProcesses.HOLD_ID));
    }
}
