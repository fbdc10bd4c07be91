package org.dunlin.dunning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.dunlin.dunning.Hold.Instalment;
import org.dunlin.dunning.Hold.Outcome;
import org.dunlin.platform.security.Groups;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is held is not chased; each hold ends by itself; and the ladder goes on where it stood. */
@DunlinTest
class HoldsTest {

    @Autowired
    Debtor debtor;

    @Autowired
    Timeline timeline;

    @Autowired
    Portfolio portfolio;

    @Autowired
    Slate slate;

    @Autowired
    CasesAtACall cases;

    @Autowired
    CaseRescue rescue;

    @Autowired
    Holds holds;

    @Autowired
    Pauses pauses;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    RuntimeService runtime;

    @Autowired
    TaskService tasks;

    @Autowired
    IdentityService identity;

    @BeforeEach
    void begin() {
        slate.clean();
        jdbc.sql("delete from repair").update();
        timeline.startOn(LocalDate.of(2026, 1, 5));
        debtor.of("NL", 30)
                .answers("callCustomer", Map.of("outcome", "refuses"))
                .answers("postLetters", Map.of("outcome", "allPosted"));
    }

    private static LocalDate day(int month, int day) {
        return LocalDate.of(2026, month, day);
    }

    private Hold only() {
        List<Hold> all = holds.ofCustomer(debtor.customer());
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private String number(long invoice) {
        return jdbc.sql("select number from invoice where id = :id")
                .param("id", invoice)
                .query(String.class)
                .single();
    }

    /** What came of holds; contacts are experiences too, and not what is looked at here. */
    private List<String> experiences() {
        return jdbc.sql(
                        """
                        select kind from customer_experience
                        where customer_id = :id and not kind ^@ 'CONTACT_' order by id
                        """)
                .param("id", debtor.customer())
                .query(String.class)
                .list();
    }

    private boolean held() {
        return jdbc.sql("select held_since is not null from dunning_case where customer_id = :id and state = 'OPEN'")
                .param("id", debtor.customer())
                .query(Boolean.class)
                .single();
    }

    @Test
    void a_promise_that_is_kept_ends_the_case_and_counts_for_the_customer() {
        long invoice = debtor.owes("400.00", day(1, 13));
        debtor.answers("callCustomer", Map.of("outcome", "willPay", "promiseDate", "2026-01-30"))
                .until(day(1, 29));
        assertThat(held()).isTrue();
        portfolio.pay(invoice, day(1, 30), "400.00");
        debtor.until(day(2, 20));

        assertThat(only().outcome()).isEqualTo(Outcome.KEPT);
        assertThat(debtor.cases().values()).containsExactly("CLOSED SETTLED");
        assertThat(debtor.diary())
                .containsExactly("2026-01-15 mail at rung 10", "2026-01-20 callCustomer for juniorCollectors");
        assertThat(experiences()).containsExactly("PROMISE_KEPT");
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKey("promise")
                        .count())
                .isZero();
    }

    @Test
    void a_case_stands_still_at_once_whoever_records_what_the_customer_said() {
        debtor.owes("400.00", day(1, 13));
        debtor.leaves("callCustomer").until(day(1, 20));
        identity.setAuthentication("tess", List.of(Groups.JUNIOR_COLLECTORS));
        try {
            tasks.complete(
                    tasks.createTaskQuery().singleResult().getId(),
                    Map.of("outcome", "willPay", "promiseDate", "2026-01-30"));
        } finally {
            identity.clearAuthentication();
        }
        timeline.settleDown();

        assertThat(only().raisedBy()).isEqualTo("tess");
        assertThat(held()).isTrue();
    }

    @Test
    void a_broken_promise_lets_the_next_rung_follow_on_the_working_day_after_it_was_judged() {
        debtor.owes("400.00", day(1, 13));
        // A Friday; Monday is the day of grace, on Tuesday morning it is judged.
        debtor.answers("callCustomer", Map.of("outcome", "willPay", "promiseDate", "2026-01-30"))
                .until(day(1, 30));
        debtor.leaves("callCustomer").until(day(2, 20));

        assertThat(only().outcome()).isEqualTo(Outcome.BROKEN);
        assertThat(debtor.diary())
                .containsExactly(
                        "2026-01-15 mail at rung 10",
                        "2026-01-20 callCustomer for juniorCollectors",
                        "2026-02-04 postLetters for mailroom",
                        "2026-02-11 callCustomer for juniorCollectors");
        assertThat(experiences()).startsWith("PROMISE_BROKEN");
    }

