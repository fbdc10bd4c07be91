package org.dunlin.scoring;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import org.dunlin.platform.calendar.WorkCalendar;

/**
 * The working days of a country over some years, numbered in order, with the days of month and week to which a payment of each
 * day may belong: made once, asked a million times. Days are those of {@link LocalDate#toEpochDay}.
 */
final class WorkDays {

    /** Where no number is known: before the first or after the last day. */
    static final int OUTSIDE = Integer.MIN_VALUE;

    private final int first;
    private final int tolerance;
    private final int[] ordinals;
    private final int[] dates;
    private final int[] daysOfMonth;
    private final int[] exactDaysOfMonth;
    private final int[] weekdays;

    private WorkDays(int first, int days, int tolerance) {
        this.first = first;
        this.tolerance = tolerance;
        this.ordinals = new int[days];
        this.dates = new int[days];
        this.weekdays = new int[days];
        this.daysOfMonth = new int[days];
        this.exactDaysOfMonth = new int[days];
    }

    /** @param tolerance working days by which a payment may miss its day */
    static WorkDays of(WorkCalendar calendar, String country, LocalDate from, LocalDate to, int tolerance) {
        WorkDays days =
                new WorkDays((int) from.toEpochDay(), (int) (to.toEpochDay() - from.toEpochDay()) + 1, tolerance);
        boolean[] working = new boolean[days.ordinals.length];
        int ordinal = 0;
        for (int i = 0; i < working.length; i++) {
            days.ordinals[i] = ordinal;
            working[i] = calendar.isWorkingDay(country, from.plusDays(i));
            if (working[i]) {
                days.dates[ordinal++] = days.first + i;
            }
        }
        days.markDaysOfMonth(from, to);
        days.markWeekdays(from, working);
        return days;
    }

    /** Number of the working day on or after that day. */
    int ordinal(long day) {
        long index = day - first;
        return index < 0 || index >= ordinals.length ? OUTSIDE : ordinals[(int) index];
    }

    /** Whether a payment keeps to a day that moves to the next working day. */
    boolean keeps(long paid, long day) {
        int one = ordinal(paid);
        int other = ordinal(day);
        return one != OUTSIDE && other != OUTSIDE && Math.abs(one - other) <= tolerance;
    }

    /**
     * The same, where too early is counted in calendar days. Who pays so many days after due and may be a day early does not pay on
     * Friday what they should pay on Monday; five days of the week would be one otherwise.
     */
    boolean follows(long paid, long day) {
        int one = ordinal(paid);
        int other = ordinal(day);
        return one != OUTSIDE
                && other != OUTSIDE
                && one - other <= tolerance
                && (one >= other || dates[other] - paid <= tolerance);
    }

    /** Whether it is made, or booked, on that very day. */
    boolean hits(long paid, long day) {
        int one = ordinal(paid);
        return one != OUTSIDE && one == ordinal(day);
    }

    /** To which days of the month a payment of that day may belong: bit 0 is the first. */
    int daysOfMonth(int day) {
        int ordinal = ordinal(day);
        return ordinal < 0 ? 0 : daysOfMonth[ordinal];
    }

    /** On which of them it is exact. */
    int exactDaysOfMonth(int day) {
        int ordinal = ordinal(day);
        return ordinal < 0 ? 0 : exactDaysOfMonth[ordinal];
    }

    /** To which days of the week a payment of that day may belong: bit 0 is Monday. */
    int weekdays(int day) {
        int index = day - first;
        return index < 0 || index >= weekdays.length ? 0 : weekdays[index];
    }

    /** The same for money that is on its way on that day and is booked on the next working day. */
    int weekdaysWhenBooked(int day) {
        int ordinal = ordinal(day);
        return ordinal < 0 ? 0 : weekdays(dates[ordinal]);
    }

    /** The day of the week it is: bit 0 is Monday. */
    static int weekday(int day) {
        return 1 << (LocalDate.ofEpochDay(day).getDayOfWeek().getValue() - 1);
    }

    /** That day of the month, in short months the last. */
    static LocalDate dayOf(YearMonth month, int dayOfMonth) {
        return month.atDay(Math.min(dayOfMonth, month.lengthOfMonth()));
    }

    private void markDaysOfMonth(LocalDate from, LocalDate to) {
        for (YearMonth month = YearMonth.from(from); !month.isAfter(YearMonth.from(to)); month = month.plusMonths(1)) {
            for (int day = 1; day <= 31; day++) {
                int at = ordinal(dayOf(month, day).toEpochDay());
                if (at == OUTSIDE) {
                    continue;
                }
                int bit = 1 << (day - 1);
                exactDaysOfMonth[at] |= bit;
                for (int near = Math.max(0, at - tolerance);
                        near <= at + tolerance && near < daysOfMonth.length;
                        near++) {
                    daysOfMonth[near] |= bit;
                }
            }
        }
    }

    /** Who pays on Fridays pays before or after a Friday that is a holiday. */
    private void markWeekdays(LocalDate from, boolean[] working) {
        Arrays.setAll(weekdays, i -> weekday(first + i));
        int before = -1;
        int between = 0;
        for (int i = 0; i < working.length; i++) {
            if (working[i]) {
                weekdays[i] |= between;
                before = i;
                between = 0;
            } else if (from.plusDays(i).getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0) {
                int bit = weekdays[i];
                between |= bit;
                if (before >= 0) {
                    weekdays[before] |= bit;
                }
            }
        }
    }
}
