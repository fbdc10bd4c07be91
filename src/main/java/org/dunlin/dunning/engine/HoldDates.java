package org.dunlin.dunning.engine;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Date;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.dunlin.dunning.Hold;
import org.dunlin.dunning.HoldDays;
import org.dunlin.dunning.HoldResults;
import org.dunlin.dunning.Holds;
import org.dunlin.platform.calendar.WorkCalendar;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;

/** Dates for the waits and tasks of a hold, in working days of its creditor's country. */
@ModelBean("holdDates")
public class HoldDates {

    private final Holds holds;
    private final HoldDays days;
    private final HoldResults results;
    private final WorkCalendar calendar;
    private final Clock clock;

    HoldDates(Holds holds, HoldDays days, HoldResults results, WorkCalendar calendar, Clock clock) {
        this.holds = holds;
        this.days = days;
        this.results = results;
        this.calendar = calendar;
        this.clock = clock;
    }

    /** Morning after the promised date, the next instalment or the last day of a block, days of grace included. */
    public Date graceOver(VariableScope execution) {
        Hold hold = hold(execution);
        return opening(hold, days.nextLook(hold));
    }

    /**
     * Opening time of the day on which a promise is due, or of the working day after it; for a promise made for the day on which it
     * began, of the next working day.
     */
    public Date promisedDay(VariableScope execution) {
        Hold hold = hold(execution);
        String country = days.creditor(hold).country();
        LocalDate promised = hold.endsOn() == null ? hold.startsOn() : hold.endsOn();
        return opening(
                hold,
                promised.isAfter(hold.startsOn())
                        ? calendar.onOrAfter(country, promised)
                        : calendar.after(country, promised, 1));
    }

    /** Closing time of the n-th working day from today, for the due date of a task. */
    public Date due(VariableScope execution, int workingDays) {
        Hold hold = hold(execution);
        return closing(hold, days.inWorkingDays(hold, workingDays));
    }

    /** Closing time of the last working day that a department has for a dispute. */
    public Date deadline(VariableScope execution) {
        return due(execution, workingDays(execution));
    }

    /** Opening time of the working day after half of that time. */
    public Date remindOn(VariableScope execution) {
        Hold hold = hold(execution);
        return opening(hold, days.inWorkingDays(hold, Math.max(1, (workingDays(execution) + 1) / 2)));
    }

    /**
     * Opening time of the working day after the last one for booking a credit note or a corrected invoice; at once when that was
     * done before the customer was told.
     */
    public Date expectedBy(VariableScope execution) {
        Hold hold = hold(execution);
        if (results.isBooked(hold)) {
            return Date.from(clock.instant());
        }
        return opening(hold, calendar.after(days.creditor(hold).country(), days.bookedBy(hold), 1));
    }

    /** Opening time of the day chosen for the next look at an insolvent customer. */
    public Date lookAgainOn(VariableScope execution) {
        Hold hold = hold(execution);
        LocalDate day = TypedVariables.of(execution).date(HoldProcesses.LOOK_AGAIN_ON);
        return opening(hold, day == null ? days.inWorkingDays(hold, 60) : day);
    }

    private Date opening(Hold hold, LocalDate day) {
        return Date.from(calendar.opening(day, days.creditor(hold).timeZone()));
    }

    private Date closing(Hold hold, LocalDate day) {
        return Date.from(calendar.closing(day, days.creditor(hold).timeZone()));
    }

    private static int workingDays(VariableScope execution) {
        return TypedVariables.of(execution).integer(HoldProcesses.WORKING_DAYS, 5);
    }

    private Hold hold(VariableScope execution) {
        return holds.get(TypedVariables.of(execution).requireLong(HoldProcesses.HOLD_ID));
    }
}
