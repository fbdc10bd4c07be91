package org.dunlin.dunning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.camunda.bpm.engine.RuntimeService;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.dunlin.dunning.Hold.Outcome;
import org.dunlin.dunning.LeftOut.Step;
import org.dunlin.receivables.CustomerKey;
import org.dunlin.receivables.CustomerMergeRow;
import org.dunlin.receivables.Ledger;
import org.dunlin.scoring.CreditStop;
import org.dunlin.scoring.CreditStops;
import org.dunlin.scoring.Experience;
import org.dunlin.scoring.Experiences;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was known and agreed of a customer is so of the one they turned out to be. */
@DunlinTest
class MergedCustomersTest {

    @Autowired
    Debtor debtor;

    @Autowired
    Timeline timeline;

    @Autowired
    Portfolio portfolio;

    @Autowired
    Slate slate;

    @Autowired
    Ledger ledger;

    @Autowired
    Holds holds;

    @Autowired
    CreditStops stops;

    @Autowired
    Experiences experiences;

    @Autowired
    LeftOut leftOut;

    @Autowired
    RuntimeService runtime;

    @Autowired
    JdbcClient jdbc;

    private long heir;
    private long gone;

    @BeforeEach
    void bothWereReminded() {
        slate.clean();
        timeline.startOn(day(1, 12));
        debtor.of("NL", 30).answers("callCustomer", Map.of("outcome", "refuses"));
        heir = debtor.customer();
        gone = portfolio.customer();
        debtor.owes("400.00", day(1, 13));
        portfolio.invoice(debtor.creditor(), gone, day(1, 13), "300.00");
        debtor.until(day(1, 16));
    }

    private static LocalDate day(int month, int day) {
        return LocalDate.of(2026, month, day);
    }

    @Test
    void a_running_promise_goes_on_for_its_invoices_only_and_counts_for_the_one_who_stays() {
        experiences.record(
                List.of(Experience.of(gone, Experience.Kind.PROMISE_KEPT, day(1, 2), Portfolio.unique("EARLIER"))));
        Hold promise = holds.raise(NewHold.promise(gone, day(1, 30), null, "senior"));
        timeline.settleDown();

        merge();
        debtor.onThisEvening();

        assertThat(holds.ofCustomer(heir)).extracting(Hold::number).containsExactly(promise.number());
        assertThat(holds.ofCustomer(gone)).isEmpty();
        assertThat(runtime.getVariable(promise.processInstanceId(), "customerId"))
                .isEqualTo(heir);
        debtor.until(day(2, 4));
        assertThat(holds.get(promise.id()).outcome()).isEqualTo(Outcome.BROKEN);
        assertThat(debtor.diary())
                // The message that the other one got belongs to the log of this one; it may be older than their own.
                .filteredOn(line -> !line.equals("2026-01-16 mail at rung 10"))
                .containsExactly(
                        "2026-01-15 mail at rung 10",
                        "2026-01-20 callCustomer for juniorCollectors",
                        "2026-01-27 postLetters for mailroom",
                        // Broken on Tuesday 3 February.
                        "2026-02-04 callCustomer for juniorCollectors");
        assertThat(jdbc.sql(
                                "select promises_kept || ' kept, ' || promises_broken || ' broken' from customer_profile where customer_id = :id")
                        .param("id", heir)
                        .query(String.class)
                        .single())
                .isEqualTo("1 kept, 1 broken");
    }

    @Test
    void a_block_of_the_one_stops_the_cases_of_both() {
        Hold block = holds.raise(NewHold.block(gone, day(1, 23), "Talks", "senior"));
        timeline.settleDown();
        assertThat(standingStill()).isEqualTo(1);

        merge();
        timeline.settleDown();

        assertThat(standingStill()).isEqualTo(2);
        debtor.until(day(1, 26));
        assertThat(holds.get(block.id()).outcome()).isEqualTo(Outcome.OVER);
        assertThat(standingStill()).isZero();
    }

