package org.dunlin.dunning.engine;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Date;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.dunlin.dunning.CaseDates;
import org.dunlin.platform.calendar.WorkCalendar;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;

/** Dates for the waits and tasks of a case: working days of the creditor's country, or calendar days that end on one. */
@ModelBean("workdays")
public class Workdays {

    private final CaseDates dates;
    private final WorkCalendar calendar;
    private final Clock clock;

    Workdays(CaseDates dates, WorkCalendar calendar, Clock clock) {
        this.dates = dates;
        this.calendar = calendar;
        this.clock = clock;
    }

    /**
     * Opening time of the n-th working day after the last contact really happened (before the first contact: after the
     * earliest due date, and not before the customer's usual pay day has passed where that is waited for).
     */
    public Date after(VariableScope execution, int workingDays) {
        CaseDates.Basis basis = dates.basis(caseId(execution));
        LocalDate day = calendar.after(basis.country(), basis.countFrom(), workingDays);
        LocalDate from = basis.chaseFrom();
        return Date.from(calendar.opening(from != null && from.isAfter(day) ? from : day, basis.zone()));
    }

    /**
     * Opening time of the day so many calendar days after the last contact really happened (before the first contact: after the
     * earliest due date), or of the next working day where that is none.
     */
    public Date afterDays(VariableScope execution, int calendarDays) {
        CaseDates.Basis basis = dates.basis(caseId(execution));
        LocalDate day = calendar.afterDays(basis.country(), basis.countFrom(), calendarDays);
        return Date.from(calendar.opening(day, basis.zone()));
    }

    /**
     * Opening time of the first working day on which a term is over that the last contact gave its recipient, in calendar days
     * from receipt. Receipt is taken to be on the n-th working day after the contact, which a law may say or the post may need.
     */
    public Date afterReceipt(VariableScope execution, int deliveryWorkingDays, int calendarDays) {
        CaseDates.Basis basis = dates.basis(caseId(execution));
        LocalDate day = calendar.afterTerm(basis.country(), basis.countFrom(), deliveryWorkingDays, calendarDays);
        return Date.from(calendar.opening(day, basis.zone()));
    }

    /** Opening time of the next working day. */
    public Date next(VariableScope execution) {
        return untouched(execution, 1);
    }

    /** When a task that comes up today has been there for that many working days, today included: the next one's opening time. */
    public Date untouched(VariableScope execution, int workingDays) {
        CaseDates.Basis basis = dates.basis(caseId(execution));
        LocalDate day = calendar.after(basis.country(), today(basis.zone()), workingDays);
        return Date.from(calendar.opening(day, basis.zone()));
    }

    /** When a call is made again: at the time that was noted, or at the opening time of the next working day. */
    public Date nextCall(VariableScope execution) {
        return execution.getVariable(StepProcesses.CALL_AGAIN_AT) instanceof Date noted ? noted : next(execution);
    }

    /** Closing time of the n-th working day from today, for the due date of a task. */
    public Date due(VariableScope execution, int workingDays) {
        CaseDates.Basis basis = dates.basis(caseId(execution));
        LocalDate day = calendar.after(basis.country(), today(basis.zone()), workingDays);
        return Date.from(calendar.closing(day, basis.zone()));
    }

    private LocalDate today(ZoneId zone) {
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    private static long caseId(VariableScope execution) {
        return TypedVariables.of(execution).requireLong(DunningCaseProcess.CASE_ID);
    }
}
