package org.dunlin.dunning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.IdentityLink;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.dunning.CasesAtACall.Case;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What follows from each outcome that the form of a call offers, on the evening of Tuesday 20 January 2026. */
@DunlinTest
class CallOutcomesTest {

    @Autowired
    CasesAtACall cases;

    @Autowired
    Portfolio portfolio;

    @Autowired
    Slate slate;

    @Autowired
    Holds holds;

    @Autowired
    TaskService tasks;

    @Autowired
    RuntimeService runtime;

    @Autowired
    IdentityService identity;

    @Autowired
    JdbcClient jdbc;

    private Case about;
    private String call;

    @BeforeEach
    void a_call_is_due() {
        slate.clean();
        cases.itIsTuesday();
        about = cases.calling(portfolio.creditor("NL"));
        call = cases.call(about);
    }

    @AfterEach
    void nobody_is_logged_in() {
        identity.clearAuthentication();
    }

    private Instant nextCall() {
        return cases.job(about, "waitForNextAttempt").getDuedate().toInstant();
    }

    private boolean waitsForTheNextAttempt() {
        return count("select count(*) from act_ru_execution where act_id_ = 'waitForNextAttempt'") > 0;
    }

    private boolean isOnTheNextRung() {
        return count("select count(*) from act_ru_execution where act_id_ = 'waitBeforeLetter'") > 0;
    }

    private long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    private List<String> noted() {
        return jdbc.sql("select kind || ' ' || outcome || coalesce(': ' || text, '') from dunning_note order by id")
                .query(String.class)
                .list();
    }

    private List<String> groups() {
        return tasks.getIdentityLinksForTask(cases.call(about)).stream()
                .map(IdentityLink::getGroupId)
                .toList();
    }

    @Test
    void who_wants_to_be_called_at_a_time_is_called_then_and_the_ladder_waits() {
        tasks.complete(call, Map.of("outcome", "callBack", "callAgainOn", "2026-01-22", "callAgainTime", "14:30"));

        // In January Amsterdam is an hour ahead.
        assertThat(nextCall()).isEqualTo(Instant.parse("2026-01-22T13:30:00Z"));
        assertThat(isOnTheNextRung()).isFalse();
        assertThat(noted()).containsExactly("CALL callBack");
        cases.run(about, "waitForNextAttempt");
        assertThat(cases.call(about)).isNotEqualTo(call);
    }

    @Test
    void without_a_time_they_are_called_in_the_morning() {
        tasks.complete(call, Map.of("outcome", "callBack", "callAgainOn", "2026-01-22"));
        assertThat(nextCall()).isEqualTo(Instant.parse("2026-01-22T07:00:00Z"));
    }

    @Test
    void who_asks_to_be_called_back_in_the_third_attempt_is() {
        for (int attempt = 1; attempt < 3; attempt++) {
            tasks.complete(cases.call(about), Map.of("outcome", "noAnswer"));
            cases.run(about, "waitForNextAttempt");
        }
        tasks.complete(cases.call(about), Map.of("outcome", "callBack", "callAgainOn", "2026-01-22"));
        assertThat(waitsForTheNextAttempt()).isTrue();
        cases.run(about, "waitForNextAttempt");

        tasks.complete(cases.call(about), Map.of("outcome", "noAnswer"));
        assertThat(waitsForTheNextAttempt()).isFalse();
        assertThat(isOnTheNextRung()).isTrue();
    }

    @Test
    void a_time_to_call_again_lies_on_a_working_day_ahead_within_the_policy() {
        for (String[] wrong : List.of(
                new String[] {"2026-01-24", "2026-01-24 is no working day; choose another one"},
                new String[] {"2026-01-19", "That time has passed; enter a later one"},
                new String[] {"2026-02-10", "That is more than 14 days away, the longest our policy allows"})) {
            assertThatThrownBy(() -> tasks.complete(call, Map.of("outcome", "callBack", "callAgainOn", wrong[0])))
                    .isInstanceOf(InvalidOutcomeException.class)
                    .hasMessage(wrong[1]);
        }
        assertThatThrownBy(() -> tasks.complete(call, Map.of("outcome", "callBack")))
                .hasMessage("Enter the day on which the customer wants to be called");
        assertThatThrownBy(() -> tasks.complete(
                        call, Map.of("outcome", "callBack", "callAgainOn", "2026-01-22", "callAgainTime", "half two")))
                .hasMessage("Write the time like 14:30");
        assertThat(noted()).isEmpty();
    }

