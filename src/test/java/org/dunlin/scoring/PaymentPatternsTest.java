package org.dunlin.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.platform.calendar.WorkCalendar;
import org.dunlin.scoring.PaymentPattern.Expected;
import org.dunlin.scoring.PaymentPattern.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Customers of a Dutch creditor who pay by a plan, and some who only seem to. */
@DunlinTest
class PaymentPatternsTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 6, 30);

    /** Due dates without any order, one in each month from July 2025. */
    private static final int[] DUE_DAYS = {3, 17, 9, 24, 13, 6, 28, 19, 11, 22, 8, 15};

    @Autowired
    PaymentPatterns patterns;

    @Autowired
    Profiles profiles;

    @Autowired
    WorkCalendar calendar;

    @Autowired
    Portfolio portfolio;

    @Autowired
    JdbcClient jdbc;

    private Books books;
    private long customer;

    @BeforeEach
    void books() {
        books = new Books(jdbc, portfolio);
        customer = books.company(30, "wholesale");
    }

    @Test
    void who_pays_on_the_25th_of_the_month_or_the_working_day_after() {
        paysOnThe25th(12);

        assertThat(found())
                .isEqualTo(new PaymentPattern(
                        // 12 of 12; (12 + 1) / (12 + 2) = 92.9 %
                        customer, Kind.DAY_OF_MONTH, 25, 0, 100, 93, 12, 1, TODAY));
        CustomerProfile profile = profiles.profile(customer);
        assertThat(profile.facts())
                .containsEntry("payPattern", "DAY_OF_MONTH")
                .containsEntry("payDay", 25)
                .containsEntry("patternConfidence", 93);
    }

    @Test
    void two_payments_on_other_days_lower_the_share_and_the_confidence() {
        paysOnThe25th(10);
        pays(LocalDate.of(2026, 5, 8), LocalDate.of(2026, 5, 11));
        pays(LocalDate.of(2026, 6, 1), LocalDate.of(2026, 6, 4));

        PaymentPattern pattern = found();

        assertThat(pattern.value()).isEqualTo(25);
        assertThat(pattern.payments()).isEqualTo(12);
        assertThat(pattern.sharePercent()).isEqualTo(83); // 10 of 12
        assertThat(pattern.confidence()).isEqualTo(79); // 11 of 14
    }

    @Test
    void five_months_are_not_enough_six_are() {
        paysOnThe25th(5);
        assertThat(foundNone()).isTrue();

        paysOnThe25th(5, 6);
        assertThat(found().payments()).isEqualTo(6);
    }

    @Test
    void several_invoices_paid_on_one_day_are_one_payment() {
        for (int day = 1; day <= 20; day++) {
            pays(LocalDate.of(2026, 4, day), LocalDate.of(2026, 4, 24));
            pays(LocalDate.of(2026, 5, day), LocalDate.of(2026, 5, 26));
        }

        assertThat(foundNone()).isTrue();
    }

    @Test
    void the_last_of_the_month_is_the_31st_whatever_its_length() {
        for (int i = 0; i < 10; i++) {
            LocalDate last = LocalDate.of(2025, 8, 1).plusMonths(i).with(TemporalAdjusters.lastDayOfMonth());
            pays(last.minusDays(DUE_DAYS[i]), working(last));
        }

        assertThat(found().kind()).isEqualTo(Kind.DAY_OF_MONTH);
        assertThat(found().value()).isEqualTo(31);
        // Due on 10 February 2027: the last of February is a Sunday.
        assertThat(expected("2027-02-10").on()).isEqualTo("2027-03-01");
    }

    @Test
    void who_pays_on_fridays() {
        LocalDate friday = LocalDate.of(2026, 1, 9);
        int[] early = {1, 6, 3, 10, 5, 0, 12, 4, 8, 2};
        for (int i = 0; i < 10; i++) {
            LocalDate on = friday.plusWeeks(2L * i);
            pays(on.minusDays(early[i]), on);
        }

        PaymentPattern pattern = found();

        assertThat(pattern.kind()).isEqualTo(Kind.WEEKDAY);
        assertThat(pattern.value()).isEqualTo(DayOfWeek.FRIDAY.getValue());
        assertThat(pattern.payments()).isEqualTo(10);
        assertThat(pattern.sharePercent()).isEqualTo(100);
        // A Friday, and the working day after it.
        assertThat(expected("2026-07-07")).isEqualTo(expected("2026-07-10", "2026-07-13"));
    }

    @Test
    void who_always_pays_ten_days_after_due() {
        for (int i = 0; i < 8; i++) {
            LocalDate due = LocalDate.of(2025, 9, 1).plusMonths(i).withDayOfMonth(DUE_DAYS[i]);
            pays(due, working(due.plusDays(10)));
        }

        PaymentPattern pattern = found();

        assertThat(pattern)
                .isEqualTo(new PaymentPattern(customer, Kind.DAYS_AFTER_DUE, 10, 0, 100, 90, 8, 1, TODAY)); // 9 of 10
        assertThat(expected("2026-07-01")).isEqualTo(expected("2026-07-13", "2026-07-14")); // the 11th is a Saturday
        assertThat(profiles.profile(customer).payDay()).isEqualTo(10);
    }

    @Test
    void who_pays_on_the_due_date_itself_has_no_other_pattern() {
        // Everything is due on a 15th: a day of the month too, but the due dates explain it.
        for (int i = 0; i < 12; i++) {
            LocalDate due = LocalDate.of(2025, 7, 15).plusMonths(i);
            pays(due, working(due));
        }

        assertThat(found().kind()).isEqualTo(Kind.DAYS_AFTER_DUE);
        assertThat(found().value()).isZero();
    }

    @Test
    void who_pays_before_due_has_a_negative_number_of_days() {
        for (int i = 0; i < 8; i++) {
            LocalDate due = LocalDate.of(2025, 9, 1).plusMonths(i).withDayOfMonth(DUE_DAYS[i]);
            pays(due, working(due.minusDays(12)));
        }

        assertThat(found().value()).isEqualTo(-12);
        assertThat(expected("2026-07-27").on()).isEqualTo("2026-07-15");
    }

    @Test
    void invoices_that_are_due_on_one_day_make_no_pattern_of_payments_around_some_day_later() {
        // Due on the first, paid 4 to 16 days later: mostly between the 5th and the 17th, as they must be.
        int[] lags = {4, 9, 15, 6, 12, 10, 16, 8, 11, 5, 13, 9};
        for (int i = 0; i < 12; i++) {
            LocalDate due = LocalDate.of(2025, 7, 1).plusMonths(i);
            pays(due, working(due.plusDays(lags[i])));
        }

        assertThat(foundNone()).isTrue();
        assertThat(profiles.profile(customer).facts())
                .containsEntry("payPattern", null)
                .containsEntry("payDay", null)
                .containsEntry("patternConfidence", null);
    }

    @Test
    void an_invoice_that_is_due_after_the_pay_day_waits_for_the_next_one() {
        paysOnThe25th(12);
        found();

        assertThat(expected("2026-07-20")).isEqualTo(expected("2026-07-27", "2026-07-28")); // the 25th is a Saturday
        assertThat(expected("2026-07-27").on()).isEqualTo("2026-07-27");
        assertThat(expected("2026-07-28").on()).isEqualTo("2026-08-25");
        assertThat(patterns.of(customer).orElseThrow().next(LocalDate.of(2026, 7, 29), "NL", calendar))
                .isEqualTo(expected("2026-08-25", "2026-08-26"));
    }

    @Test
    void who_pays_with_the_run_before_due_is_expected_there() {
        // On the 5th everything that is due until the end of the month.
        int[] due = {28, 12, 9, 24, 17, 30, 6, 21, 26, 8, 14, 19};
        for (int i = 0; i < 12; i++) {
            LocalDate on = LocalDate.of(2025, 7, 5).plusMonths(i);
            pays(on.withDayOfMonth(Math.min(due[i], on.lengthOfMonth())), working(on));
        }

        PaymentPattern pattern = found();

        assertThat(pattern.kind()).isEqualTo(Kind.DAY_OF_MONTH);
        assertThat(pattern.value()).isEqualTo(5);
        // The 30th is paid on the 5th before it, and the 6th too: at least 25, less than 32 days before.
        assertThat(pattern.offsetDays()).isEqualTo(-25);
        assertThat(expected("2026-08-30").on()).isEqualTo("2026-08-05");
        assertThat(expected("2026-08-06").on()).isEqualTo("2026-08-05");
    }

    @Test
    void a_habit_that_was_given_up_is_none() {
        paysOnThe25th(10);
        assertThat(found().payments()).isEqualTo(10);

        // 10 of 14 would do; but of the latest six there are only two.
        pays(LocalDate.of(2026, 4, 20), LocalDate.of(2026, 5, 7));
        pays(LocalDate.of(2026, 5, 7), LocalDate.of(2026, 5, 15));
        pays(LocalDate.of(2026, 6, 2), LocalDate.of(2026, 6, 4));
        assertThat(found().sharePercent()).isEqualTo(77); // 10 of 13, three of the latest six
        pays(LocalDate.of(2026, 6, 2), LocalDate.of(2026, 6, 16));

        assertThat(foundNone()).isTrue();
    }

    @Test
    void what_was_paid_more_than_two_years_ago_is_forgotten() {
        paysOnThe25th(12);

        assertThat(patterns.refresh(List.of(customer), TODAY.plusMonths(18))).isEqualTo(1); // six of them are left
        assertThat(patterns.of(customer).orElseThrow().payments()).isEqualTo(6);
        assertThat(patterns.refresh(List.of(customer), TODAY.plusMonths(20))).isEqualTo(1);
        assertThat(patterns.of(customer)).isEmpty();
    }

    @Test
    void as_of_a_day_in_the_past_nothing_later_is_seen() {
        paysOnThe25th(12);

        patterns.refresh(List.of(customer), LocalDate.of(2026, 1, 25));
        assertThat(patterns.of(customer).orElseThrow().payments())
                .isEqualTo(6); // July is the first, December the sixth
        patterns.refresh(List.of(customer), LocalDate.of(2025, 12, 25));
        assertThat(patterns.of(customer)).isEmpty();
    }

    @Test
    void withdrawn_credited_and_returned_invoices_show_no_habit() {
        for (int i = 0; i < 5; i++) {
            LocalDate on = payDay(i);
            long invoice = books.invoice(customer, on.minusDays(60), due(i), "100.00");
            switch (i % 3) {
                case 0 -> {
                    long payment = books.pay(invoice, on, "100.00");
                    books.allocate(invoice, payment, on.plusDays(40), "-100.00");
                    books.withdraw(invoice, on.plusDays(40));
                }
                case 1 -> books.credit(invoice, on, "100.00");
                default -> {
                    long payment = books.pay(invoice, on, "100.00");
                    books.allocate(invoice, payment, on.plusDays(3), "-100.00");
                    books.pay(invoice, on.plusDays(9 + i), "100.00");
                }
            }
        }
        assertThat(foundNone()).isTrue();

        paysOnThe25th(5, 12);
        assertThat(found().payments()).isEqualTo(8); // and the one that came for good at last
        assertThat(found().sharePercent()).isEqualTo(88); // 7 of 8
    }

    @Test
    void a_second_run_writes_nothing_and_the_whole_portfolio_comes_to_the_same() {
        paysOnThe25th(12);
        patterns.refreshRange(everybody(), TODAY);
        PaymentPattern pattern = patterns.of(customer).orElseThrow();

        assertThat(patterns.refreshRange(everybody(), TODAY)).isZero();
        assertThat(patterns.refresh(List.of(customer), TODAY.plusDays(1))).isZero();
        assertThat(patterns.of(customer)).contains(pattern);

        // Nobody else's pattern is touched when one customer loses theirs.
        assertThat(patterns.refresh(List.of(books.company(1, null)), TODAY)).isZero();
        assertThat(patterns.of(customer)).isPresent();
    }

    @Test
    void a_customer_who_was_merged_has_none() {
        paysOnThe25th(12);
        found();
        jdbc.sql("update customer set merged_into = :other where id = :id")
                .param("other", books.company(1, null))
                .param("id", customer)
                .update();

        profiles.refreshAll(TODAY);

        assertThat(patterns.of(customer)).isEmpty();
        assertThat(patterns.refresh(List.of(customer), TODAY)).isZero();
    }

    private void paysOnThe25th(int months) {
        paysOnThe25th(0, months);
    }

    /** Pays on the 25th from a month on, until before another; month 0 is July 2025. */
    private void paysOnThe25th(int from, int until) {
        for (int i = from; i < until; i++) {
            pays(due(i), payDay(i));
        }
    }

    private static LocalDate due(int month) {
        return YearMonth.of(2025, 7).plusMonths(month).atDay(Math.min(25, DUE_DAYS[month]));
    }

    private LocalDate payDay(int month) {
        return working(YearMonth.of(2025, 7).plusMonths(month).atDay(25));
    }

    private LocalDate working(LocalDate day) {
        return calendar.onOrAfter("NL", day);
    }

    private void pays(LocalDate due, LocalDate on) {
        long invoice = books.invoice(customer, (due.isBefore(on) ? due : on).minusDays(30), due, "100.00");
        books.pay(invoice, on, "100.00");
    }

    private PaymentPattern found() {
        profiles.refresh(List.of(customer), TODAY);
        return patterns.of(customer).orElseThrow(() -> new AssertionError("No pattern was found"));
    }

    private boolean foundNone() {
        profiles.refresh(List.of(customer), TODAY);
        return patterns.of(customer).isEmpty();
    }

    private Expected expected(String due) {
        return patterns.of(customer).orElseThrow().expected(LocalDate.parse(due), "NL", calendar);
    }

    private static Expected expected(String on, String lateAfter) {
        return new Expected(LocalDate.parse(on), LocalDate.parse(lateAfter));
    }

    private List<Long> everybody() {
        return jdbc.sql("select id from customer where merged_into is null order by id")
                .query(Long.class)
                .list();
    }
}
