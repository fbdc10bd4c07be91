package org.dunlin.platform.calendar;

import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayCalendar;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Year;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Working days per country: Monday to Friday without the country's public holidays, as kept by Jollyday. A country Jollyday
 * does not know has weekends only, and a line in the log says so.
 */
@Component
public class WorkCalendar {

    private static final Logger log = LoggerFactory.getLogger(WorkCalendar.class);

    /** Offices open: nothing that a customer notices happens earlier on a day. */
    public static final LocalTime OPENING = LocalTime.of(8, 0);

    /** Offices close: what is due on a day is due by then. */
    private static final LocalTime CLOSING = LocalTime.of(17, 0);

    private final Map<String, Map<Year, Set<LocalDate>>> daysOff = new ConcurrentHashMap<>();

    /** @param country ISO 3166-1 alpha-2 */
    public boolean isWorkingDay(String country, LocalDate day) {
        if (day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY) {
            return false;
        }
        return !daysOff(country.toUpperCase(Locale.ROOT), Year.from(day)).contains(day);
    }

    /** The day itself if it is a working day, else the next one. */
    public LocalDate onOrAfter(String country, LocalDate day) {
        LocalDate candidate = day;
        while (!isWorkingDay(country, candidate)) {
            candidate = candidate.plusDays(1);
        }
        return candidate;
    }

    /**
     * The n-th working day after the given day, which itself does not count, working day or not.
     *
     * @param workingDays 1 or more
     * @throws IllegalArgumentException for less than one day
     */
    public LocalDate after(String country, LocalDate day, int workingDays) {
        if (workingDays < 1) {
            throw new IllegalArgumentException("At least one working day, not " + workingDays);
        }
        LocalDate candidate = day;
        for (int left = workingDays; left > 0; left--) {
            candidate = onOrAfter(country, candidate.plusDays(1));
        }
        return candidate;
    }

    /**
     * The day that many calendar days after the given one, or the next working day where that is none.
     *
     * @param calendarDays 1 or more
     * @throws IllegalArgumentException for less than one day
     */
    public LocalDate afterDays(String country, LocalDate day, int calendarDays) {
        if (calendarDays < 1) {
            throw new IllegalArgumentException("At least one calendar day, not " + calendarDays);
        }
        return onOrAfter(country, day.plusDays(calendarDays));
    }

    /**
     * The first working day on which a term is over that was given in a message sent on the given day. The message is taken to
     * arrive on the n-th working day after that; the term begins on the day after it arrived, and its last day belongs to it.
     *
     * @param deliveryWorkingDays 1 or more
     * @param calendarDays        length of the term, 1 or more
     * @throws IllegalArgumentException for less than one day of either
     */
    public LocalDate afterTerm(String country, LocalDate sent, int deliveryWorkingDays, int calendarDays) {
        if (calendarDays < 1) {
            throw new IllegalArgumentException("A term of at least one calendar day, not " + calendarDays);
        }
        return onOrAfter(country, after(country, sent, deliveryWorkingDays).plusDays(calendarDays + 1L));
    }

    /** The n-th working day before the given day, which itself does not count; the day itself for 0. */
    public LocalDate before(String country, LocalDate day, int workingDays) {
        LocalDate candidate = day;
        for (int left = workingDays; left > 0; left--) {
            do {
                candidate = candidate.minusDays(1);
            } while (!isWorkingDay(country, candidate));
        }
        return candidate;
    }

    /** How many working days lie after the first day and not after the second; 0 when the second is not later. */
    public int between(String country, LocalDate after, LocalDate until) {
        return (int) after.plusDays(1)
                .datesUntil(until.isAfter(after) ? until.plusDays(1) : after.plusDays(1))
                .filter(day -> isWorkingDay(country, day))
                .count();
    }

    /** When work begins on that day; computed in the zone, so that a change to summer time does not move it. */
    public Instant opening(LocalDate day, ZoneId zone) {
        return day.atTime(OPENING).atZone(zone).toInstant();
    }

    /** When work ends on that day. */
    public Instant closing(LocalDate day, ZoneId zone) {
        return day.atTime(CLOSING).atZone(zone).toInstant();
    }

    private Set<LocalDate> daysOff(String country, Year year) {
        Map<Year, Set<LocalDate>> years = daysOff.computeIfAbsent(country, code -> new ConcurrentHashMap<>());
        Set<LocalDate> known = years.get(year);
        if (known != null) {
            return known;
        }
        // Jollyday loads its parts lazily and not safely for several threads at once.
        synchronized (daysOff) {
            return years.computeIfAbsent(year, missing -> compute(country, missing));
        }
    }

    /** Days that are only observed (Good Friday in the Netherlands, All Souls in Belgium) are worked on. */
    private static Set<LocalDate> compute(String country, Year year) {
        boolean known = Arrays.stream(HolidayCalendar.values())
                .anyMatch(calendar -> calendar.getId().equalsIgnoreCase(country));
        if (!known) {
            log.warn("No public holidays are known for country {}: only weekends count as free days", country);
            return Set.of();
        }
        return HolidayManager.getInstance(ManagerParameters.create(country.toLowerCase(Locale.ROOT)))
                .getHolidays(year)
                .stream()
                .filter(holiday -> holiday.getType() != HolidayType.OBSERVANCE)
                .map(Holiday::getDate)
                .collect(Collectors.toUnmodifiableSet());
    }
}
