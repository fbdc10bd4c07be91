package org.dunlin.contact.post;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.dunlin.platform.calendar.WorkCalendar;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;

/** Dates for the task of the mail room. */
@ModelBean("printRunDates")
public class PrintRunDates {

    private final PrintRuns runs;
    private final WorkCalendar calendar;
    private final Clock clock;

    PrintRunDates(PrintRuns runs, WorkCalendar calendar, Clock clock) {
        this.runs = runs;
        this.calendar = calendar;
        this.clock = clock;
    }

    /** Closing time of the day whose date the letters bear; now, when that has passed. */
    public Date due(VariableScope execution) {
        LocalDate day = runs.get(TypedVariables.of(execution).requireLong(PrintRunProcess.RUN_ID))
                .day();
        Instant now = clock.instant();
        Instant closing = day == null ? now : calendar.closing(day, clock.getZone());
        return Date.from(closing.isBefore(now) ? now : closing);
    }
}
