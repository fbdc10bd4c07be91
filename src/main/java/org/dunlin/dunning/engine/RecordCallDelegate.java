package org.dunlin.dunning.engine;

import java.time.LocalDate;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.dunning.CallReport;
import org.dunlin.dunning.CallReport.CallAgain;
import org.dunlin.dunning.CallReport.Outcome;
import org.dunlin.dunning.DunningCase;
import org.dunlin.dunning.DunningCases;
import org.dunlin.dunning.FollowUp;
import org.dunlin.dunning.NewHold;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;
import org.jspecify.annotations.Nullable;

@ModelBean("recordCall")
class RecordCallDelegate implements JavaDelegate {

    private final FollowUp followUp;
    private final DunningCases cases;

    RecordCallDelegate(FollowUp followUp, DunningCases cases) {
        this.followUp = followUp;
        this.cases = cases;
    }

    @Override
    public void execute(DelegateExecution execution) {
        TypedVariables form = TypedVariables.of(execution);
        int attempt = form.integer(StepProcesses.ATTEMPT, 1);
        CallAgain again = followUp.call(
                form.requireLong(DunningCaseProcess.CASE_ID),
                Acting.occurrence(execution),
                form.integer(DunningCaseProcess.RUNG, 0),
                report(form, attempt, Acting.user(execution)),
                Acting.user(execution));
        execution.setVariable(StepProcesses.CALL_AGAIN, again.key());
        execution.setVariable(StepProcesses.ATTEMPT, attempt + 1);
    }

    private CallReport report(TypedVariables form, int attempt, @Nullable String by) {
        Outcome outcome = Outcome.of(form.text(DunningCaseProcess.OUTCOME));
        return new CallReport(
                outcome,
                attempt,
                date(form, outcome),
                outcome == Outcome.WILL_PAY ? form.decimal(StepProcesses.PROMISE_AMOUNT) : null,
                outcome == Outcome.DISPUTES ? form.text(StepProcesses.DISPUTE_REASON) : null,
                HoldForm.invoices(form),
                outcome == Outcome.WANTS_PLAN ? plan(form, by) : null,
                outcome == Outcome.WRONG_NUMBER ? form.text(StepProcesses.CORRECTED_PHONE) : null,
                form.text(DunningCaseProcess.NOTE));
    }

    private NewHold plan(TypedVariables form, @Nullable String by) {
        DunningCase dunningCase = cases.get(form.requireLong(DunningCaseProcess.CASE_ID));
        return NewHold.plan(
                        dunningCase.customerId(),
                        cases.meant(dunningCase.id(), HoldForm.invoices(form)),
                        HoldForm.terms(form),
                        by)
                .within(dunningCase.creditorId(), dunningCase.currency());
    }

    /** Which of the form's dates counts; the others may be left over from an earlier attempt. */
    private static @Nullable LocalDate date(TypedVariables form, Outcome outcome) {
        return switch (outcome) {
            case WILL_PAY -> form.date(StepProcesses.PROMISE_DATE);
            case SAYS_PAID -> form.date(StepProcesses.PAID_ON);
            default -> null;
        };
    }
}
