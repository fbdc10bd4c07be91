package org.dunlin.dunning.engine;

import org.camunda.bpm.engine.delegate.VariableScope;
import org.dunlin.dunning.CollectorLevel;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;

/** Who does a human task: decided when the task is created. */
@ModelBean("collectors")
public class CollectorRouting {

    private final CollectorLevel levels;

    CollectorRouting(CollectorLevel levels) {
        this.levels = levels;
    }

    /** The group of collectors for this case, by decision table {@code collectorLevel}. */
    public String group(VariableScope execution) {
        return levels.group(TypedVariables.of(execution).requireLong(DunningCaseProcess.CASE_ID));
    }
}
