package org.dunlin.dunning.engine;

import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
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

    HoldFactsListener(HoldFacts facts, Holds holds) {
        this.facts = facts;
        this.holds = holds;
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
        task.setName(task.getName() + ": " + shown.get("customerName"));
    }
}
