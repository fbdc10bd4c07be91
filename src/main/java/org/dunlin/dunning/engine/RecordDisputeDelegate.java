package org.dunlin.dunning.engine;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.dunning.HoldDays;
import org.dunlin.dunning.Holds;
import org.dunlin.dunning.InvalidOutcomeException;
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
        // Kept apart from the form's own field, which the letter to the customer uses again.
        execution.setVariable(HoldProcesses.DISPUTE_RESULT, outcome);
        execution.setVariable(
                HoldProcesses.NOTICE,
                switch (outcome) {
                    case "rejected" -> {
                        holds.explain(holdId, explanation);
                        yield "disputeRejected";
                    }
                    case "creditExpected" -> {
                        holds.expect(holdId, true, days.bookedBy(holds.get(holdId)), explanation);
                        yield "disputeCredit";
                    }
                    case "correctedInvoice" -> {
                        holds.expect(holdId, false, days.bookedBy(holds.get(holdId)), explanation);
                        yield "disputeCorrected";
                    }
                    default -> throw new InvalidOutcomeException("outcome", "Unknown result of a dispute: " + outcome);
                });
    }
}
