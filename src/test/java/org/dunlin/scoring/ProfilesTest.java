package org.dunlin.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

@DunlinTest
class ProfilesTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 6, 30);
    private static final LocalDate DUE = LocalDate.of(2026, 5, 10);

    @Autowired
    Profiles profiles;

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
    void of_a_customer_who_was_never_invoiced_only_master_data_is_known() {
        long bare = books.customer("CONSUMER", null, "  ", 77);

        CustomerProfile profile = profileOf(bare, TODAY);

        assertThat(profile.kind()).isEqualTo("CONSUMER");
        assertThat(profile.employees()).isNull();
        assertThat(profile.sector()).isNull();
        assertThat(profile.externalRating()).isEqualTo(77);
        assertThat(profile.currency()).isNull();
        assertThat(profile.monthsOfHistory()).isNull();
        assertThat(profile.invoicesPaid()).isZero();
        assertThat(profile.shareLatePercent()).isNull();
        assertThat(profile.meanDaysLate()).isNull();
        assertThat(profile.weightedDaysLate()).isNull();
        assertThat(profile.latenessTrend()).isNull();
        assertThat(profile.spreadDaysLate()).isNull();
        assertThat(profile.openAmount()).isZero();
        assertThat(profile.oldestOverdueDays()).isZero();
        assertThat(profile.meanOrderAmount()).isNull();
        assertThat(profile.ordersPerMonth()).isZero();
        assertThat(profile.turnover12Months()).isZero();
        assertThat(profile.disputedPercent()).isZero();
        assertThat(profile.creditUsePercent()).isNull();
        assertThat(profile.otherCurrencies()).isEmpty();
    }

    @Test
    void the_sector_is_known_in_lower_case_without_blanks() {
        assertThat(profileOf(books.company(1, " Government "), TODAY).sector()).isEqualTo("government");
    }

    @Test
    void recent_payments_weigh_four_older_ones_two_and_old_ones_one() {
        books.paid(customer, LocalDate.of(2026, 5, 22), LocalDate.of(2026, 6, 1), "100.00"); // 10 days late, weight 4
        books.paid(customer, LocalDate.of(2025, 4, 11), LocalDate.of(2025, 5, 1), "300.00"); // 20 days late, weight 2
        books.paid(customer, LocalDate.of(2022, 12, 1), LocalDate.of(2023, 1, 10), "600.00"); // 40 days late, weight 1

        CustomerProfile profile = profileOf(customer, TODAY);

        assertThat(profile.invoicesPaid()).isEqualTo(3);
        // (4×10 + 2×20 + 1×40) / (4 + 2 + 1)
        assertThat(profile.meanDaysLate()).isEqualByComparingTo("17.1");
        // (4×100×10 + 2×300×20 + 1×600×40) / (4×100 + 2×300 + 1×600)
        assertThat(profile.weightedDaysLate()).isEqualByComparingTo("25.0");
        assertThat(profile.shareLatePercent()).isEqualTo(100);
        assertThat(profile.monthsOfHistory()).isEqualTo(43); // since 1 November 2022
    }

    @Test
    void a_payment_of_exactly_a_year_ago_is_no_longer_among_the_last_twelve_months() {
        books.paid(customer, LocalDate.of(2025, 6, 20), LocalDate.of(2025, 6, 30), "100.00"); // 10 late, weight 2
        books.paid(customer, LocalDate.of(2025, 7, 1), LocalDate.of(2025, 7, 1), "100.00"); // in time, weight 4

        // 2×10 / (2 + 4)
        assertThat(profileOf(customer, TODAY).meanDaysLate()).isEqualByComparingTo("3.3");
        assertThat(profileOf(customer, TODAY).shareLatePercent()).isEqualTo(33);
    }

    @Test
    void who_pays_early_does_not_make_up_for_paying_late() {
        books.paid(customer, DUE, DUE.minusDays(20), "100.00");
        books.paid(customer, DUE, DUE.plusDays(20), "100.00");

        assertThat(profileOf(customer, TODAY).meanDaysLate()).isEqualByComparingTo("10.0");
        assertThat(profileOf(customer, TODAY).shareLatePercent()).isEqualTo(50);
    }

    @Test
    void an_invoice_is_paid_on_the_day_its_last_part_arrives() {
        long invoice = books.invoice(customer, DUE.minusDays(30), DUE, "100.00");
        books.pay(invoice, DUE, "90.00");
        books.pay(invoice, DUE.plusDays(12), "10.00");

        assertThat(profileOf(customer, DUE.plusDays(11)).invoicesPaid()).isZero();
        assertThat(profileOf(customer, DUE.plusDays(11)).openAmount()).isEqualByComparingTo("10");
        assertThat(profileOf(customer, DUE.plusDays(12)).invoicesPaid()).isEqualTo(1);
        assertThat(profileOf(customer, DUE.plusDays(12)).meanDaysLate()).isEqualByComparingTo("12.0");
        assertThat(profileOf(customer, DUE.plusDays(12)).openAmount()).isZero();
    }

    @Test
    void a_debit_that_was_returned_counts_from_the_day_the_money_came_for_good() {
        long invoice = books.invoice(customer, DUE.minusDays(30), DUE, "100.00");
        long returned = books.pay(invoice, DUE.minusDays(1), "100.00");
        books.allocate(invoice, returned, DUE.plusDays(3), "-100.00");
        books.pay(invoice, DUE.plusDays(25), "100.00");

        assertThat(profileOf(customer, DUE).meanDaysLate()).isEqualByComparingTo("0");
        assertThat(profileOf(customer, DUE.plusDays(5)).invoicesPaid()).isZero();
        assertThat(profileOf(customer, TODAY).meanDaysLate()).isEqualByComparingTo("25.0");
    }

    @Test
    void a_withdrawn_invoice_counts_for_nothing_from_its_day_on() {
        books.paid(customer, DUE.minusDays(10), DUE.minusDays(10), "100.00");
        long wrong = books.invoice(customer, DUE.minusDays(30), DUE, "700.00");
        books.dispute(wrong);
        books.withdraw(wrong, DUE.plusDays(3));

        CustomerProfile before = profileOf(customer, DUE.plusDays(2));
        assertThat(before.openAmount()).isEqualByComparingTo("700");
        assertThat(before.turnover12Months()).isEqualByComparingTo("800");
        assertThat(before.disputedPercent()).isEqualTo(50);
        CustomerProfile after = profileOf(customer, DUE.plusDays(3));
        assertThat(after.openAmount()).isZero();
        assertThat(after.overdueAmount()).isZero();
        assertThat(after.turnover12Months()).isEqualByComparingTo("100");
        assertThat(after.disputedPercent()).isZero();
        assertThat(after.shareLatePercent()).isZero();
    }

    @Test
    void correcting_which_payment_belongs_to_an_invoice_does_not_make_it_late() {
        long invoice = books.invoice(customer, DUE.minusDays(30), DUE, "100.00");
        long wrong = books.pay(invoice, DUE, "100.00");
        books.allocate(invoice, wrong, DUE.plusDays(40), "-100.00");
        books.pay(invoice, DUE.plusDays(40), "100.00");

        assertThat(profileOf(customer, TODAY).meanDaysLate()).isEqualByComparingTo("0");
        assertThat(profileOf(customer, TODAY).shareLatePercent()).isZero();
    }

    @Test
    void an_invoice_that_was_credited_in_full_says_nothing_about_paying() {
        long wrong = books.invoice(customer, DUE.minusDays(30), DUE, "100.00");
        books.credit(wrong, DUE.plusDays(40), "100.00");

        CustomerProfile profile = profileOf(customer, TODAY);

        assertThat(profile.invoicesPaid()).isZero();
        assertThat(profile.shareLatePercent()).isNull();
        assertThat(profile.turnover12Months()).isZero();
        assertThat(profile.openAmount()).isZero();
    }

    @Test
    void what_is_credited_in_part_and_paid_for_the_rest_is_paid() {
        long invoice = books.invoice(customer, DUE.minusDays(30), DUE, "100.00");
        books.credit(invoice, DUE.minusDays(5), "40.00");
        books.pay(invoice, DUE.plusDays(6), "60.00");

        CustomerProfile profile = profileOf(customer, TODAY);

        assertThat(profile.invoicesPaid()).isEqualTo(1);
        assertThat(profile.meanDaysLate()).isEqualByComparingTo("6.0");
        assertThat(profile.turnover12Months()).isEqualByComparingTo("60");
    }

    @Test
    void an_overdue_invoice_is_late_for_certain_but_counts_in_the_days_only_once_it_is_later_than_usual() {
        books.paid(customer, DUE, DUE.plusDays(20), "100.00"); // usually 20 days late
        LocalDate due = LocalDate.of(2026, 6, 1);
        books.invoice(customer, due.minusDays(30), due, "300.00");

        CustomerProfile afterTen = profileOf(customer, due.plusDays(10));
        assertThat(afterTen.shareLatePercent()).isEqualTo(100);
        assertThat(afterTen.meanDaysLate()).isEqualByComparingTo("20.0");
        assertThat(afterTen.oldestOverdueDays()).isEqualTo(10);

        CustomerProfile afterForty = profileOf(customer, due.plusDays(40));
        assertThat(afterForty.meanDaysLate()).isEqualByComparingTo("30.0"); // (20 + 40) / 2
        assertThat(afterForty.weightedDaysLate()).isEqualByComparingTo("35.0"); // (100×20 + 300×40) / 400
    }

    @Test
    void of_a_partly_paid_overdue_invoice_only_what_is_open_weighs() {
        books.paid(customer, DUE, DUE, "100.00");
        long half = books.invoice(customer, DUE.minusDays(30), DUE, "1000.00");
        books.pay(half, DUE, "700.00");

        // (100×0 + 300×40) / 400
        assertThat(profileOf(customer, DUE.plusDays(40)).weightedDaysLate()).isEqualByComparingTo("30.0");
    }

    @Test
    void a_disputed_invoice_is_overdue_but_not_held_against_the_customer_as_late() {
        long disputed = books.invoice(customer, DUE.minusDays(30), DUE, "250.00");
        books.dispute(disputed);
        books.invoice(customer, TODAY.minusDays(33), TODAY.minusDays(3), "50.00");
        books.invoice(customer, TODAY.minusDays(30), TODAY, "7.00");

        CustomerProfile profile = profileOf(customer, TODAY);

        assertThat(profile.openAmount()).isEqualByComparingTo("307");
        assertThat(profile.overdueAmount()).isEqualByComparingTo("300");
        assertThat(profile.overdueUndisputed()).isEqualByComparingTo("50");
        assertThat(profile.oldestOverdueDays()).isEqualTo(3);
        assertThat(profile.meanDaysLate()).isEqualByComparingTo("3.0");
        assertThat(profile.disputedPercent()).isEqualTo(33);
    }

    @Test
    void the_trend_compares_the_last_six_months_with_the_twelve_before() {
        paidLate("2024-12-30", 99); // a day too early to count
        paidLate("2024-12-31", 4);
        paidLate("2025-06-30", 8);
        paidLate("2025-12-30", 9); // mean 7
        paidLate("2025-12-31", 10);
        paidLate("2026-03-01", 14);

        assertThat(profileOf(customer, TODAY).latenessTrendDays())
                .as("only two in the last six months")
                .isNull();
        assertThat(profileOf(customer, TODAY).latenessTrend()).isNull();

        paidLate("2026-06-30", 12); // mean 12

        assertThat(profileOf(customer, TODAY).latenessTrendDays()).isEqualByComparingTo("5.0");
        assertThat(profileOf(customer, TODAY).latenessTrend()).isEqualTo("worsening");
        // The day before, both periods began a day earlier: (9 + 10 + 14) / 3 - (99 + 4 + 8) / 3
        assertThat(profileOf(customer, LocalDate.of(2026, 6, 29)).latenessTrendDays())
                .isEqualByComparingTo("-26.0");

        paidLate("2026-06-30", 8); // mean 11

        assertThat(profileOf(customer, TODAY).latenessTrendDays()).isEqualByComparingTo("4.0");
        assertThat(profileOf(customer, TODAY).latenessTrend()).isEqualTo("stable");
    }

    @Test
    void who_pays_earlier_than_before_improves() {
        for (String day : List.of("2025-03-01", "2025-04-01", "2025-05-01")) {
            paidLate(day, 20);
        }
        for (String day : List.of("2026-03-01", "2026-04-01", "2026-05-01")) {
            paidLate(day, 15);
        }

        assertThat(profileOf(customer, TODAY).latenessTrendDays()).isEqualByComparingTo("-5.0");
        assertThat(profileOf(customer, TODAY).latenessTrend()).isEqualTo("improving");
    }

    @Test
    void who_stopped_paying_gets_worse_without_having_paid_anything_late_while_one_mislaid_invoice_is_no_trend() {
        for (String day : List.of("2025-03-01", "2025-04-01", "2025-05-01", "2026-02-01", "2026-03-01", "2026-04-01")) {
            paidLate(day, 2);
        }
        LocalDate due = LocalDate.of(2026, 5, 31);
        books.invoice(customer, due.minusDays(30), due, "100.00");
        books.invoice(customer, due.minusDays(30), due, "100.00");

        assertThat(profileOf(customer, due.plusDays(30)).latenessTrend()).isEqualTo("stable");

        books.invoice(customer, due.minusDays(30), due, "100.00");

        assertThat(profileOf(customer, due.plusDays(2)).latenessTrend())
                .as("not later than usual yet")
                .isEqualTo("stable");
        // (2 + 2 + 2 + 30 + 30 + 30) / 6 - 2
        assertThat(profileOf(customer, due.plusDays(30)).latenessTrendDays()).isEqualByComparingTo("14.0");
        assertThat(profileOf(customer, due.plusDays(30)).latenessTrend()).isEqualTo("worsening");
    }

    @Test
    void the_spread_is_the_weighted_standard_deviation_of_the_days_late() {
        paidLate("2026-06-01", 10); // weight 4
        paidLate("2025-05-01", 20); // weight 2

        assertThat(profileOf(customer, TODAY).spreadDaysLate()).isNull();

        paidLate("2023-01-10", 40); // weight 1

        // √((4×100 + 2×400 + 1×1600) / 7 - (120 / 7)²) = √(400 - 293.88)
        assertThat(profileOf(customer, TODAY).spreadDaysLate()).isEqualByComparingTo("10.3");
    }

    @Test
    void disputes_of_long_ago_weigh_less() {
        books.dispute(books.paid(customer, LocalDate.of(2023, 1, 31), LocalDate.of(2023, 1, 31), "100.00")); // weight 1
        books.paid(customer, DUE, DUE, "100.00"); // weight 4

        assertThat(profileOf(customer, TODAY).disputedPercent()).isEqualTo(20);
    }

    @Test
    void orders_are_the_invoices_of_the_last_twelve_months() {
        books.invoice(customer, LocalDate.of(2024, 1, 1), LocalDate.of(2024, 1, 31), "9999.00");
        books.invoice(customer, LocalDate.of(2025, 6, 30), LocalDate.of(2025, 7, 30), "9999.00");
        books.invoice(customer, LocalDate.of(2025, 7, 1), LocalDate.of(2025, 7, 31), "100.00");
        books.invoice(customer, LocalDate.of(2026, 1, 1), LocalDate.of(2026, 1, 31), "200.00");
        long last = books.invoice(customer, LocalDate.of(2026, 6, 30), LocalDate.of(2026, 7, 30), "50.05");
        books.credit(last, LocalDate.of(2026, 6, 30), "20.00");

        CustomerProfile profile = profileOf(customer, TODAY);

        assertThat(profile.meanOrderAmount()).isEqualByComparingTo("116.68"); // 350.05 / 3
        assertThat(profile.ordersPerMonth()).isEqualByComparingTo("0.3"); // 3 / 12
        assertThat(profile.turnover12Months()).isEqualByComparingTo("330.05");
    }

    @Test
    void the_order_frequency_of_a_young_customer_is_taken_over_the_months_there_were() {
        books.invoice(customer, LocalDate.of(2026, 4, 15), DUE, "100.00");
        books.invoice(customer, LocalDate.of(2026, 5, 15), TODAY, "100.00");
        books.invoice(customer, LocalDate.of(2026, 6, 15), TODAY, "100.00");
        books.invoice(customer, LocalDate.of(2026, 6, 16), TODAY, "100.00");

        CustomerProfile profile = profileOf(customer, TODAY);

        assertThat(profile.monthsOfHistory()).isEqualTo(2);
        assertThat(profile.ordersPerMonth()).isEqualByComparingTo("1.3"); // 4 invoices in the third month
    }

    @Test
    void credit_use_is_what_is_open_in_the_currency_of_the_limit() {
        books.creditLimit(customer, "1000.00", "EUR");
        assertThat(profileOf(customer, TODAY).creditUsePercent()).isZero();

        books.invoice(customer, DUE.minusDays(30), DUE, "1204.00");
        books.invoice(customer, DUE.minusDays(30), DUE, "USD", "5000.00");
        assertThat(profileOf(customer, TODAY).creditUsePercent()).isEqualTo(120);

        books.creditLimit(customer, "0", "EUR");
        assertThat(profileOf(customer, TODAY).creditUsePercent()).isEqualTo(999);
    }

    @Test
    void amounts_are_in_the_currency_of_most_invoices_and_the_others_stand_apart() {
        books.invoice(customer, DUE.minusDays(30), DUE, "USD", "10.00");
        books.invoice(customer, DUE.minusDays(30), DUE, "USD", "20.00");
        books.dispute(books.invoice(customer, DUE.minusDays(30), DUE, "GBP", "9000.00"));

        CustomerProfile profile = profileOf(customer, TODAY);

        assertThat(profile.currency()).isEqualTo("USD");
        assertThat(profile.openAmount()).isEqualByComparingTo("30");
        assertThat(profile.turnover12Months()).isEqualByComparingTo("30");
        assertThat(profile.meanOrderAmount()).isEqualByComparingTo("15");
        assertThat(profile.otherCurrencies()).containsOnlyKeys("GBP");
        CustomerProfile.Elsewhere pounds = profile.otherCurrencies().get("GBP");
        assertThat(pounds.open()).isEqualByComparingTo("9000");
        assertThat(pounds.overdue()).isEqualByComparingTo("9000");
        assertThat(pounds.overdueUndisputed()).isZero();
        assertThat(pounds.turnover12Months()).isEqualByComparingTo("9000");
    }

    @Test
    void days_weighted_by_amount_are_taken_per_currency_and_then_by_number_of_invoices() {
        paidIn("EUR", "100.00", 10);
        paidIn("EUR", "300.00", 30); // (100×10 + 300×30) / 400 = 25
        paidIn("JPY", "900000", 40);

        // (2×25 + 1×40) / 3
        assertThat(profileOf(customer, TODAY).weightedDaysLate()).isEqualByComparingTo("30.0");
    }

    @Test
    void as_of_a_day_in_the_past_nothing_later_is_seen() {
        books.paid(customer, DUE.minusDays(60), DUE.minusDays(60), "100.00");
        long invoice = books.invoice(customer, DUE.minusDays(30), DUE, "500.00");
        books.invoice(customer, TODAY, TODAY.plusDays(30), "70.00");
        books.pay(invoice, DUE.plusDays(8), "500.00");

        CustomerProfile then = profileOf(customer, DUE.plusDays(3));
        assertThat(then.openAmount()).isEqualByComparingTo("500");
        assertThat(then.overdueUndisputed()).isEqualByComparingTo("500");
        assertThat(then.oldestOverdueDays()).isEqualTo(3);
        assertThat(then.invoicesPaid()).isEqualTo(1);
        assertThat(then.turnover12Months()).isEqualByComparingTo("600");

        CustomerProfile now = profileOf(customer, TODAY);
        assertThat(now.openAmount()).isEqualByComparingTo("70");
        assertThat(now.oldestOverdueDays()).isZero();
        assertThat(now.invoicesPaid()).isEqualTo(2);
        assertThat(now.turnover12Months()).isEqualByComparingTo("670");
    }

    @Test
    void a_second_run_on_the_same_day_writes_nothing() {
        books.paid(customer, DUE, DUE.plusDays(4), "100.00");
        books.invoice(customer, DUE.minusDays(30), DUE, "USD", "80.00");
        assertThat(profiles.refreshAll(TODAY)).isPositive();

        assertThat(profiles.refreshAll(TODAY)).isZero();
        assertThat(profiles.refresh(List.of(customer), TODAY)).isZero();
    }

    @Test
    void only_who_changed_is_written_and_since_when() {
        long quiet = books.company(5, null);
        books.paid(quiet, DUE, DUE, "100.00");
        books.paid(customer, DUE, DUE, "100.00");
        profiles.refresh(List.of(quiet, customer), TODAY);

        books.invoice(customer, TODAY, TODAY.plusDays(30), "10.00");
        assertThat(profiles.refresh(List.of(quiet, customer), TODAY.plusDays(1)))
                .isEqualTo(1);

        assertThat(profiles.profile(quiet).changedOn()).isEqualTo(TODAY);
        assertThat(profiles.profile(customer).changedOn()).isEqualTo(TODAY.plusDays(1));
    }

    @Test
    void the_whole_portfolio_and_a_part_of_it_come_to_the_same_facts() {
        books.creditLimit(customer, "400.00", "USD");
        books.paid(customer, DUE, DUE.plusDays(4), "100.00");
        long returned = books.invoice(customer, DUE.minusDays(30), DUE, "USD", "80.00");
        books.allocate(returned, books.pay(returned, DUE, "80.00"), DUE.plusDays(2), "-80.00");
        books.credit(books.invoice(customer, DUE.minusDays(3), DUE, "60.00"), TODAY, "15.00");
        books.dispute(books.invoice(customer, DUE.minusDays(2), DUE, "33.00"));

        profiles.refreshAll(TODAY);

        assertThat(profiles.refresh(List.of(customer), TODAY)).isZero();
        assertThat(profiles.profile(customer).openAmount()).isEqualByComparingTo("78"); // 45 + 33 EUR
        assertThat(profiles.profile(customer).creditUsePercent()).isEqualTo(20); // 80 of 400 USD
    }

    @Test
    void open_amounts_agree_with_the_one_definition_of_open() {
        long part = books.invoice(customer, DUE.minusDays(30), DUE, "100.00");
        books.pay(part, DUE.plusDays(1), "30.00");
        books.credit(part, DUE.plusDays(9), "5.00");
        books.paid(customer, DUE, DUE.plusDays(4), "100.00");
        books.invoice(customer, TODAY.minusDays(5), TODAY.plusDays(25), "12.34");

        for (LocalDate day : List.of(DUE, DUE.plusDays(1), DUE.plusDays(9), TODAY)) {
            BigDecimal open = jdbc.sql("select sum(open) from open_invoice(:day) where customer_id = :id")
                    .param("day", day)
                    .param("id", customer)
                    .query(BigDecimal.class)
                    .single();
            assertThat(profileOf(customer, day).openAmount()).as("%s", day).isEqualByComparingTo(open);
        }
    }

    @Test
    void before_the_first_refresh_there_is_no_profile() {
        assertThatThrownBy(() -> profiles.profile(customer)).isInstanceOf(EmptyResultDataAccessException.class);
    }

    private void paidLate(String on, int daysLate) {
        LocalDate day = LocalDate.parse(on);
        books.paid(customer, day.minusDays(daysLate), day, "100.00");
    }

    private void paidIn(String currency, String gross, int daysLate) {
        long invoice = books.invoice(customer, DUE.minusDays(30), DUE, currency, gross);
        books.pay(invoice, DUE.plusDays(daysLate), gross);
    }

    private CustomerProfile profileOf(long id, LocalDate asOf) {
        profiles.refresh(List.of(id), asOf);
        return profiles.profile(id);
    }
}
