package org.dunlin.dunning.engine;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.dunning.HoldResults;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;

@ModelBean("judgeHold")
class JudgeHoldDelegate implements JavaDelegate {

    private final HoldResults results;

    JudgeHoldDelegate(HoldResults results) {
        this.results = results;
    }

    @Override
    public void execute(DelegateExecution execution) {
        long holdId = TypedVariables.of(execution).requireLong(HoldProcesses.HOLD_ID);
        execution.setVariable(
                HoldProcesses.HOLD_RESULT,
                switch (results.judge(holdId)) {
                    case KEPT -> "kept";
                    case BROKEN -> "broken";
                    case ON_TRACK -> "onTrack";
                    case REJECTED -> "rejected";
                    case BOOKED -> "booked";
                    case NOT_BOOKED -> "notBooked";
                    case OVER -> "over";
                });
    }
}
