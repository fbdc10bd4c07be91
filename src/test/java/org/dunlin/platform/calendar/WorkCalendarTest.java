package org.dunlin.platform.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkCalendarTest {

    private final WorkCalendar calendar = new WorkCalendar();

    @ParameterizedTest(name = "in {0} {2} working days after {1} is {3}")
    @CsvSource({
        // A week without anything special
        "NL, 2026-03-10, 1, 2026-03-11",
        "NL, 2026-03-10, 5, 2026-03-17",
        // From a weekend the first working day is Monday
        "NL, 2026-03-14, 1, 2026-03-16",
        // Easter: Good Friday is a working day in the Netherlands and Belgium, Easter Monday is not
        "NL, 2026-04-02, 1, 2026-04-03",
        "NL, 2026-04-02, 2, 2026-04-07",
        "BE, 2026-04-02, 2, 2026-04-07",
        // Good Friday is a holiday in Germany
        "DE, 2026-04-02, 1, 2026-04-07",
        // Labour Day is a holiday in Belgium, King's Day in the Netherlands
        "NL, 2026-04-24, 1, 2026-04-28",
        "BE, 2026-04-24, 1, 2026-04-27",
        "BE, 2026-04-30, 1, 2026-05-04",
        "NL, 2026-04-30, 1, 2026-05-01",
        // Liberation Day
        "NL, 2026-05-04, 1, 2026-05-06",
        // Ascension and Whit Monday
        "NL, 2026-05-13, 1, 2026-05-15",
        "BE, 2026-05-22, 1, 2026-05-26",
        // Belgium: national day, All Saints, Armistice
        "BE, 2026-07-20, 1, 2026-07-22",
        // All Saints is free, All Souls is only observed
        "BE, 2027-10-29, 1, 2027-11-02",
        "BE, 2026-11-10, 1, 2026-11-12",
        // Christmas and New Year
        "NL, 2025-12-24, 1, 2025-12-29",
        "BE, 2025-12-24, 1, 2025-12-26",
        "NL, 2025-12-31, 1, 2026-01-02",
        // A leap day counts
        "NL, 2028-02-28, 1, 2028-02-29",
        // A country without known holidays has weekends
        "ZZ, 2025-12-24, 1, 2025-12-25",
    })
    void working_days_skip_weekends_and_the_country_s_holidays(
            String country, LocalDate from, int days, LocalDate expected) {
        assertThat(calendar.after(country, from, days)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "in {0} {2} calendar days after {1} is {3}")
    @CsvSource({
        "NL, 2026-03-10, 14, 2026-03-24",
        // Ends on a Saturday, a Sunday, or Easter Monday
        "NL, 2026-03-07, 14, 2026-03-23",
        "NL, 2026-03-08, 14, 2026-03-23",
        "NL, 2026-03-23, 14, 2026-04-07",
        // Days off on the way count like any other: Christmas and New Year
        "NL, 2025-12-18, 14, 2026-01-02",
        "BE, 2025-12-12, 14, 2025-12-26",
        "NL, 2025-12-12, 14, 2025-12-29",
        // Over the days on which the clocks change
        "BE, 2026-03-27, 3, 2026-03-30",
        "BE, 2026-10-19, 7, 2026-10-26",
        // Three days and seven days are ten, whatever day it was and wherever a week-end lies
        "NL, 2026-03-11, 10, 2026-03-23",
        // A leap day
        "NL, 2028-02-22, 7, 2028-02-29",
    })
    void calendar_days_count_all_days_and_end_on_a_working_day(
            String country, LocalDate from, int days, LocalDate expected) {
        assertThat(calendar.afterDays(country, from, days)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "what is sent in {0} on {1} is over on {2}")
    @CsvSource({
        // Sent on Monday, there on Thursday the 12th, the fourteenth day is Thursday the 26th
        "NL, 2026-03-09, 2026-03-27",
        // There on Friday the 13th, the fourteenth day is Friday the 27th, and the next a Saturday
        "NL, 2026-03-10, 2026-03-30",
        // Sent on Thursday, there on Tuesday the 17th, the fourteenth day is the 31st
        "NL, 2026-03-12, 2026-04-01",
        // Over Christmas the post takes longer: there on the 30th in the Netherlands, on the 29th in Belgium
        "NL, 2025-12-23, 2026-01-14",
        "BE, 2025-12-23, 2026-01-13",
        // The day after the term is Easter Monday, Ascension Day
        "NL, 2026-03-17, 2026-04-07",
        "BE, 2026-04-24, 2026-05-15",
    })
    void a_term_of_fourteen_days_begins_after_three_working_days_of_delivery(
            String country, LocalDate sent, LocalDate expected) {
        LocalDate over = calendar.afterTerm(country, sent, 3, 14);

        assertThat(over).isEqualTo(expected);
        assertThat(over).isAfter(calendar.after(country, sent, 3).plusDays(14));
    }

    @Test
    void three_calendar_days_and_then_seven_end_on_the_same_day_as_ten_where_only_week_ends_lie_between() {
        LocalDate.of(2026, 2, 2).datesUntil(LocalDate.of(2026, 2, 7)).forEach(day -> assertThat(
                        calendar.afterDays("NL", calendar.afterDays("NL", day, 3), 7))
                .as("%s", day)
                .isEqualTo(calendar.afterDays("NL", day, 10)));
    }

    @ParameterizedTest(name = "{0} in {1} opens at {2}")
    @CsvSource({
        "2026-01-15, Europe/Amsterdam, 2026-01-15T07:00:00Z",
        "2026-07-15, Europe/Amsterdam, 2026-07-15T06:00:00Z",
        // The Monday after each change of the clocks
        "2026-03-27, Europe/Brussels, 2026-03-27T07:00:00Z",
        "2026-03-30, Europe/Brussels, 2026-03-30T06:00:00Z",
        "2026-10-23, Europe/Brussels, 2026-10-23T06:00:00Z",
        "2026-10-26, Europe/Brussels, 2026-10-26T07:00:00Z",
        "2026-03-30, America/New_York, 2026-03-30T12:00:00Z",
        // The days of the change themselves
        "2026-03-29, Europe/Amsterdam, 2026-03-29T06:00:00Z",
        "2026-10-25, Europe/Amsterdam, 2026-10-25T07:00:00Z",
    })
    void offices_open_at_eight_by_the_clock_on_their_wall(LocalDate day, ZoneId zone, Instant expected) {
        assertThat(calendar.opening(day, zone)).isEqualTo(expected);
    }

    @Test
    void less_than_one_day_is_refused() {
        LocalDate day = LocalDate.of(2026, 3, 10);
        assertThatThrownBy(() -> calendar.after("NL", day, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> calendar.afterDays("NL", day, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> calendar.afterTerm("NL", day, 0, 14)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> calendar.afterTerm("NL", day, 3, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
