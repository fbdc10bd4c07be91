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

/** Dates for the waits and tasks of a case, in working days of the creditor's country. */
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
     * earliest due date).
     */
    public Date after(VariableScope execution, int workingDays) {
        CaseDates.Basis basis = dates.basis(caseId(execution));
        LocalDate day = calendar.after(basis.country(), basis.countFrom(), workingDays);
        return Date.from(calendar.opening(day, basis.zone()));
    }

    /** Opening time of the next working day. */
    public Date next(VariableScope execution) {
        CaseDates.Basis basis = dates.basis(caseId(execution));
        return Date.from(calendar.opening(calendar.after(basis.country(), today(basis.zone()), 1), basis.zone()));
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
