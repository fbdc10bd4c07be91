package org.dunlin.dunning.engine;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.dunning.DunningCases;
import org.dunlin.dunning.FollowUp;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;

@ModelBean("recordDecision")
class RecordDecisionDelegate implements JavaDelegate {

    private final FollowUp followUp;
    private final DunningCases cases;

    RecordDecisionDelegate(FollowUp followUp, DunningCases cases) {
        this.followUp = followUp;
        this.cases = cases;
    }

    @Override
    public void execute(DelegateExecution execution) {
        TypedVariables form = TypedVariables.of(execution);
        long caseId = form.requireLong(DunningCaseProcess.CASE_ID);
        String outcome = form.requireText(DunningCaseProcess.OUTCOME);
        followUp.decision(caseId, outcome, form.text(DunningCaseProcess.NOTE), Acting.user(execution));
        if (outcome.equals(DunningCaseProcess.START_AGAIN)) {
            cases.beginAgain(caseId);
        }
    }
}
