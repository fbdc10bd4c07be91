package org.dunlin.platform.calendar;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import org.dunlin.platform.engine.ModelBean;

/** Times in the past for the lists of Tasklist, which belong to no country: Monday to Friday count. */
@ModelBean("ago")
public class Ago {

    private final Clock clock;

    Ago(Clock clock) {
        this.clock = clock;
    }

    /** The same time of day, that many days from Monday to Friday ago. */
    public Date workingDays(int days) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LocalDate day = today;
        for (int left = days; left > 0; left--) {
            do {
                day = day.minusDays(1);
            } while (day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY);
        }
        return Date.from(clock.instant().minusSeconds((today.toEpochDay() - day.toEpochDay()) * 86_400));
    }
}