    @Test
    void less_than_was_promised_is_not_what_was_promised() {
        long invoice = debtor.owes("400.00", day(1, 13));
        debtor.answers(
                        "callCustomer",
                        Map.of("outcome", "willPay", "promiseDate", "2026-01-30", "promiseAmount", "300.00"))
                .until(day(1, 29));
        portfolio.pay(invoice, day(1, 29), "299.99");
        debtor.until(day(2, 3));
        assertThat(only().outcome()).isEqualTo(Outcome.BROKEN);
    }

    @Test
    void a_promised_part_that_came_is_kept_and_the_rest_is_followed_up_with_the_wait_that_was_left() {
        long invoice = debtor.owes("400.00", day(1, 13));
        debtor.answers(
                        "callCustomer",
                        Map.of("outcome", "willPay", "promiseDate", "2026-01-30", "promiseAmount", "300.00"))
                .until(day(1, 26));
        debtor.leaves("callCustomer");
        portfolio.pay(invoice, day(1, 26), "300.00");
        debtor.until(day(2, 10));
        assertThat(only().outcome()).isEqualTo(Outcome.KEPT);
        // The letter was due five working days after the call of 20 January, and stood still from that day on.
        assertThat(debtor.diary()).element(2).isEqualTo("2026-02-02 postLetters for mailroom");
    }

    @Test
    void what_is_promised_rests_and_the_other_invoices_are_chased() {
        long promised = debtor.owes("400.00", day(1, 13));
        debtor.owes("250.00", day(1, 13));
        debtor.until(day(1, 14));
        holds.raise(
                NewHold.promise(debtor.customer(), day(2, 27), null, "senior").naming(List.of(number(promised))));
        debtor.until(day(1, 28));

        assertThat(held()).isFalse();
        assertThat(debtor.diary())
                .containsExactly(
                        "2026-01-15 mail at rung 10",
                        "2026-01-20 callCustomer for juniorCollectors",
                        "2026-01-27 postLetters for mailroom");
        assertThat(jdbc.sql("select total from contact where customer_id = :id and channel = 'EMAIL'")
                        .param("id", debtor.customer())
                        .query(BigDecimal.class)
                        .single())
                .isEqualByComparingTo("250.00");
    }

    @Test
    void several_holds_on_some_invoices_pause_the_case_when_nothing_unheld_is_left_and_each_ends_by_itself() {
        long promised = debtor.owes("400.00", day(1, 13));
        long contested = debtor.owes("300.00", day(1, 13));
        long rest = debtor.owes("200.00", day(1, 13));
        debtor.until(day(1, 16));
        holds.raise(
                NewHold.promise(debtor.customer(), day(2, 6), null, "senior").naming(List.of(number(promised))));
        holds.raise(NewHold.dispute(debtor.customer(), List.of(number(contested)), "goods", null, "senior"));
        timeline.settleDown();
        assertThat(held()).as("200.00 may be chased").isFalse();
        debtor.until(day(1, 20));
        assertThat(debtor.diary()).last().isEqualTo("2026-01-20 callCustomer for juniorCollectors");

        portfolio.pay(rest, day(1, 20), "195.00");
        timeline.settleDown();
        assertThat(held()).as("5.00 is below the minimum").isTrue();

        // The dispute is rejected on Friday the 23rd: the case goes on with what was contested and the rest.
        debtor.until(day(1, 22))
                .answers("resolveDispute", Map.of("outcome", "rejected", "explanation", "Delivered, see the receipt."))
                .until(day(1, 23));
        assertThat(held()).isFalse();
        debtor.until(day(1, 30));
        assertThat(debtor.diary()).last().isEqualTo("2026-01-30 postLetters for mailroom");
        assertThat(letterSent()).contains("305.00").doesNotContain(number(promised), "705.00");

        // The promise is broken on Tuesday 10 February; the second call is about everything.
        debtor.leaves("callCustomer").until(day(2, 10));
        assertThat(tasks.getVariable(
                        tasks.createTaskQuery()
                                .taskDefinitionKey("callCustomer")
                                .singleResult()
                                .getId(),
                        "overdueText"))
                .isEqualTo("€705.00");
        assertThat(experiences()).containsExactly("DISPUTE_RAISED", "DISPUTE_REJECTED", "PROMISE_BROKEN");
    }

    private String letterSent() {
        return jdbc.sql("select body_text from contact where channel = 'LETTER' order by id desc limit 1")
                .query(String.class)
                .single();
    }