    @Test
    void what_was_written_off_of_the_one_does_not_give_up_what_the_other_owes() {
        Hold insolvency = holds.raise(new NewHold(
                Hold.Kind.INSOLVENCY, gone, List.of(), null, null, null, "Register", null, null, null, "senior"));
        debtor.answers("decideOnInsolvency", Map.of("outcome", "writeOff")).onThisEvening();
        assertThat(holds.get(insolvency.id()).outcome()).isEqualTo(Outcome.WRITTEN_OFF);

        merge();
        debtor.until(day(1, 20));

        assertThat(debtor.cases().values()).containsExactlyInAnyOrder("OPEN", "CLOSED WRITTEN_OFF");
        assertThat(debtor.diary()).last().isEqualTo("2026-01-20 callCustomer for juniorCollectors");
    }

    @Test
    void credit_stops_hold_for_the_one_who_stays_and_one_per_reason_goes_on() {
        LocalDate today = timeline.today();
        stops.stopByHand(heir, "Until the end of the month", day(2, 1), null, "sara");
        stops.stopByHand(gone, "Waits for a guarantee", null, "By phone", "sem");
        policyStop(gone, "brokenPlan", day(1, 5), null);
        policyStop(gone, "longOverdue", day(1, 8), null);
        policyStop(gone, "beyondLimit", day(1, 2), day(1, 9));
        policyStop(heir, "longOverdue", day(1, 7), null);

        merge();

        assertThat(stops.inForce(gone)).isEmpty();
        assertThat(stops.history(gone)).isEmpty();
        assertThat(stops.inForce(heir))
                .extracting(CreditStop::reason, CreditStop::since)
                .containsExactly(
                        Tuple.tuple("brokenPlan", day(1, 5)),
                        Tuple.tuple("longOverdue", day(1, 7)),
                        Tuple.tuple("byHand", today));
        assertThat(stops.inForce(heir)).last().satisfies(stop -> {
            assertThat(stop.text()).as("the one that holds longest").isEqualTo("Waits for a guarantee");
            assertThat(stop.endsOn()).isNull();
            assertThat(stop.setBy()).isEqualTo("sem");
        });
        assertThat(stops.history(heir).stream().filter(stop -> stop.until() != null))
                .extracting(CreditStop::reason, CreditStop::until)
                .containsExactlyInAnyOrder(
                        Tuple.tuple("byHand", today),
                        Tuple.tuple("longOverdue", today),
                        Tuple.tuple("beyondLimit", day(1, 9)));
    }

    @Test
    void who_was_left_out_of_the_daily_run_is_the_one_who_stays_and_once() {
        leftOut.customer(Step.OPEN_CASE, gone, "No case for the one");
        leftOut.customer(Step.OPEN_CASE, heir, "No case for the other");
        Hold promise = holds.raise(NewHold.promise(gone, day(1, 30), null, "senior"));
        leftOut.hold(Step.END_HOLD, promise.id(), "Its process is broken");

        merge();

        assertThat(leftOut.entries(10))
                .extracting(LeftOut.Entry::customerId, LeftOut.Entry::error)
                .containsExactlyInAnyOrder(
                        Tuple.tuple(heir, "No case for the other"), Tuple.tuple(heir, "Its process is broken"));
    }

    private void policyStop(long customer, String reason, LocalDate since, LocalDate until) {
        jdbc.sql(
                        """
                        insert into credit_stop (customer_id, origin, reason, text, lifted_when, facts, since, until, lifted_because)
                        values (:customer, 'POLICY', :reason, 'As the policy says', 'When it says so', '{}', :since, :until,
                                case when cast(:until as date) is not null then 'It said so' end)
                        """)
                .param("customer", customer)
                .param("reason", reason)
                .param("since", since)
                .param("until", until)
                .update();
    }

    private void merge() {
        assertThat(ledger.mergeCustomers(List.of(new CustomerMergeRow(
                                CustomerKey.of(portfolio.customerNumber(gone)),
                                CustomerKey.of(portfolio.customerNumber(heir)))))
                        .problems())
                .isEmpty();
    }

    private long standingStill() {
        return jdbc.sql("select count(*) from dunning_case where state = 'OPEN' and held_since is not null")
                .query(Long.class)
                .single();
    }
}
