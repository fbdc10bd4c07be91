package org.dunlin.dunning.engine;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.dunning.CallReport;
import org.dunlin.dunning.CallReport.CallAgain;
import org.dunlin.dunning.CallReport.Outcome;
import org.dunlin.dunning.CaseDates;
import org.dunlin.dunning.DunningCase;
import org.dunlin.dunning.DunningCases;
import org.dunlin.dunning.FollowUp;
import org.dunlin.dunning.InvalidOutcomeException;
import org.dunlin.dunning.NewHold;
import org.dunlin.platform.calendar.WorkCalendar;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;
import org.jspecify.annotations.Nullable;

@ModelBean("recordCall")
class RecordCallDelegate implements JavaDelegate {

    private final FollowUp followUp;
    private final DunningCases cases;
    private final CaseDates dates;
    private final WorkCalendar calendar;

    RecordCallDelegate(FollowUp followUp, DunningCases cases, CaseDates dates, WorkCalendar calendar) {
        this.followUp = followUp;
        this.cases = cases;
        this.dates = dates;
        this.calendar = calendar;
    }

    @Override
    public void execute(DelegateExecution execution) {
        TypedVariables form = TypedVariables.of(execution);
        int attempt = form.integer(StepProcesses.ATTEMPT, 1);
        CallReport report = report(form, attempt, Acting.user(execution));
        CallAgain again = followUp.call(
                form.requireLong(DunningCaseProcess.CASE_ID),
                Acting.occurrence(execution),
                form.integer(DunningCaseProcess.RUNG, 0),
                report,
                Acting.user(execution));
        execution.setVariable(StepProcesses.CALL_AGAIN, again.key());
        execution.setVariable(StepProcesses.CALL_AGAIN_AT, report.again() == null ? null : Date.from(report.again()));
        boolean handed = report.outcome() == Outcome.HAND_TO_SENIOR;
        if (handed) {
            execution.setVariable(StepProcesses.FOR_SENIOR, true);
        }
        execution.setVariable(StepProcesses.ATTEMPT, handed ? attempt : attempt + 1);
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
                outcome == Outcome.CALL_BACK || outcome == Outcome.NO_ANSWER ? again(form) : null,
                outcome == Outcome.SAYS_PAID ? withProof(form) : form.text(DunningCaseProcess.NOTE));
    }

    /** Without a time, when the office opens; null without a day. */
    private @Nullable Instant again(TypedVariables form) {
        LocalDate day = form.date(StepProcesses.CALL_AGAIN_ON);
        if (day == null) {
            return null;
        }
        CaseDates.Basis basis = dates.basis(form.requireLong(DunningCaseProcess.CASE_ID));
        if (!calendar.isWorkingDay(basis.country(), day)) {
            throw new InvalidOutcomeException(
                    StepProcesses.CALL_AGAIN_ON, day + " is no working day; choose another one");
        }
        String time = form.text(StepProcesses.CALL_AGAIN_TIME);
        try {
            return time == null
                    ? calendar.opening(day, basis.zone())
                    : day.atTime(LocalTime.parse(time)).atZone(basis.zone()).toInstant();
        } catch (DateTimeParseException e) {
            throw new InvalidOutcomeException(StepProcesses.CALL_AGAIN_TIME, "Write the time like 14:30");
        }
    }

    private static @Nullable String withProof(TypedVariables form) {
        String note = form.text(DunningCaseProcess.NOTE);
        String proof = form.text(StepProcesses.PAYMENT_PROOF);
        return proof == null ? note : "Proof: " + proof + (note == null ? "" : "\n" + note);
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
