package org.dunlin.dunning.engine;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.dunning.FollowUp;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;

@ModelBean("recordDecision")
class RecordDecisionDelegate implements JavaDelegate {

    private final FollowUp followUp;

    RecordDecisionDelegate(FollowUp followUp) {
        this.followUp = followUp;
    }

    @Override
    public void execute(DelegateExecution execution) {
        TypedVariables form = TypedVariables.of(execution);
        followUp.decision(
                form.requireLong(DunningCaseProcess.CASE_ID),
                form.requireText(DunningCaseProcess.OUTCOME),
                form.text(DunningCaseProcess.NOTE),
                Acting.user(execution));
    }
}