    @Test
    void no_answer_is_tried_again_when_the_collector_noted_and_without_that_on_the_next_working_day() {
        tasks.complete(call, Map.of("outcome", "noAnswer", "callAgainOn", "2026-01-23", "callAgainTime", "09:15"));
        assertThat(nextCall()).isEqualTo(Instant.parse("2026-01-23T08:15:00Z"));
        cases.run(about, "waitForNextAttempt");

        tasks.complete(cases.call(about), Map.of("outcome", "noAnswer"));
        assertThat(nextCall()).isEqualTo(Instant.parse("2026-01-21T07:00:00Z"));
    }

    @Test
    void a_junior_hands_a_call_to_a_senior_who_has_it_at_once_and_keeps_it() {
        assertThat(groups()).containsExactly("juniorCollectors");
        tasks.complete(call, Map.of("outcome", "handToSenior", "note", "Threatens with a lawyer"));

        assertThat(groups()).containsExactly("seniorCollectors");
        assertThat(waitsForTheNextAttempt()).isFalse();
        assertThat(noted()).containsExactly("DECISION handToSenior: Threatens with a lawyer");
        // Nobody has spoken to the customer yet, and it counts as no attempt.
        assertThat(count("select count(*) from contact where channel = 'CALL'")).isZero();
        assertThat(tasks.getVariable(cases.call(about), "attempt")).isEqualTo(1);

        tasks.complete(cases.call(about), Map.of("outcome", "noAnswer"));
        cases.run(about, "waitForNextAttempt");
        assertThat(groups()).containsExactly("seniorCollectors");
    }

    @Test
    void a_senior_is_told_why() {
        assertThatThrownBy(() -> tasks.complete(call, Map.of("outcome", "handToSenior")))
                .isInstanceOf(InvalidOutcomeException.class)
                .hasMessage("Say what the senior collector needs to know");
        assertThat(groups()).containsExactly("juniorCollectors");
    }

    @Test
    void who_says_they_have_paid_says_how_they_can_show_it() {
        tasks.complete(
                call,
                Map.of(
                        "outcome", "saysPaid",
                        "paidOn", "2026-01-19",
                        "paymentProof", "Transfer 4711",
                        "note", "Will mail it"));
        assertThat(noted()).containsExactly("CALL saysPaid: Proof: Transfer 4711\nWill mail it");
        assertThat(isOnTheNextRung()).isTrue();
        assertThat(waitsForTheNextAttempt()).isFalse();
    }

    @Test
    void nobody_has_paid_on_a_day_to_come() {
        assertThatThrownBy(() -> tasks.complete(call, Map.of("outcome", "saysPaid", "paidOn", "2026-01-21")))
                .isInstanceOf(InvalidOutcomeException.class)
                .hasMessage("2026-01-21 is still to come; what will be paid is a promise");
    }

    @Test
    void the_instalments_that_were_gone_through_are_the_plan() {
        tasks.complete(
                call,
                Map.of(
                        "outcome", "paymentPlan",
                        "planParts", "2",
                        "planFirstDate", "2026-02-01",
                        "planRhythm", "monthly",
                        "instalments", "2026-02-02 150.00\n2026-02-16 250.00"));
        assertThat(holds.ofCustomer(about.customer())).singleElement().satisfies(plan -> assertThat(plan.instalments())
                .extracting(part -> part.dueOn() + " " + part.amount().setScale(2))
                .containsExactly("2026-02-02 150.00", "2026-02-16 250.00"));
    }

    @Test
    void invoices_are_named_as_they_are_written_blanks_and_all() {
        jdbc.sql("update invoice set number = 'R 12, 7' where id = :id")
                .param("id", about.invoice())
                .update();
        tasks.complete(call, Map.of("outcome", "disputes", "disputeReason", "price", "invoiceLines", "R 12, 7"));
        assertThat(holds.ofCustomer(about.customer())).singleElement().satisfies(dispute -> assertThat(
                        dispute.invoices())
                .extracting(Hold.Covered::number)
                .containsExactly("R 12, 7"));
    }
}
