package org.dunlin.demo;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What happened while the clock moved.
 *
 * @param from where the clock stood
 * @param to   where it stands now
 * @param days one entry for each day that came
 */
public record Journey(Instant from, Instant to, List<Day> days) {

    /** Figures of one day, by the clock's date. */
    public record Day(LocalDate date, long contactsSent, long tasksCreated, long casesOpened, long casesClosed) {

        boolean quiet() {
            return contactsSent + tasksCreated + casesOpened + casesClosed == 0;
        }
    }
}
