package org.dunlin.dunning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The calendars of the other ladders, and how ladders end. */
@DunlinTest
class LaddersTest {

    private static final LocalDate START = LocalDate.of(2026, 1, 30);
    private static final LocalDate DUE = LocalDate.of(2026, 2, 3);

    @Autowired
    Debtor debtor;

    @Autowired
    Timeline timeline;

    @Autowired
    Portfolio portfolio;

    @Autowired
    Slate slate;

    @Autowired
    RuntimeService runtime;

    @Autowired
    TaskService tasks;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void begin() {
        slate.clean();
        timeline.startOn(START);
        debtor.answers("callCustomer", Map.of("outcome", "refuses"))
                .answers("talkToCustomer", Map.of("outcome", "goOn"))
                .answers("postLetters", Map.of("outcome", "allPosted"))
                .answers("postRegisteredLetter", Map.of("outcome", "sent", "trackingNumber", "RR123456785NL"))
                .answers("noteReceipt", Map.of("outcome", "received"));
    }

    @Test
    void a_large_good_payer_is_called_first_and_gets_no_sharp_letter() {
        debtor.of("NL", 200).hasPaid(DUE, 0, "20000.00").owes("20000.00", DUE);

        debtor.until(LocalDate.of(2026, 3, 16));

        assertThat(debtor.ladder()).isEqualTo("keyAccount");
        assertThat(debtor.diary())
                .containsExactly(
                        "2026-02-05 callCustomer for seniorCollectors",
                        "2026-02-12 mail at rung 30",
                        "2026-02-19 callCustomer for seniorCollectors",
                        "2026-02-26 talkToCustomer for sales",
                        "2026-03-05 decideNextStep for seniorCollectors");
    }

    @Test
    void with_a_large_bad_payer_sales_steps_in_after_one_reminder() {
        debtor.of("NL", 200).hasPaid(DUE, 60).owes("20000.00", DUE);

        debtor.until(LocalDate.of(2026, 3, 16));

        assertThat(debtor.ladder()).isEqualTo("strict");
        assertThat(debtor.diary())
                .containsExactly(
                        "2026-02-05 mail at rung 10",
                        "2026-02-10 talkToCustomer for sales",
                        "2026-02-17 postRegisteredLetter for mailroom",
                        "2026-02-17 noteReceipt for mailroom",
                        "2026-02-24 confirmHandOver for seniorCollectors");
    }

    @Test
    void a_small_customer_gets_mails_only_until_the_hand_over() {
        debtor.of("NL", 5).owes("200.00", DUE);

        debtor.until(LocalDate.of(2026, 3, 16));

        assertThat(debtor.ladder()).isEqualTo("light");
        assertThat(debtor.diary())
                .containsExactly(
                        "2026-02-05 mail at rung 10",
                        "2026-02-16 mail at rung 30",
                        "2026-02-25 mail at rung 60",
                        "2026-03-06 confirmHandOver for seniorCollectors");
    }

    @Test
    void without_a_usable_address_the_reminder_becomes_a_letter_and_the_ladder_goes_on_from_there() {
        debtor.of("NL", 30).withoutEmail().owes("1000.00", DUE);

        debtor.until(LocalDate.of(2026, 2, 11));

        assertThat(debtor.diary())
                .containsExactly("2026-02-05 postLetters for mailroom", "2026-02-10 callCustomer for juniorCollectors");
    }

