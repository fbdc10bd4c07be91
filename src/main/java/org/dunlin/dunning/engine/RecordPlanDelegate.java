package org.dunlin.dunning.engine;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.dunning.Hold.Outcome;
import org.dunlin.dunning.Holds;
import org.dunlin.dunning.Instalments;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;

/** What a senior collector says of a payment plan. */
@ModelBean("recordPlan")
class RecordPlanDelegate implements JavaDelegate {

    private static final String AGREE = "agree";

    private final Holds holds;

    RecordPlanDelegate(Holds holds) {
        this.holds = holds;
    }

    @Override
    public void execute(DelegateExecution execution) {
        TypedVariables form = TypedVariables.of(execution);
        long holdId = form.requireLong(HoldProcesses.HOLD_ID);
        if (AGREE.equals(form.requireText(DunningCaseProcess.OUTCOME))) {
            holds.agree(holdId, Instalments.parse(form.requireText(HoldProcesses.INSTALMENTS)));
        } else {
            holds.end(holdId, Outcome.WITHDRAWN, Acting.user(execution), form.text(DunningCaseProcess.NOTE));
        }
    }
}
