package org.dunlin.dunning.engine;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.dunning.HoldDays;
import org.dunlin.dunning.Holds;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;

/** What was found about a dispute, and which notice tells the customer. */
@ModelBean("recordDispute")
class RecordDisputeDelegate implements JavaDelegate {

    private final Holds holds;
    private final HoldDays days;

    RecordDisputeDelegate(Holds holds, HoldDays days) {
        this.holds = holds;
        this.days = days;
    }

    @Override
    public void execute(DelegateExecution execution) {
        TypedVariables form = TypedVariables.of(execution);
        long holdId = form.requireLong(HoldProcesses.HOLD_ID);
        String explanation = form.text(HoldProcesses.EXPLANATION);
        String outcome = form.requireText(DunningCaseProcess.OUTCOME);
        DisputeResult result = DisputeResult.of(outcome);
        holds.found(
                holdId,
                result.expected(),
                result.expected() == null ? null : days.bookedBy(holds.get(holdId)),
                explanation);
        // Kept apart from the form's own field, which the letter to the customer uses again.
        execution.setVariable(HoldProcesses.DISPUTE_RESULT, result.key());
        execution.setVariable(HoldProcesses.NOTICE, result.notice());
    }
}
