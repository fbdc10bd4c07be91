package org.dunlin.dunning.engine;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.dunning.Pauses;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;

@ModelBean("pauseLadder")
class PauseLadderDelegate implements JavaDelegate {

    private final Pauses pauses;
    private final LadderPause ladders;

    PauseLadderDelegate(Pauses pauses, LadderPause ladders) {
        this.pauses = pauses;
        this.ladders = ladders;
    }

    @Override
    public void execute(DelegateExecution execution) {
        long caseId = TypedVariables.of(execution).requireLong(DunningCaseProcess.CASE_ID);
        boolean held = pauses.begin(caseId);
        if (held) {
            ladders.suspend(execution.getProcessInstanceId());
            // A hold that ended while this was being done found nobody waiting for the news.
            pauses.lookAgain(caseId);
        }
        execution.setVariable(DunningCaseProcess.ON_HOLD, held);
    }
}
