package org.dunlin.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.receivables.CollectionCostRow;
import org.dunlin.receivables.CreditInsuranceRow;
import org.dunlin.receivables.CustomerKey;
import org.dunlin.receivables.CustomerMergeRow;
import org.dunlin.receivables.GrossMarginRow;
import org.dunlin.receivables.Ledger;
import org.dunlin.receivables.Money;
import org.dunlin.receivables.OpportunityRow;
import org.dunlin.receivables.OpportunityRow.Stage;
import org.dunlin.receivables.RegionRiskRow;
import org.dunlin.receivables.SectorRiskRow;
import org.dunlin.receivables.SignalRow;
import org.dunlin.receivables.Signals;
import org.dunlin.receivables.WriteResult;
import org.dunlin.receivables.WriteResult.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Facts that come from other systems than the ledger, against hand-computed figures. */
@DunlinTest
class SignalsTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 6, 30);
    private static final LocalDate A_YEAR_AGO = LocalDate.of(2025, 6, 30);

    @Autowired
    Signals signals;

    @Autowired
    Experiences experiences;

    @Autowired
    Ledger ledger;

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
    void of_a_customer_of_whom_nobody_said_anything_counts_are_zero_and_the_rest_is_unknown() {
        books.invoice(customer, TODAY.minusDays(30), TODAY, "100.00");

        CustomerProfile profile = profileOn(TODAY);

        assertThat(profile.ordersRefused()).isZero();
        assertThat(profile.complaints()).isZero();
        assertThat(profile.opportunities()).isZero();
        assertThat(profile.opportunityAmount()).isZero();
        assertThat(profile.insuredAmount()).isNull();
        assertThat(profile.insuredPercent()).isNull();
        assertThat(profile.regionRisk()).isNull();
        assertThat(profile.sectorRisk()).isNull();
        assertThat(profile.contacts12Months()).isZero();
        assertThat(profile.collectionCost12Months()).isZero();
        assertThat(profile.margin()).isNull();
        assertThat(profile.marginPercent()).isNull();
    }

    @Test
    void refused_orders_and_complaints_count_for_twelve_months_and_once_per_number() {
        String number = Portfolio.unique("ORDER");
        WriteResult first = signals.signals(List.of(
                signal(SignalRow.Kind.ORDER_REFUSED, number, A_YEAR_AGO.plusDays(1)),
                signal(SignalRow.Kind.COMPLAINT, number, TODAY),
                signal(SignalRow.Kind.ORDER_REFUSED, Portfolio.unique("ORDER"), TODAY),
                signal(SignalRow.Kind.ORDER_REFUSED, Portfolio.unique("ORDER"), A_YEAR_AGO),
                signal(SignalRow.Kind.ORDER_REFUSED, Portfolio.unique("ORDER"), TODAY.plusDays(1))));
        WriteResult again = signals.signals(List.of(
                signal(SignalRow.Kind.ORDER_REFUSED, number, A_YEAR_AGO.plusDays(1)),
                signal(SignalRow.Kind.COMPLAINT, number, TODAY.minusDays(1))));

        assertThat(first.outcomes()).containsOnly(Outcome.INSERTED).hasSize(5);
        assertThat(again.outcomes()).containsExactly(Outcome.UNCHANGED, Outcome.CHANGED);
        assertThat(profileOn(TODAY).ordersRefused()).isEqualTo(2);
        assertThat(profileOn(TODAY).complaints()).isEqualTo(1);
        assertThat(profileOn(TODAY.minusDays(2)).complaints()).isZero();
        assertThat(profileOn(TODAY.plusDays(1)).ordersRefused())
                .as("the first is a year ago, one more happened")
                .isEqualTo(2);
    }

    @Test
    void an_opportunity_stands_as_it_was_said_last_until_that_day() {
        books.invoice(customer, LocalDate.of(2026, 1, 5), TODAY, "100.00");
        String number = Portfolio.unique("OPP");
        signals.opportunities(List.of(
                opportunity(number, "2026-02-01", Stage.OPEN, eur("1000")),
                opportunity(number, "2026-03-01", Stage.OPEN, eur("1500")),
                opportunity(number, "2026-05-01", Stage.WON, eur("1400")),
                opportunity(Portfolio.unique("OPP"), "2026-02-15", Stage.OPEN, Money.of(new BigDecimal("700"), "USD")),
                opportunity(Portfolio.unique("OPP"), "2026-02-15", Stage.OPEN, null)));

        assertThat(profileOn(LocalDate.of(2026, 1, 31)).opportunities()).isZero();
        assertThat(profileOn(LocalDate.of(2026, 2, 28)).opportunities()).isEqualTo(3);
        assertThat(profileOn(LocalDate.of(2026, 2, 28)).opportunityAmount()).isEqualByComparingTo("1000");
        assertThat(profileOn(LocalDate.of(2026, 3, 1)).opportunityAmount()).isEqualByComparingTo("1500");
        assertThat(profileOn(LocalDate.of(2026, 5, 1)).opportunities()).isEqualTo(2);
        assertThat(profileOn(LocalDate.of(2026, 5, 1)).opportunityAmount()).isZero();
    }

    @Test
    void what_is_insured_is_compared_with_what_is_open_as_long_as_the_cover_lasts() {
        books.invoice(customer, LocalDate.of(2026, 1, 5), TODAY, "1200.00");
        String number = Portfolio.unique("COVER");
        signals.creditInsurances(List.of(
                insurance(number, "2026-02-01", "1000", "900", "2026-04-30"),
                insurance(number, "2026-04-01", "2000", "1800", "2026-05-31")));

        assertThat(profileOn(LocalDate.of(2026, 1, 31)).insuredAmount()).isNull();
        CustomerProfile february = profileOn(LocalDate.of(2026, 2, 1));
        assertThat(february.insurerLimit()).isEqualByComparingTo("1000");
        assertThat(february.insuredAmount()).isEqualByComparingTo("900");
        assertThat(february.insuredUntil()).isEqualTo("2026-04-30");
        assertThat(february.insuredPercent()).isEqualTo(75); // 900 of 1200
        assertThat(profileOn(LocalDate.of(2026, 4, 1)).insuredPercent()).isEqualTo(100);
        assertThat(profileOn(LocalDate.of(2026, 5, 31)).insuredAmount()).isEqualByComparingTo("1800");
        CustomerProfile june = profileOn(LocalDate.of(2026, 6, 1));
        assertThat(june.insuredAmount()).isZero();
        assertThat(june.insuredPercent()).isZero();
        assertThat(june.insuredUntil()).isNull();
    }

    @Test
    void covers_add_up_and_those_in_other_currencies_say_nothing() {
        long invoice = books.invoice(customer, LocalDate.of(2026, 1, 5), LocalDate.of(2026, 2, 4), "500.00");
        signals.creditInsurances(List.of(new CreditInsuranceRow(
                key(customer),
                Portfolio.unique("COVER"),
                LocalDate.of(2026, 1, 1),
                Money.of(new BigDecimal("9000"), "USD"),
                Money.of(new BigDecimal("9000"), "USD"),
                null,
                null)));
        assertThat(profileOn(TODAY).insuredPercent()).isNull();

        signals.creditInsurances(List.of(
                insurance(Portfolio.unique("COVER"), "2026-01-01", "100", "100", null),
                insurance(Portfolio.unique("COVER"), "2026-01-01", "50", "50", null)));
        assertThat(profileOn(TODAY).insuredPercent()).isEqualTo(30);

        books.pay(invoice, TODAY, "500.00");
        assertThat(profileOn(TODAY).insuredPercent()).as("nothing is open").isEqualTo(100);
    }

    @Test
    void the_risk_of_a_region_goes_before_that_of_its_country_and_both_have_their_day() {
        String sector = Portfolio.unique("Sector");
        jdbc.sql("update customer set country = 'LU', region = ' Nord', sector = :sector where id = :id")
                .param("sector", sector)
                .param("id", customer)
                .update();
        signals.regionRisks(List.of(
                new RegionRiskRow("LU", null, LocalDate.of(2026, 1, 1), 20),
                new RegionRiskRow("LU", "NORD ", LocalDate.of(2026, 3, 1), 40),
                new RegionRiskRow("LU", "Nord", LocalDate.of(2026, 5, 1), 60),
                new RegionRiskRow("LU", "Sud", LocalDate.of(2026, 1, 1), 99)));
        signals.sectorRisks(List.of(
                new SectorRiskRow(sector, LocalDate.of(2026, 1, 1), 30),
                new SectorRiskRow(sector, LocalDate.of(2026, 7, 1), 90)));

        assertThat(profileOn(LocalDate.of(2025, 12, 31)).regionRisk()).isNull();
        assertThat(profileOn(LocalDate.of(2026, 2, 28)).regionRisk()).isEqualTo(20);
        assertThat(profileOn(LocalDate.of(2026, 3, 1)).regionRisk()).isEqualTo(40);
        assertThat(profileOn(TODAY).regionRisk()).isEqualTo(60);
        assertThat(profileOn(TODAY).sectorRisk()).isEqualTo(30);
    }

    @Test
    void each_contact_costs_what_it_cost_on_its_day_in_the_currency_of_the_profile() {
        books.invoice(customer, LocalDate.of(2026, 1, 5), TODAY, "XCD", "1000.00");
        cost(CollectionCostRow.Kind.CONTACT_EMAIL, "2026-01-01", "0.10", "XCD");
        cost(CollectionCostRow.Kind.CONTACT_EMAIL, "2026-03-01", "0.20", "XCD");
        cost(CollectionCostRow.Kind.CONTACT_CALL, "2026-01-01", "6.00", "XCD");
        cost(CollectionCostRow.Kind.AGENCY_HAND_OVER, "2026-01-01", "75.00", "XCD");
        happened(Experience.Kind.CONTACT_EMAIL, "2026-02-28");
        happened(Experience.Kind.CONTACT_EMAIL, "2026-03-01");
        happened(Experience.Kind.CONTACT_CALL, "2026-03-10");
        happened(Experience.Kind.AGENCY_HAND_OVER, "2026-04-10");
        happened(Experience.Kind.PROMISE_KEPT, "2026-04-10");

        assertThat(profileOn(LocalDate.of(2026, 3, 31)).collectionCost12Months())
                .isEqualByComparingTo("6.30"); // 0.10 + 0.20 + 6.00
        assertThat(profileOn(TODAY).collectionCost12Months()).isEqualByComparingTo("81.30");
        assertThat(profileOn(TODAY).contacts12Months()).isEqualTo(4);

        happened(Experience.Kind.CONTACT_SMS, "2026-05-01");
        assertThat(profileOn(TODAY).collectionCost12Months())
                .as("nobody said what a text message costs in this currency")
                .isNull();
        assertThat(profileOn(TODAY).contacts12Months()).isEqualTo(5);
    }

    @Test
    void the_margin_is_gross_margin_on_turnover_less_the_cost_of_collection() {
        books.credit(books.invoice(customer, LocalDate.of(2026, 1, 5), TODAY, "XPF", "1000"), TODAY, "200");
        cost(CollectionCostRow.Kind.CONTACT_LETTER, "2026-01-01", "40", "XPF");
        happened(Experience.Kind.CONTACT_LETTER, "2026-05-01");
        assertThat(profileOn(TODAY).margin()).as("of no gross margin").isNull();

        margin(null, "2026-01-01", "25");
        assertThat(profileOn(TODAY).margin()).isEqualByComparingTo("160"); // 25 % of 800, less 40
        assertThat(profileOn(TODAY).marginPercent()).isEqualTo(20);

        margin(key(customer), "2026-06-01", "2.5");
        assertThat(profileOn(LocalDate.of(2026, 5, 31)).margin()).isEqualByComparingTo("210"); // 25 % of 1000, less 40
        assertThat(profileOn(TODAY).margin()).isEqualByComparingTo("-20"); // 2.5 % of 800, less 40
        assertThat(profileOn(TODAY).marginPercent()).isEqualTo(-3); // -2.5, half away from zero
        profiles.refreshAll(TODAY);
        assertThat(profiles.profile(customer).margin())
                .as("of the whole portfolio")
                .isEqualByComparingTo("-20");
        assertThat(profiles.refresh(List.of(customer), TODAY)).isZero();
    }

    @Test
    void everything_that_is_said_of_a_customer_who_turns_out_to_be_another_counts_for_the_other() {
        long old = customer;
        customer = books.company(30, "wholesale");
        books.invoice(customer, LocalDate.of(2026, 1, 5), TODAY, "1000.00");
        signals.signals(List.of(new SignalRow(
                SignalRow.Kind.COMPLAINT, key(old), Portfolio.unique("COMPLAINT"), TODAY, null, "Late again")));
        signals.creditInsurances(List.of(new CreditInsuranceRow(
                key(old), Portfolio.unique("COVER"), LocalDate.of(2026, 1, 1), eur("500"), eur("500"), null, null)));
        margin(key(old), "2026-01-01", "10");
        margin(key(old), "2026-02-01", "11");
        margin(key(customer), "2026-02-01", "20");

        ledger.mergeCustomers(List.of(new CustomerMergeRow(key(old), key(customer))));
        signals.signals(List.of(
                new SignalRow(SignalRow.Kind.COMPLAINT, key(old), Portfolio.unique("COMPLAINT"), TODAY, null, null)));

        assertThat(profileOn(TODAY).complaints()).isEqualTo(2);
        assertThat(profileOn(TODAY).insuredPercent()).isEqualTo(50);
        assertThat(profileOn(TODAY).margin())
                .as("what was said of the other itself")
                .isEqualByComparingTo("200");
        assertThat(profileOn(LocalDate.of(2026, 1, 31)).margin()).isEqualByComparingTo("100");
    }

    @Test
    void whom_nobody_knows_is_named() {
        WriteResult result = signals.grossMargins(List.of(
                new GrossMarginRow("NOBODY", null, TODAY, BigDecimal.TEN),
                new GrossMarginRow(creditor(), CustomerKey.of("NOBODY"), TODAY, BigDecimal.TEN),
                new GrossMarginRow(creditor(), null, TODAY, BigDecimal.TEN)));

        assertThat(result.outcomes()).containsExactly(Outcome.REJECTED, Outcome.REJECTED, Outcome.INSERTED);
        assertThat(result.problems())
                .extracting(problem -> problem.row() + " " + problem.field() + " " + problem.reason())
                .containsExactly("0 creditor unknown creditor", "1 customer unknown customer");
    }

    @Test
    void whatever_has_a_cost_can_happen_to_a_customer() {
        assertThat(Arrays.stream(Experience.Kind.values()).map(Enum::name))
                .containsAll(Arrays.stream(CollectionCostRow.Kind.values())
                        .map(Enum::name)
                        .toList());
    }

    private void cost(CollectionCostRow.Kind kind, String since, String amount, String currency) {
        signals.collectionCosts(List.of(
                new CollectionCostRow(kind, LocalDate.parse(since), Money.of(new BigDecimal(amount), currency))));
    }

    private void margin(CustomerKey whose, String since, String percent) {
        signals.grossMargins(
                List.of(new GrossMarginRow(creditor(), whose, LocalDate.parse(since), new BigDecimal(percent))));
    }

    private void happened(Experience.Kind kind, String on) {
        experiences.record(List.of(Experience.of(customer, kind, LocalDate.parse(on), Portfolio.unique("HAPPENED"))));
    }

    private SignalRow signal(SignalRow.Kind kind, String number, LocalDate on) {
        return new SignalRow(kind, key(customer), number, on, null, null);
    }

    private OpportunityRow opportunity(String number, String since, Stage stage, Money amount) {
        return new OpportunityRow(key(customer), number, LocalDate.parse(since), stage, amount);
    }

    private CreditInsuranceRow insurance(String number, String since, String limit, String covered, String until) {
        return new CreditInsuranceRow(
                key(customer),
                number,
                LocalDate.parse(since),
                eur(limit),
                eur(covered),
                until == null ? null : LocalDate.parse(until),
                "The insurer");
    }

    private static Money eur(String amount) {
        return Money.of(new BigDecimal(amount), "EUR");
    }

    private CustomerKey key(long id) {
        return CustomerKey.of(jdbc.sql("select number from customer where id = :id")
                .param("id", id)
                .query(String.class)
                .single());
    }

    private String creditor() {
        return jdbc.sql("select number from creditor where id = :id")
                .param("id", books.creditor())
                .query(String.class)
                .single();
    }

    private CustomerProfile profileOn(LocalDate asOf) {
        profiles.refresh(List.of(customer), asOf);
        return profiles.profile(customer);
    }
}
