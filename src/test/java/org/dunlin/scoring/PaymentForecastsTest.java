package org.dunlin.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.platform.calendar.WorkCalendar;
import org.dunlin.scoring.Lags.Estimate;
import org.dunlin.scoring.PaymentForecast.Basis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Open invoices of a Dutch creditor, in years of which no other test knows: what others do is what stands here. */
@DunlinTest
class PaymentForecastsTest {

    /** A Tuesday. */
    private static final LocalDate TODAY = LocalDate.of(1998, 6, 30);

    private static final int[] SCATTERED = {0, 30, 4, 22, 9, 17, 2, 26};

    @Autowired
    PaymentForecasts forecasts;

    @Autowired
    PaymentPatterns patterns;

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
        // Others are known from the last refresh of all: here nobody.
        jdbc.sql("delete from segment_lag").update();
    }

    @Test
    void with_nothing_known_the_due_date_is_expected_and_never_a_day_in_the_past_or_a_weekend() {
        long later = open("1998-07-15");
        long saturday = open("1998-07-18");
        long overdue = open("1998-05-04");

        assertThat(forecast(later)).isEqualTo(new PaymentForecast(later, day("1998-07-15"), Basis.DUE_DATE, TODAY));
        assertThat(forecast(saturday).expectedOn()).isEqualTo("1998-07-20");
        assertThat(forecast(overdue).expectedOn()).isEqualTo(TODAY);
        assertThat(forecast(overdue).basis()).isEqualTo(Basis.DUE_DATE);
    }

    @Test
    void the_middle_of_what_the_customer_took_is_expected_early_payments_included() {
        paid(-12, -9, 1);
        long invoice = open("1998-07-20");

        assertThat(forecast(invoice).basis()).isEqualTo(Basis.CUSTOMER_LAG);
        assertThat(forecast(invoice).expectedOn()).isEqualTo("1998-07-13"); // 9 days before is Saturday the 11th
    }

    @Test
    void what_is_open_longer_than_some_delays_is_expected_in_the_middle_of_the_longer_ones() {
        paid(0, 2, 4, 30, 40, 60);
        long young = open("1998-06-29");
        long old = open("1998-06-10"); // 20 days
        long oldest = open("1998-04-01"); // 90 days: they never took that long

        assertThat(forecast(young).expectedOn()).isEqualTo("1998-07-29"); // of 2, 4, 30, 40, 60 the third
        assertThat(forecast(old).expectedOn()).isEqualTo("1998-07-20"); // of 30, 40, 60 the second
        assertThat(forecast(oldest)).isEqualTo(new PaymentForecast(oldest, TODAY, Basis.DUE_DATE, TODAY));
    }

    @Test
    void of_whom_little_is_known_what_others_do_weighs_more() {
        others(7, 8, 9);
        paid(20);
        long invoice = open("1998-07-06");
        forecasts.refresh(List.of(customer), TODAY);

        // 5 payments' weight on 7, 8, 9 and 1 on 20: half of 6 is reached at 8 (1.67, 3.33).
        assertThat(forecast(invoice).basis()).isEqualTo(Basis.SEGMENT_LAG);
        assertThat(forecast(invoice).expectedOn()).isEqualTo("1998-07-14");

        paid(21, 22, 23, 24);
        // 5 and 5: the half is reached at 9.
        assertThat(forecast(invoice).basis()).isEqualTo(Basis.CUSTOMER_LAG);
        assertThat(forecast(invoice).expectedOn()).isEqualTo("1998-07-15");

        paid(25);
        // 6 of 11 are their own: 5.5 is reached at the first of them.
        assertThat(forecast(invoice).expectedOn()).isEqualTo("1998-07-27"); // the 26th is a Sunday
    }

    @Test
    void a_pattern_goes_before_everything_else() {
        payDays(0, 8);
        long invoice = open("1998-07-20");
        patterns.refresh(List.of(customer), TODAY);

        assertThat(forecast(invoice))
                .isEqualTo(new PaymentForecast(
                        invoice, day("1998-07-27"), Basis.PATTERN, TODAY)); // the 25th is a Saturday
    }

    @Test
    void what_was_not_paid_on_the_pay_day_waits_for_the_next_one() {
        payDays(0, 8);
        long invoice = open("1998-06-22");
        patterns.refresh(List.of(customer), TODAY);

        // The 25th, and late after Friday the 26th.
        assertThat(forecast(invoice, day("1998-06-26")).expectedOn()).isEqualTo("1998-06-26");
        assertThat(forecast(invoice, day("1998-06-27")).expectedOn()).isEqualTo("1998-07-27");
        assertThat(forecast(invoice, day("1998-06-27")).basis()).isEqualTo(Basis.PATTERN);
    }

    @Test
    void who_misses_their_number_of_days_after_due_is_judged_by_their_longer_delays() {
        paid(10, 10, 10, 10, 10, 10, 10, 10, 45);
        patterns.refresh(List.of(customer), TODAY);
        long invoice = open("1998-06-22");
        long missed = open("1998-06-08");

        assertThat(forecast(invoice)).isEqualTo(new PaymentForecast(invoice, day("1998-07-02"), Basis.PATTERN, TODAY));
        assertThat(forecast(missed).basis()).isEqualTo(Basis.CUSTOMER_LAG);
        assertThat(forecast(missed).expectedOn()).isEqualTo("1998-07-23"); // 45 days
    }

    @Test
    void only_what_is_open_has_a_forecast_and_only_changes_are_written() {
        long paid = open("1998-07-15");
        long part = open("1998-07-15");
        long withdrawn = open("1998-07-15");
        long credited = open("1998-07-15");
        long later = books.invoice(customer, TODAY.plusDays(1), day("1998-07-31"), "100.00");
        assertThat(forecasts.refresh(List.of(customer), TODAY)).isEqualTo(4);
        assertThat(forecasts.refresh(List.of(customer), TODAY)).isZero();

        books.pay(paid, TODAY.plusDays(1), "100.00");
        books.pay(part, TODAY.plusDays(1), "60.00");
        books.withdraw(withdrawn, TODAY.plusDays(1));
        books.credit(credited, TODAY.plusDays(1), "100.00");

        assertThat(forecasts.refresh(List.of(customer), TODAY)).isZero(); // not yet
        // Three are gone, one is new; what is expected of the fourth changes with the payment of the first.
        assertThat(forecasts.refresh(List.of(customer), TODAY.plusDays(1))).isEqualTo(5);
        assertThat(forecasts.of(List.of(paid, part, withdrawn, credited, later)).keySet())
                .containsExactlyInAnyOrder(part, later);
    }

    @Test
    void the_whole_portfolio_and_a_part_of_it_come_to_the_same() {
        others(3, 5, 8, 13);
        paid(2, 11);
        long invoice = open("1998-07-15");
        patterns.refreshRange(everybody(), TODAY);

        assertThat(forecasts.refreshAll(TODAY)).isPositive();

        assertThat(forecasts.refreshAll(TODAY)).isZero();
        assertThat(forecasts.refresh(List.of(customer), TODAY)).isZero();
        assertThat(forecasts.of(List.of(invoice))).containsKey(invoice);
        List<Long> open = jdbc.sql("select invoice_id from open_invoice(:day)")
                .param("day", TODAY)
                .query(Long.class)
                .list();
        assertThat(forecasts.of(open)).hasSameSizeAs(open);
        assertThat(jdbc.sql("select count(*) from payment_forecast")
                        .query(Integer.class)
                        .single())
                .isEqualTo(open.size());
    }

    @Test
    void what_a_segment_does_goes_before_what_everybody_does() {
        long invoice = open("1998-07-06");
        jdbc.sql("insert into segment_lag values ('', array[3]), ('C', array[30])")
                .update();
        assertThat(forecast(invoice).expectedOn()).isEqualTo("1998-07-09");

        jdbc.sql(
                        """
                        insert into customer_score (customer_id, since, score, segment, cell, behaviour, size, reason_ids, facts)
                        values (:id, date '1998-01-01', 20, 'C', 'x', 'poor', 'small', '{}', '{}')
                        """)
                .param("id", customer)
                .update();

        assertThat(forecast(invoice))
                .isEqualTo(new PaymentForecast(invoice, day("1998-08-05"), Basis.SEGMENT_LAG, TODAY));
    }

    @Test
    void quantiles_stand_for_equal_shares() {
        assertThat(Lags.of(9, 1, 3, 7, 5, 11).quantiles(3).days()).containsExactly(3, 7, 11);
        assertThat(Lags.of(2, 1).quantiles(3).days()).containsExactly(1, 2);
        assertThat(Lags.NONE.estimate(Lags.NONE, 5, 0)).isEmpty();
        assertThat(Lags.of(1, 2, 3, 4).estimate(Lags.NONE, 5, -30)).contains(new Estimate(2, Basis.CUSTOMER_LAG));
        assertThatThrownBy(() -> new ForecastProperties(24, 0, 50))
                .hasMessageContaining("others-weigh is above 0, not 0");
    }

    private void others(int... lags) {
        jdbc.sql("insert into segment_lag values ('', :lags)")
                .param("lags", java.util.Arrays.stream(lags).boxed().toArray(Integer[]::new))
                .update();
    }

    /** Each paid so many days after it was due, no two due on the same day of month or week. */
    private void paid(int... lags) {
        for (int i = 0; i < lags.length; i++) {
            LocalDate on = working(day("1997-09-03").plusDays(31L * i + SCATTERED[i % SCATTERED.length]));
            books.paid(customer, on.minusDays(lags[i]), on, "100.00");
        }
    }

    /** Paid on the 25th of so many months. */
    private void payDays(int from, int until) {
        for (int i = from; i < until; i++) {
            LocalDate on = day("1997-09-25").plusMonths(i);
            books.paid(customer, on.minusDays(SCATTERED[i % SCATTERED.length] % 29), working(on), "100.00");
        }
    }

    private long open(String due) {
        return books.invoice(customer, day(due).minusDays(60), day(due), "100.00");
    }

    private PaymentForecast forecast(long invoice) {
        return forecast(invoice, TODAY);
    }

    private PaymentForecast forecast(long invoice, LocalDate asOf) {
        forecasts.refresh(List.of(customer), asOf);
        return forecasts.of(List.of(invoice)).get(invoice);
    }

    private LocalDate working(LocalDate day) {
        return calendar.onOrAfter("NL", day);
    }

    private static LocalDate day(String day) {
        return LocalDate.parse(day);
    }

    private List<Long> everybody() {
        return jdbc.sql("select id from customer where merged_into is null order by id")
                .query(Long.class)
                .list();
    }
}