    @Test
    void a_case_that_stands_still_climbs_on_when_a_further_invoice_joins_it() {
        long promised = debtor.owes("400.00", day(1, 13));
        debtor.until(day(1, 14));
        holds.raise(
                NewHold.promise(debtor.customer(), day(2, 6), null, "senior").naming(List.of(number(promised))));
        timeline.settleDown();
        assertThat(held()).isTrue();
        debtor.owes("250.00", day(1, 14));
        debtor.until(day(1, 16));

        assertThat(debtor.cases()).hasSize(1);
        assertThat(held()).isFalse();
        assertThat(debtor.diary()).containsExactly("2026-01-16 mail at rung 10");
        assertThat(jdbc.sql("select total from contact").query(BigDecimal.class).single())
                .isEqualByComparingTo("250.00");
        assertThat(repairs()).as("nothing that had to be put right").isEmpty();
    }

    @Test
    void after_a_long_block_every_case_of_the_customer_goes_on_with_one_step_and_nothing_comes_in_a_burst() {
        debtor.owes("400.00", day(1, 13));
        debtor.until(day(1, 16));
        debtor.owes("250.00", day(1, 15));
        debtor.until(day(1, 19));
        assertThat(debtor.cases()).hasSize(2);
        holds.raise(NewHold.block(debtor.customer(), day(3, 6), "Their office has burnt down", "senior"));
        debtor.until(day(3, 18));

        assertThat(debtor.diary())
                .containsExactly(
                        "2026-01-15 mail at rung 10",
                        "2026-01-19 mail at rung 10",
                        // One working day of the first wait was left, three of the second; Friday 6 March was the last
                        // day.
                        "2026-03-10 callCustomer for juniorCollectors",
                        "2026-03-12 callCustomer for juniorCollectors",
                        "2026-03-17 postLetters for mailroom");
    }

    @Test
    void money_that_comes_on_the_day_of_grace_keeps_a_promise() {
        long invoice = debtor.owes("400.00", day(1, 13));
        // Promised for a Friday, received on Monday.
        debtor.answers("callCustomer", Map.of("outcome", "willPay", "promiseDate", "2026-01-30"))
                .until(day(2, 2));
        assertThat(only().isActive()).isTrue();
        portfolio.pay(invoice, day(2, 2), "400.00");
        assertThat(only().outcome()).isEqualTo(Outcome.KEPT);
        assertThat(experiences()).containsExactly("PROMISE_KEPT");
    }

    @Test
    void what_is_credited_or_withdrawn_before_the_promised_day_is_neither_kept_nor_broken() {
        long invoice = debtor.owes("400.00", day(1, 13));
        debtor.answers("callCustomer", Map.of("outcome", "willPay", "promiseDate", "2026-01-30"))
                .until(day(1, 21));
        portfolio.credit(invoice, day(1, 21), "400.00");
        assertThat(only().outcome()).isEqualTo(Outcome.SETTLED);
        assertThat(debtor.cases().values()).containsExactly("CLOSED SETTLED");
        assertThat(experiences()).isEmpty();
    }

    @Test
    void a_block_stops_everything_until_its_last_day_and_what_was_left_of_the_wait_is_still_left() {
        debtor.owes("400.00", day(1, 13));
        debtor.until(day(1, 16));
        // Three working days after the mail of Thursday 15 January the call is due; two of them are left.
        holds.raise(NewHold.block(debtor.customer(), day(2, 4), "Their bookkeeper is ill", "senior"));
        debtor.until(day(2, 12));

        assertThat(only().outcome()).isEqualTo(Outcome.OVER);
        assertThat(debtor.diary())
                .containsExactly("2026-01-15 mail at rung 10", "2026-02-09 callCustomer for juniorCollectors");
    }

    @Test
    void a_case_stands_still_until_the_last_of_several_holds_is_over() {
        debtor.owes("400.00", day(1, 13));
        debtor.until(day(1, 16));
        Hold block = holds.raise(NewHold.block(debtor.customer(), day(2, 4), "Talks", "senior"));
        Hold promise = holds.raise(NewHold.promise(debtor.customer(), day(2, 12), null, "senior"));
        debtor.until(day(2, 10));
        assertThat(holds.get(block.id()).outcome()).isEqualTo(Outcome.OVER);
        assertThat(held()).isTrue();
        holds.withdraw(promise.id(), "senior", "Recorded for the wrong customer");
        debtor.until(day(2, 20));

        assertThat(held()).isFalse();
        assertThat(debtor.diary())
                .containsExactly(
                        "2026-01-15 mail at rung 10",
                        "2026-02-12 callCustomer for juniorCollectors",
                        "2026-02-19 postLetters for mailroom");
        assertThat(experiences()).isEmpty();
    }

