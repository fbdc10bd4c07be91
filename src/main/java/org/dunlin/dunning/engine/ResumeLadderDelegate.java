package org.dunlin.dunning.engine;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.dunning.Pauses;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;

@ModelBean("resumeLadder")
class ResumeLadderDelegate implements JavaDelegate {

    private final Pauses pauses;
    private final LadderPause ladders;

    ResumeLadderDelegate(Pauses pauses, LadderPause ladders) {
        this.pauses = pauses;
        this.ladders = ladders;
    }

    @Override
    public void execute(DelegateExecution execution) {
        long caseId = TypedVariables.of(execution).requireLong(DunningCaseProcess.CASE_ID);
        pauses.end(caseId).ifPresent(resumption -> ladders.resume(execution.getProcessInstanceId(), resumption));
        pauses.lookAgain(caseId);
    }
}
