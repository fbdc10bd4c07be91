package org.dunlin.scoring;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import org.dunlin.platform.calendar.WorkCalendar;

/**
 * On which days a customer pays, as far as their payments show it. How it is found: {@code docs/scoring.md}.
 *
 * @param value        day of the month (31: the last), ISO weekday (1: Monday), or calendar days after due (negative: before)
 * @param offsetDays   of days of the month or week: they pay on the first such day that is not before the due date plus this
 * @param sharePercent of their pay days, how many keep to the pattern
 * @param confidence   how likely the next payment keeps to it, in percent
 * @param payments     pay days looked at; invoices paid on one day count once
 * @param tolerance    working days by which a payment may miss the day and still keeps to the pattern
 * @param changedOn    day as of which this was first true
 */
public record PaymentPattern(
        long customerId,
        Kind kind,
        int value,
        int offsetDays,
        int sharePercent,
        int confidence,
        int payments,
        int tolerance,
        LocalDate changedOn) {

    /** What the days have in common. */
    public enum Kind {
        DAYS_AFTER_DUE,
        DAY_OF_MONTH,
        WEEKDAY
    }

    /**
     * When the payment of an invoice should come.
     *
     * @param on        the working day on which this customer should pay
     * @param lateAfter the last day on which the payment still keeps to their habit
     */
    public record Expected(LocalDate on, LocalDate lateAfter) {}

    /**
     * When the payment of an invoice should come that is due on a day.
     *
     * @param country of the creditor, whose bank books the money; ISO 3166-1 alpha-2
     */
    public Expected expected(LocalDate dueOn, String country, WorkCalendar calendar) {
        return kind == Kind.DAYS_AFTER_DUE
                ? within(calendar.onOrAfter(country, dueOn.plusDays(value)), country, calendar)
                : expectedFrom(dueOn.plusDays(offsetDays), country, calendar);
    }

    /**
     * The customer's first pay day on or after a day, for what they did not pay on the one before.
     *
     * @throws IllegalStateException for a number of days after due, which has no other day
     */
    public Expected next(LocalDate from, String country, WorkCalendar calendar) {
        if (kind == Kind.DAYS_AFTER_DUE) {
            throw new IllegalStateException("A number of days after due comes once");
        }
        return expectedFrom(from, country, calendar);
    }

    private Expected expectedFrom(LocalDate from, String country, WorkCalendar calendar) {
        return within(first(from, country, calendar), country, calendar);
    }

    private Expected within(LocalDate on, String country, WorkCalendar calendar) {
        return new Expected(on, tolerance == 0 ? on : calendar.after(country, on, tolerance));
    }

    private LocalDate first(LocalDate from, String country, WorkCalendar calendar) {
        // The day may lie before, and the working day to which it moves not.
        LocalDate day = kind == Kind.WEEKDAY
                ? from.with(TemporalAdjusters.previousOrSame(DayOfWeek.of(value)))
                : WorkDays.dayOf(YearMonth.from(from).minusMonths(1), value);
        LocalDate working = calendar.onOrAfter(country, day);
        while (working.isBefore(from)) {
            day = kind == Kind.WEEKDAY
                    ? day.plusWeeks(1)
                    : WorkDays.dayOf(YearMonth.from(day).plusMonths(1), value);
            working = calendar.onOrAfter(country, day);
        }
        return working;
    }
}