    @Test
    void an_open_call_disappears_with_a_hold_and_comes_back_after_it() {
        debtor.owes("400.00", day(1, 13));
        debtor.leaves("callCustomer").until(day(1, 21));
        assertThat(tasks.createTaskQuery()
                        .active()
                        .taskDefinitionKey("callCustomer")
                        .count())
                .isEqualTo(1);
        holds.raise(NewHold.block(debtor.customer(), day(1, 28), "Talks", "senior"));
        timeline.settleDown();
        assertThat(tasks.createTaskQuery()
                        .active()
                        .taskDefinitionKey("callCustomer")
                        .count())
                .isZero();
        debtor.until(day(1, 29));
        assertThat(tasks.createTaskQuery()
                        .active()
                        .taskDefinitionKey("callCustomer")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void a_ladder_that_is_entered_during_a_hold_stands_still_at_once_and_goes_on_after_it() {
        timeline.startOn(CasesAtACall.TUESDAY);
        CasesAtACall.Case entering = cases.opened(portfolio.creditor("NL"));
        Hold block = holds.raise(NewHold.block(entering.customer(), day(2, 4), "Talks", "senior"));
        cases.run(entering, "pauseLadder");
        cases.run(entering, "scoreAndChooseLadder");
        assertThat(cases.job(entering, "waitBeforeCall").isSuspended()).isTrue();
        assertThat(runtime.createProcessInstanceQuery()
                        .rootProcessInstanceId(entering.frame())
                        .suspended()
                        .count())
                .isEqualTo(1);

        holds.withdraw(block.id(), "senior", null);
        timeline.settleDown();
        assertThat(cases.job(entering, "waitBeforeCall").isSuspended()).isFalse();
        timeline.passUntil(day(1, 21));
        assertThat(cases.call(entering)).isNotNull();
    }

    @Test
    void a_case_that_is_started_again_during_a_hold_comes_to_a_stop_again() {
        timeline.startOn(CasesAtACall.TUESDAY);
        CasesAtACall.Case stopped = cases.onItsLadder(portfolio.creditor("NL"));
        holds.raise(NewHold.block(stopped.customer(), day(2, 4), "Talks", "senior"));
        timeline.settleDown();

        rescue.startAgain(stopped.id());
        timeline.settleDown();
        assertThat(jdbc.sql("select held_since is not null from dunning_case")
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKey("standard")
                        .list())
                .singleElement()
                .matches(ladder -> ladder.isSuspended());
    }

    @Test
    void payment_in_full_ends_a_case_that_stands_still_and_its_holds() {
        long invoice = debtor.owes("400.00", day(1, 13));
        debtor.until(day(1, 16));
        holds.raise(NewHold.promise(debtor.customer(), day(2, 12), null, "senior"));
        Hold block = holds.raise(NewHold.block(debtor.customer(), day(2, 20), "Talks", "senior"));
        timeline.settleDown();
        portfolio.pay(invoice, day(1, 16), "400.00");

        assertThat(debtor.cases().values()).containsExactly("CLOSED SETTLED");
        assertThat(holds.get(block.id()).isActive()).isTrue();
        debtor.until(day(2, 24));
        assertThat(holds.ofCustomer(debtor.customer()))
                .extracting(Hold::outcome)
                .containsExactly(Outcome.OVER, Outcome.KEPT);
        assertThat(runtime.createProcessInstanceQuery().count()).isZero();
    }

    @Test
    void a_plan_rests_while_it_is_kept_and_one_missed_instalment_breaks_it() {
        long invoice = debtor.owes("900.00", day(1, 13));
        debtor.until(day(1, 16));
        holds.raise(NewHold.plan(
                debtor.customer(),
                List.of(),
                PlanTerms.of(List.of(
                        new Instalment(day(2, 2), new BigDecimal("300.00")),
                        new Instalment(day(3, 2), new BigDecimal("300.00")),
                        new Instalment(day(4, 1), new BigDecimal("300.00")))),
                "senior"));
        debtor.until(day(1, 30));
        portfolio.pay(invoice, day(2, 2), "300.00");
        debtor.until(day(3, 2));
        assertThat(only().isActive()).isTrue();
        // Monday 2 March was missed, Tuesday is the day of grace, on Wednesday it is judged.
        debtor.until(day(3, 6));

        assertThat(only().outcome()).isEqualTo(Outcome.BROKEN);
        assertThat(debtor.diary())
                .containsExactly(
                        "2026-01-15 mail at rung 10",
                        // The plan in writing.
                        "2026-01-17 mail at rung 0",
                        "2026-03-05 callCustomer for juniorCollectors");
        assertThat(experiences()).containsExactly("PLAN_BROKEN");
    }

    @Test
    void a_plan_that_is_paid_to_its_end_is_kept_days_of_grace_included() {
        long invoice = debtor.owes("600.00", day(1, 13));
        debtor.until(day(1, 16));
        holds.raise(NewHold.plan(
                debtor.customer(),
                List.of(),
                PlanTerms.of(List.of(
                        new Instalment(day(1, 23), new BigDecimal("300.00")),
                        new Instalment(day(2, 2), new BigDecimal("300.00")))),
                "senior"));
        // Due on Friday the 23rd, received on Monday.
        debtor.until(day(1, 26));
        portfolio.pay(invoice, day(1, 26), "300.00");
        debtor.until(day(2, 2));
        assertThat(only().isActive()).isTrue();
        portfolio.pay(invoice, day(2, 2), "300.00");

        assertThat(only().outcome()).isEqualTo(Outcome.KEPT);
        assertThat(debtor.cases().values()).containsExactly("CLOSED SETTLED");
        debtor.until(day(2, 3));
        assertThat(debtor.diary()).containsExactly("2026-01-15 mail at rung 10", "2026-01-17 mail at rung 0");
        assertThat(jdbc.sql("select plans_kept from customer_profile where customer_id = :id")
                        .param("id", debtor.customer())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void a_promise_can_be_begun_by_its_form_for_some_invoices_and_a_part() {
        long invoice = debtor.owes("300.00", day(1, 2));
        debtor.owes("500.00", day(1, 2));
        runtime.startProcessInstanceByKey(
                "promise",
                Map.of(
                        "customerNumber",
                        customerNumber(),
                        "invoiceNumbers",
                        number(invoice),
                        "promiseDate",
                        "2026-02-02",
                        "promiseAmount",
                        "120.50"));
        assertThat(only().amount()).hasToString("EUR 120.50");
        assertThat(only().endsOn()).isEqualTo(day(2, 2));
        assertThat(only().invoices()).extracting(Hold.Covered::invoiceId).containsExactly(invoice);
        assertThat(runtime.getActiveActivityIds(only().processInstanceId())).containsExactly("waitForPromisedDay");
    }

    @Test
    void a_block_begun_by_its_form_says_who_decided_it_why_and_until_when() {
        debtor.owes("300.00", day(1, 2));
        identity.setAuthentication("sara", List.of("seniorCollectors"));
        try {
            runtime.startProcessInstanceByKey(
                    "block",
                    Map.of(
                            "customerNumber", customerNumber(),
                            "until", "2026-01-30",
                            "reason", "Talks about a new contract"));
        } finally {
            identity.clearAuthentication();
        }
        assertThat(only().raisedBy()).isEqualTo("sara");
        assertThat(only().reason()).isEqualTo("Talks about a new contract");
        assertThat(only().endsOn()).isEqualTo(day(1, 30));
        assertThat(only().coversAll()).isTrue();
        debtor.until(day(2, 3));
        assertThat(only().outcome()).isEqualTo(Outcome.OVER);
        assertThat(debtor.cases().values())
                .as("nothing was followed up meanwhile")
                .containsExactly("OPEN");
        assertThat(debtor.diary()).containsExactly("2026-02-03 mail at rung 10");
    }

    @Test
    void each_hold_is_a_process_of_its_own_that_stands_in_cockpit_under_the_number_of_the_case() {
        debtor.owes("400.00", day(1, 13));
        debtor.until(day(1, 14));
        holds.raise(NewHold.promise(debtor.customer(), day(2, 12), null, "senior"));
        holds.raise(NewHold.dispute(debtor.customer(), List.of(), "price", null, "senior"));
        holds.raise(NewHold.plan(
                debtor.customer(),
                List.of(),
                PlanTerms.equalParts(2, day(2, 2), Instalments.Rhythm.MONTHLY),
                "senior"));
        Hold block = holds.raise(NewHold.block(debtor.customer(), day(2, 4), "Talks", "senior"));

        String number = debtor.cases().keySet().iterator().next();
        for (Hold hold : holds.ofCustomer(debtor.customer())) {
            ProcessInstance process = runtime.createProcessInstanceQuery()
                    .processInstanceId(hold.processInstanceId())
                    .singleResult();
            assertThat(process.getBusinessKey()).isEqualTo(hold.id() == block.id() ? customerNumber() : number);
            assertThat(process.getProcessDefinitionId())
                    .startsWith(
                            switch (hold.kind()) {
                                case PROMISE -> "promise:";
                                case DISPUTE -> "dispute:";
                                case PLAN -> "paymentPlan:";
                                case BLOCK -> "block:";
                                case INSOLVENCY -> "insolvency:";
                            });
        }
        timeline.settleDown();
        assertThat(runtime.createExecutionQuery().activityId("released").count())
                .as("and the case shows that it stands still")
                .isEqualTo(1);
    }

    @Test
    void a_plan_asked_for_in_a_call_is_computed_and_a_senior_may_change_it() {
        debtor.owes("500.00", day(1, 13));
        debtor.owes("500.01", day(1, 13));
        debtor.owes("70.00", day(3, 13));
        debtor.answers(
                        "callCustomer",
                        Map.of(
                                "outcome", "paymentPlan",
                                "planParts", "3",
                                "planFirstDate", "2026-02-02",
                                "planRhythm", "monthly"))
                .until(day(1, 20));
        assertThat(only().instalments())
                .containsExactly(
                        new Instalment(day(2, 2), new BigDecimal("333.3300")),
                        new Instalment(day(3, 2), new BigDecimal("333.3300")),
                        new Instalment(day(4, 2), new BigDecimal("333.3500")));
        assertThat(held()).isTrue();

        debtor.answers("checkPlan", Map.of("outcome", "agree", "instalments", "2026-02-02 500,01\n2026-03-02 500.00\n"))
                .until(day(1, 21));
        assertThat(only().instalments()).extracting(Instalment::dueOn).containsExactly(day(2, 2), day(3, 2));
        assertThat(only().endsOn()).isEqualTo(day(3, 2));
        assertThat(debtor.diary())
                .containsExactly(
                        "2026-01-15 mail at rung 10",
                        "2026-01-20 callCustomer for juniorCollectors",
                        "2026-01-20 checkPlan for seniorCollectors",
                        "2026-01-21 mail at rung 0");
    }

    @Test
    void a_plan_that_a_senior_refuses_ends_and_the_ladder_goes_on() {
        debtor.owes("500.00", day(1, 13));
        debtor.answers(
                        "callCustomer",
                        Map.of(
                                "outcome", "paymentPlan",
                                "planParts", "2",
                                "planFirstDate", "2026-02-02",
                                "planRhythm", "weekly"))
                .answers("checkPlan", Map.of("outcome", "refuse", "note", "Too long"))
                .until(day(1, 28));
        assertThat(only().outcome()).isEqualTo(Outcome.WITHDRAWN);
        assertThat(debtor.diary())
                .contains("2026-01-27 postLetters for mailroom")
                .noneMatch(line -> line.contains("rung 0"));
    }

    @Test
    void a_plan_can_be_begun_by_its_form_for_everything_that_is_due() {
        debtor.owes("300.00", day(1, 2));
        debtor.owes("70.00", day(3, 13));
        runtime.startProcessInstanceByKey(
                "paymentPlan",
                Map.of(
                        "customerNumber", customerNumber(),
                        "planParts", "3",
                        "planFirstDate", "2026-02-02",
                        "planRhythm", "weekly"));
        assertThat(only().amount()).hasToString("EUR 300.00");
        assertThat(only().instalments())
                .extracting(Instalment::dueOn)
                .containsExactly(day(2, 2), day(2, 9), day(2, 16));
    }

    @Test
    void without_an_address_a_plan_and_the_result_of_a_dispute_go_out_by_letter_with_the_text_ready() {
        debtor.withoutEmail().owes("900.00", day(1, 13));
        holds.raise(NewHold.plan(
                debtor.customer(),
                List.of(number(debtor.owes("300.00", day(1, 2)))),
                PlanTerms.of(List.of(
                        new Instalment(day(2, 2), new BigDecimal("100.00")),
                        new Instalment(day(3, 2), new BigDecimal("200.00")))),
                "senior"));
        holds.raise(NewHold.dispute(
                debtor.customer(), List.of(number(debtor.owes("50.00", day(1, 2)))), "poNumber", null, "senior"));
        debtor.answers("resolveDispute", Map.of("outcome", "rejected", "explanation", "The number stands on page 2."))
                .until(day(1, 8));

        assertThat(letter("confirmPlanByLetter")).contains("200.00");
        assertThat(letter("tellCustomerByLetter")).contains("The number stands on page 2.");
        debtor.answers("tellCustomerByLetter", Map.of("outcome", "sent"))
                .answers("confirmPlanByLetter", Map.of("outcome", "sent", "letterText", "The plan, in other words."))
                .until(day(1, 9));
        Hold dispute = holds.ofCustomer(debtor.customer()).get(0);
        Hold plan = holds.ofCustomer(debtor.customer()).get(1);
        assertThat(dispute.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(experiences()).containsExactly("DISPUTE_RAISED", "DISPUTE_REJECTED");
        assertThat(runtime.getActiveActivityIds(plan.processInstanceId())).containsExactly("waitForInstalment");
        assertThat(plan.course().toldAt()).isEqualTo("2026-01-09T17:00:00Z");

        // What was posted stands in the log as it was posted.
        assertThat(posted(dispute)).isEqualTo("disputeRejected LETTER SENT at rung 0 on 2026-01-09");
        assertThat(postedText(dispute)).contains("Dorpsstraat 1", "The number stands on page 2.");
        assertThat(posted(plan)).isEqualTo("planAgreed LETTER SENT at rung 0 on 2026-01-09");
        assertThat(postedText(plan)).isEqualTo("The plan, in other words.");
    }

    private String posted(Hold hold) {
        return jdbc.sql(
                        """
                        select template || ' ' || channel || ' ' || state || ' at rung ' || rung || ' on ' || sent_at::date
                        from contact where hold_id = :id and channel = 'LETTER'
                        """)
                .param("id", hold.id())
                .query(String.class)
                .single();
    }

    private String postedText(Hold hold) {
        return jdbc.sql("select body_text from contact where hold_id = :id and channel = 'LETTER'")
                .param("id", hold.id())
                .query(String.class)
                .single();
    }

    private String letter(String task) {
        return (String) tasks.getVariable(
                tasks.createTaskQuery().taskDefinitionKey(task).singleResult().getId(), "letterText");
    }

    @Test
    void a_customer_who_is_insolvent_hears_nothing_until_a_senior_decides_to_write_off() {
        debtor.owes("900.00", day(1, 13));
        debtor.owes("100.00", day(2, 13));
        debtor.until(day(1, 16));
        runtime.startProcessInstanceByKey(
                "insolvency", Map.of("customerNumber", customerNumber(), "reason", "Register, file 12/345"));
        debtor.until(day(3, 2));
        assertThat(debtor.diary())
                .containsExactly("2026-01-15 mail at rung 10", "2026-01-17 decideOnInsolvency for seniorCollectors");

        debtor.answers("decideOnInsolvency", Map.of("outcome", "writeOff", "note", "Claim filed"))
                .until(day(3, 20));
        assertThat(debtor.cases().values()).contains("CLOSED WRITTEN_OFF").doesNotContain("CLOSED SETTLED");
        assertThat(only().outcome()).isEqualTo(Outcome.WRITTEN_OFF);
    }

    private String customerNumber() {
        return jdbc.sql("select number from customer where id = :id")
                .param("id", debtor.customer())
                .query(String.class)
                .single();
    }

    @Test
    void insolvency_that_was_averted_lets_the_case_climb_on() {
        debtor.owes("900.00", day(1, 13));
        debtor.until(day(1, 16));
        runtime.startProcessInstanceByKey(
                "insolvency", Map.of("customerNumber", customerNumber(), "reason", "A letter"));
        debtor.answers("decideOnInsolvency", Map.of("outcome", "wait", "lookAgainOn", "2026-02-02"))
                .until(day(2, 1));
        debtor.answers("decideOnInsolvency", Map.of("outcome", "goOn")).until(day(2, 10));
        assertThat(debtor.diary())
                .containsExactly(
                        "2026-01-15 mail at rung 10",
                        "2026-01-17 decideOnInsolvency for seniorCollectors",
                        "2026-02-02 decideOnInsolvency for seniorCollectors",
                        "2026-02-04 callCustomer for juniorCollectors");
    }

    @Test
    void the_daily_run_repairs_a_case_that_missed_a_signal() {
        debtor.owes("400.00", day(1, 13));
        debtor.until(day(1, 16));
        // As after a crash between table and engine: the hold is there, nobody was told.
        jdbc.sql(
                        """
                        insert into hold (number, kind, customer_id, creditor_id, covers_all, reason, starts_on, ends_on, state, raised_at)
                        values ('HX', 'BLOCK', :customer, :creditor, true, 'Talks', date '2026-01-16', date '2026-02-16', 'ACTIVE', now())
                        """)
                .param("customer", debtor.customer())
                .param("creditor", debtor.creditor())
                .update();
        debtor.until(day(1, 19));
        assertThat(held()).isTrue();
        jdbc.sql("update hold set state = 'ENDED', outcome = 'OVER', ended_at = now() where number = 'HX'")
                .update();
        debtor.until(day(1, 20));
        assertThat(held()).isFalse();
        assertThat(pauses.reconcile(100)).isZero();
        assertThat(repairs()).containsExactly("holdStartedAgain", "casePaused", "caseResumed");
    }

    @Test
    void the_daily_run_ends_a_hold_whose_result_nobody_noticed_and_says_so() {
        long invoice = debtor.owes("400.00", day(1, 13));
        debtor.until(day(1, 16));
        holds.raise(NewHold.promise(debtor.customer(), day(2, 12), new BigDecimal("300.00"), "senior"));
        timeline.settleDown();
        // As after a crash between ledger and engine.
        jdbc.sql(
                        """
                        with p as (
                            insert into payment (creditor_id, customer_id, number, received_on, currency, amount)
                            select creditor_id, customer_id, 'LOST', date '2026-01-16', currency, 300 from invoice where id = :id
                            returning id)
                        insert into allocation (invoice_id, payment_id, effective_on, amount)
                        select :id, p.id, date '2026-01-16', 300 from p
                        """)
                .param("id", invoice)
                .update();
        debtor.until(day(1, 19));

        assertThat(only().outcome()).isEqualTo(Outcome.KEPT);
        assertThat(held()).isFalse();
        assertThat(repairs()).containsExactly("holdEnded");
    }

    private List<String> repairs() {
        return jdbc.sql("select kind from repair order by id")
                .query(String.class)
                .list();
    }

    @Test
    void what_cannot_be_held_is_refused_with_the_field_and_what_to_do() {
        debtor.owes("400.00", day(1, 13));
        debtor.until(day(1, 14));
        assertThatThrownBy(() -> holds.raise(NewHold.promise(debtor.customer(), day(1, 13), null, "senior")))
                .isInstanceOf(InvalidOutcomeException.class)
                .hasMessageContaining("has passed");
        assertThatThrownBy(() -> holds.raise(NewHold.promise(debtor.customer(), day(6, 13), null, "senior")))
                .hasMessageContaining("more than 60 days away");
        assertThatThrownBy(() ->
                        holds.raise(NewHold.promise(debtor.customer(), day(1, 20), new BigDecimal("400.01"), "senior")))
                .hasMessageContaining("Only EUR 400.00 is open");
        assertThatThrownBy(() -> holds.raise(NewHold.dispute(debtor.customer(), List.of("NONE"), "price", null, "s")))
                .hasMessageContaining("Invoice NONE is not an open invoice of this customer");
        assertThatThrownBy(() -> holds.raise(NewHold.plan(
                        debtor.customer(),
                        List.of(),
                        PlanTerms.of(List.of(new Instalment(day(2, 2), new BigDecimal("300.00")))),
                        "senior")))
                .hasMessageContaining("add up to 300.00");
        assertThat(holds.ofCustomer(debtor.customer())).isEmpty();
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKeyIn("promise", "dispute", "paymentPlan")
                        .count())
                .isZero();
    }

    @Test
    void a_case_that_is_written_off_while_it_is_on_hold_leaves_nothing_behind() {
        debtor.of("NL", 300).hasPaid(day(1, 5), 0);
        long invoice = debtor.owes("400.00", day(1, 13));
        // They were chased for it before, up to the last step of their ladder: a senior has to decide at once.
        jdbc.sql(
                        """
                        with c as (
                            insert into dunning_case (number, creditor_id, customer_id, currency, state, outcome, opened_on, closed_on, rung,
                                                      first_contact_on, last_contact_at)
                            values ('D1', :creditor, :customer, 'EUR', 'CLOSED', 'SETTLED', '2026-01-02', '2026-01-02', 50,
                                    '2026-01-02', '2026-01-02') returning id)
                        insert into dunning_case_invoice (case_id, invoice_id, joined_on, left_on)
                        select id, :invoice, '2026-01-02', '2026-01-02' from c
                        """)
                .param("creditor", debtor.creditor())
                .param("customer", debtor.customer())
                .param("invoice", invoice)
                .update();
        debtor.until(day(1, 14));
        holds.raise(NewHold.dispute(debtor.customer(), List.of(number(invoice)), "price", null, "senior"));
        debtor.until(day(1, 15));
        assertThat(held()).isTrue();

        debtor.answers("decideNextStep", Map.of("outcome", "writeOff", "note", "Too small"))
                .until(day(1, 16));

        assertThat(debtor.diary()).contains("2026-01-14 decideNextStep for seniorCollectors");
        assertThat(debtor.cases().values()).containsExactly("CLOSED SETTLED", "CLOSED WRITTEN_OFF");
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKey("dunningCase")
                        .count())
                .isZero();
    }
}