    @Test
    void an_exhausted_ladder_asks_a_senior_who_can_write_off_and_no_new_case_opens() {
        debtor.of("NL", 200).hasPaid(DUE, 0, "20000.00").owes("20000.00", DUE);
        debtor.answers("decideNextStep", Map.of("outcome", "writeOff", "note", "bankrupt"));

        debtor.until(LocalDate.of(2026, 3, 20));

        assertThat(debtor.cases().values()).containsExactly("CLOSED WRITTEN_OFF");
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKey("dunningCase")
                        .count())
                .isZero();
    }

    @Test
    void an_exhausted_ladder_that_is_started_again_begins_at_the_bottom_of_the_ladder_for_the_customer_of_today() {
        debtor.of("NL", 200).hasPaid(DUE, 0, "20000.00").owes("20000.00", DUE);
        debtor.until(LocalDate.of(2026, 3, 5));
        complete("decideNextStep", Map.of("outcome", "startAgain", "note", "new contact person"));
        timeline.settleDown();
        assertThat(caseRow()).isEqualTo("keyAccount at 0");

        debtor.until(LocalDate.of(2026, 3, 6));

        assertThat(debtor.cases().values()).containsExactly("OPEN");
        assertThat(debtor.diary())
                .containsExactly(
                        "2026-02-05 callCustomer for seniorCollectors",
                        "2026-02-12 mail at rung 30",
                        "2026-02-19 callCustomer for seniorCollectors",
                        "2026-02-26 talkToCustomer for sales",
                        "2026-03-05 decideNextStep for seniorCollectors",
                        "2026-03-06 callCustomer for seniorCollectors");
    }

    private String caseRow() {
        return jdbc.sql("select ladder || ' at ' || rung from dunning_case")
                .query(String.class)
                .single();
    }

    @Test
    void an_exhausted_ladder_that_goes_to_the_agency_is_confirmed_first_and_ends_with_what_the_agency_achieved() {
        debtor.of("NL", 200).hasPaid(DUE, 0, "20000.00").owes("20000.00", DUE);
        debtor.until(LocalDate.of(2026, 3, 5));
        complete("decideNextStep", Map.of("outcome", "agency", "note", "Agency X"));
        debtor.answers("confirmHandOver", Map.of("outcome", "handedOver", "note", "Agency X"))
                .until(LocalDate.of(2026, 3, 6))
                .onThisEvening();

        assertThat(debtor.diary())
                .endsWith(
                        "2026-03-05 decideNextStep for seniorCollectors",
                        "2026-03-06 confirmHandOver for seniorCollectors",
                        "2026-03-06 recordAgencyResult for seniorCollectors");
        assertThat(jdbc.sql("select handed_over_on from dunning_case")
                        .query(LocalDate.class)
                        .single())
                .isEqualTo("2026-03-06");
        complete("recordAgencyResult", Map.of("agencyOutcome", "collected", "amount", 20000));
        assertThat(debtor.cases().values()).containsExactly("CLOSED AGENCY_CONCLUDED");
        debtor.until(LocalDate.of(2026, 3, 10));
        assertThat(debtor.cases())
                .as("no new case while the money is on its way")
                .hasSize(1);
    }

    @Test
    void what_the_agency_collects_ends_the_case_and_what_it_returns_goes_to_a_senior() {
        debtor.of("NL", 5).owes("200.00", DUE);
        debtor.answers("confirmHandOver", Map.of("outcome", "handedOver", "note", "Agency X"));
        debtor.until(LocalDate.of(2026, 3, 10));
        assertThat(debtor.diary())
                .endsWith(
                        "2026-03-06 confirmHandOver for seniorCollectors",
                        "2026-03-07 recordAgencyResult for seniorCollectors");

        complete("recordAgencyResult", Map.of("agencyOutcome", "returned"));
        assertThat(tasks.createTaskQuery().taskDefinitionKey("decideNextStep").count())
                .isEqualTo(1);
        complete("decideNextStep", Map.of("outcome", "agency", "note", "another one"));
        timeline.settleDown();
        complete("confirmHandOver", Map.of("outcome", "handedOver", "note", "Please be quick"));
        timeline.settleDown();
        complete("recordAgencyResult", Map.of("agencyOutcome", "irrecoverable", "note", "Nothing there"));

        assertThat(debtor.cases().values()).containsExactly("CLOSED AGENCY_CONCLUDED");
        assertThat(tasks.createTaskQuery().count()).isZero();
    }

    @Test
    void a_hand_over_that_is_put_off_goes_back_to_a_senior() {
        debtor.of("NL", 5).owes("200.00", DUE);
        debtor.until(LocalDate.of(2026, 3, 6));
        complete("confirmHandOver", Map.of("outcome", "notYet", "note", "Talks to the owner first"));
        assertThat(tasks.createTaskQuery().singleResult().getTaskDefinitionKey())
                .isEqualTo("decideNextStep");
        assertThat(jdbc.sql("select handed_over_on is null from dunning_case")
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void payment_before_anybody_has_confirmed_the_hand_over_ends_the_case() {
        long invoice = debtor.of("NL", 5).owes("200.00", DUE);
        debtor.until(LocalDate.of(2026, 3, 6));
        assertThat(debtor.diary()).last().isEqualTo("2026-03-06 confirmHandOver for seniorCollectors");

        portfolio.pay(invoice, LocalDate.of(2026, 3, 6), "200.00");

        assertThat(debtor.cases().values()).containsExactly("CLOSED SETTLED");
        assertThat(tasks.createTaskQuery().count()).isZero();
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKeyIn("dunningCase", "light", "agency")
                        .count())
                .isZero();
    }

    @Test
    void payment_while_a_senior_decides_about_an_exhausted_ladder_ends_the_case() {
        long invoice = debtor.of("NL", 5).owes("200.00", DUE);
        debtor.answers("confirmHandOver", Map.of("outcome", "notYet")).until(LocalDate.of(2026, 3, 6));
        assertThat(tasks.createTaskQuery().singleResult().getTaskDefinitionKey())
                .isEqualTo("decideNextStep");

        portfolio.pay(invoice, LocalDate.of(2026, 3, 6), "200.00");

        assertThat(debtor.cases().values()).containsExactly("CLOSED SETTLED");
        assertThat(tasks.createTaskQuery().count()).isZero();
    }

    @Test
    void payment_while_the_agency_has_the_case_ends_it() {
        long invoice = debtor.of("NL", 5).owes("200.00", DUE);
        debtor.answers("confirmHandOver", Map.of("outcome", "handedOver", "note", "Agency X"));
        debtor.until(LocalDate.of(2026, 3, 10));

        portfolio.pay(invoice, LocalDate.of(2026, 3, 10), "200.00");

        assertThat(debtor.cases().values()).containsExactly("CLOSED SETTLED");
        assertThat(tasks.createTaskQuery().count()).isZero();
    }

    private void complete(String task, Map<String, Object> form) {
        tasks.complete(
                tasks.createTaskQuery().taskDefinitionKey(task).singleResult().getId(), form);
    }
}
