package org.dunlin.operations;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.dunlin.platform.calendar.WorkCalendar;
import org.dunlin.platform.engine.ModelBean;

/** Dates for the tasks of operators. They look after the house and no creditor, so every day counts, in the clock's zone. */
@ModelBean("operatorsDay")
public class OperatorsDay {

    private final WorkCalendar calendar;
    private final Clock clock;

    OperatorsDay(WorkCalendar calendar, Clock clock) {
        this.calendar = calendar;
        this.clock = clock;
    }

    /** Closing time today, or tomorrow when that has passed. */
    public Date due(VariableScope execution) {
        Instant today = calendar.closing(today(), clock.getZone());
        return Date.from(
                today.isAfter(clock.instant()) ? today : calendar.closing(today().plusDays(1), clock.getZone()));
    }

    /** Opening time tomorrow. */
    public Date tomorrow(VariableScope execution) {
        return Date.from(tomorrow());
    }

    Instant tomorrow() {
        return calendar.opening(today().plusDays(1), clock.getZone());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), clock.getZone());
    }
}
