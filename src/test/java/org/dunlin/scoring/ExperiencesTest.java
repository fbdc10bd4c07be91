package org.dunlin.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.receivables.Money;
import org.dunlin.scoring.CustomerScore.Reason;
import org.dunlin.scoring.Experience.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@DunlinTest
class ExperiencesTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 6, 30);

    @Autowired
    Experiences experiences;

    @Autowired
    Profiles profiles;

    @Autowired
    Scores scores;

    @Autowired
    Portfolio portfolio;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private Books books;
    private long customer;

    @BeforeEach
    void a_customer_who_pays_two_weeks_late() {
        books = new Books(jdbc, portfolio);
        customer = books.company(30, "wholesale");
        books.paid(customer, TODAY.minusDays(60), TODAY.minusDays(46), "100.00");
    }

    @Test
    void what_happened_in_the_last_twelve_months_is_counted_by_kind() {
        happened(Kind.PROMISE_KEPT, TODAY);
        happened(Kind.PROMISE_KEPT, LocalDate.of(2025, 7, 1));
        happened(Kind.PROMISE_BROKEN, TODAY);
        happened(Kind.PLAN_KEPT, TODAY);
        happened(Kind.PLAN_BROKEN, TODAY);
        for (int i = 0; i < 4; i++) {
            happened(Kind.DISPUTE_RAISED, TODAY);
        }
        happened(Kind.DISPUTE_ACCEPTED, TODAY);
        happened(Kind.DISPUTE_REJECTED, TODAY);
        happened(Kind.DISPUTE_REJECTED, TODAY);
        happened(Kind.DISPUTE_PAID, TODAY);
        // A year ago exactly, and tomorrow.
        happened(Kind.PLAN_BROKEN, LocalDate.of(2025, 6, 30));
        happened(Kind.PROMISE_BROKEN, TODAY.plusDays(1));

        CustomerProfile profile = profile();

        assertThat(profile.promisesKept()).isEqualTo(2);
        assertThat(profile.promisesBroken()).isEqualTo(1);
        assertThat(profile.plansKept()).isEqualTo(1);
        assertThat(profile.plansBroken()).isEqualTo(1);
        assertThat(profile.disputesRaised()).isEqualTo(4);
        assertThat(profile.disputesAccepted()).isEqualTo(1);
        assertThat(profile.disputesRejected()).isEqualTo(2);
        assertThat(profile.disputesPaid()).isEqualTo(1);
        profiles.refreshAll(TODAY);
        assertThat(profiles.profile(customer)).as("of the whole portfolio").isEqualTo(profile);
    }

    @Test
    void the_same_thing_counts_once_per_kind_and_keeps_what_was_said_first() {
        String dispute = Portfolio.unique("DISPUTE");
        Experience raised = new Experience(
                customer, Kind.DISPUTE_RAISED, TODAY, dispute, null, Money.of(new BigDecimal("12.50"), "EUR"));
        Experience rejected = Experience.of(customer, Kind.DISPUTE_REJECTED, TODAY, dispute);

        assertThat(experiences.record(List.of(raised, rejected, raised))).isEqualTo(2);
        assertThat(experiences.record(
                        List.of(Experience.of(customer, Kind.DISPUTE_RAISED, TODAY.plusDays(3), dispute), rejected)))
                .isZero();

        assertThat(profile().disputesRaised()).isEqualTo(1);
        assertThat(profile().disputesRejected()).isEqualTo(1);
        assertThat(jdbc.sql(
                                """
                                select happened_on || ' ' || currency || ' ' || amount from customer_experience
                                where reference = :reference and amount is not null
                                """)
                        .param("reference", dispute)
                        .query(String.class)
                        .list())
                .containsExactly("2026-06-30 EUR 12.5000");
    }

    @Test
    void what_the_caller_takes_back_was_never_learnt() {
        String promise = Portfolio.unique("PROMISE");
        transaction.executeWithoutResult(status -> {
            experiences.record(List.of(Experience.of(customer, Kind.PROMISE_BROKEN, TODAY, promise)));
            status.setRollbackOnly();
        });

        assertThat(profile().promisesBroken()).isZero();
    }

    @Test
    void an_experience_without_reference_is_refused() {
        assertThatThrownBy(() -> Experience.of(customer, Kind.PROMISE_KEPT, TODAY, " "))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void who_keeps_promises_is_better_than_their_lateness_says_and_who_breaks_them_worse() {
        int before = score().score();

        happened(Kind.PROMISE_KEPT, TODAY);
        happened(Kind.PROMISE_KEPT, TODAY);
        assertThat(score().score()).isEqualTo(before + 4);
        assertThat(score().reasons())
                .contains(new Reason(
                        "Promises kept less broken (12 months)",
                        "In the last year paid as promised, again and again",
                        8));

        for (int i = 0; i < 4; i++) {
            happened(Kind.PROMISE_BROKEN, TODAY);
        }
        assertThat(score().score()).isEqualTo(before - 4);

        happened(Kind.PLAN_BROKEN, TODAY);
        assertThat(score().score()).isEqualTo(before - 4 - 6);
        assertThat(score().reasons())
                .extracting(Reason::text)
                .contains(
                        "In the last year broke more promises to pay than were kept, by two or more",
                        "Broke a payment plan in the last year");
    }

    @Test
    void overdue_invoices_are_counted_in_whatever_currency_and_disputed_or_not() {
        books.invoice(customer, TODAY.minusDays(40), TODAY.minusDays(1), "10.00");
        books.invoice(customer, TODAY.minusDays(40), TODAY.minusDays(1), "USD", "10.00");
        books.dispute(books.invoice(customer, TODAY.minusDays(40), TODAY.minusDays(1), "10.00"));
        books.invoice(customer, TODAY.minusDays(40), TODAY, "10.00");

        assertThat(profile().overdueInvoices()).isEqualTo(3);
    }

    private void happened(Kind kind, LocalDate on) {
        experiences.record(List.of(Experience.of(customer, kind, on, Portfolio.unique("HAPPENED"))));
    }

    private CustomerProfile profile() {
        profiles.refresh(List.of(customer), TODAY);
        return profiles.profile(customer);
    }

    private CustomerScore score() {
        profile();
        scores.score(List.of(customer), TODAY);
        return scores.current(customer);
    }
}
