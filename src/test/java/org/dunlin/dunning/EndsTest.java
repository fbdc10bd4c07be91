package org.dunlin.dunning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.dunlin.dunning.Hold.Kind;
import org.dunlin.dunning.Hold.Outcome;
import org.dunlin.platform.engine.RefusedException;
import org.dunlin.platform.security.Groups;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What ends a case, whatever it is doing at that moment. */
@DunlinTest
class EndsTest {

    @Autowired
    Debtor debtor;

    @Autowired
    Timeline timeline;

    @Autowired
    Portfolio portfolio;

    @Autowired
    Slate slate;

    @Autowired
    Holds holds;

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
        timeline.startOn(day(1, 12));
        debtor.of("NL", 30);
    }

    private static LocalDate day(int month, int day) {
        return LocalDate.of(2026, month, day);
    }

    @ParameterizedTest
    @CsvSource({
        "PROMISE, KEPT, 0",
        "DISPUTE, SETTLED, 0",
        "PLAN, KEPT, 0",
        "BLOCK, , 1",
        "INSOLVENCY, , 1",
    })
    void payment_in_full_ends_a_case_under_a_hold_and_the_hold_unless_it_is_about_more(
            Kind kind, Outcome outcome, int processesLeft) {
        long invoice = debtor.owes("400.00", day(1, 13));
        debtor.until(day(1, 16));
        Hold hold = holds.raise(wanted(kind), false);
        timeline.settleDown();
        assertThat(standsStill()).isTrue();

        portfolio.pay(invoice, day(1, 16), "400.00");

        assertThat(debtor.cases().values()).containsExactly("CLOSED SETTLED");
        assertThat(holds.get(hold.id()).outcome()).isEqualTo(outcome);
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKeyNotIn("attendToProblem")
                        .count())
                .isEqualTo(processesLeft);
        assertThat(tasks.createTaskQuery().list())
                .extracting(Task::getTaskDefinitionKey)
                .isEqualTo(kind == Kind.INSOLVENCY ? List.of("decideOnInsolvency") : List.of());
    }

    private NewHold wanted(Kind kind) {
        long customer = debtor.customer();
        return switch (kind) {
            case PROMISE -> NewHold.promise(customer, day(2, 12), null, "senior");
            case DISPUTE -> NewHold.dispute(customer, List.of(), "price", null, "senior");
            case PLAN ->
                NewHold.plan(
                        customer, List.of(), PlanTerms.equalParts(2, day(2, 2), Instalments.Rhythm.MONTHLY), "junior");
            case BLOCK -> NewHold.block(customer, day(2, 12), "Talks", "senior");
            case INSOLVENCY ->
                new NewHold(
                        Kind.INSOLVENCY, customer, List.of(), null, null, null, "Register", null, null, null, "senior");
        };
    }

    @Test
    void the_case_ends_at_once_whoever_brings_the_payment_in() {
        long invoice = debtor.owes("400.00", day(1, 13));
        debtor.until(day(1, 16));
        holds.raise(wanted(Kind.PROMISE));
        timeline.settleDown();

        // Managers upload files, and have no right to change a process.
        identity.setAuthentication("ruben", List.of(Groups.MANAGERS));
        try {
            portfolio.pay(invoice, day(1, 16), "400.00");
        } finally {
            identity.clearAuthentication();
        }

        assertThat(debtor.cases().values()).containsExactly("CLOSED SETTLED");
        assertThat(runtime.createProcessInstanceQuery().count()).isZero();
    }

    @Test
    void a_form_that_is_open_when_the_money_comes_cannot_be_sent_any_more() {
        long invoice = debtor.owes("400.00", day(1, 13));
        debtor.until(day(1, 20));
        String call = tasks.createTaskQuery().singleResult().getId();
        portfolio.pay(invoice, day(1, 20), "400.00");

        assertThatThrownBy(() -> tasks.complete(call, Map.of("outcome", "willPay", "promiseDate", "2026-01-30")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("has ended meanwhile: everything in it is paid");
        assertThat(holds.ofCustomer(debtor.customer())).isEmpty();
        assertThat(debtor.cases().values()).containsExactly("CLOSED SETTLED");
    }

    @Test
    void a_credit_note_in_full_ends_the_case_and_one_in_part_lets_it_go_on_with_the_rest() {
        long wrong = debtor.owes("400.00", day(1, 13));
        long right = debtor.owes("300.00", day(1, 13));
        debtor.until(day(1, 20));
        assertThat(tasks.createTaskQuery().count()).isEqualTo(1);

        portfolio.credit(wrong, day(1, 20), "400.00");
        debtor.answers("callCustomer", Map.of("outcome", "refuses")).until(day(1, 28));
        assertThat(debtor.diary()).last().isEqualTo("2026-01-28 postLetters for mailroom");
        assertThat(letter("body_text")).contains("300.00").doesNotContain(portfolio.invoiceNumber(wrong));

        portfolio.credit(right, day(1, 28), "295.00");
        assertThat(debtor.cases().values()).as("5.00 is too little to chase").containsExactly("CLOSED BELOW_MINIMUM");
        assertThat(letter("state"))
                .as("printed, and to be taken out of the pile")
                .isEqualTo("CANCELLED");
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKeyIn("dunningCase", "letter")
                        .count())
                .isZero();
    }

    @Test
    void insolvency_stops_every_case_and_what_falls_due_later_until_it_is_averted() {
        debtor.owes("400.00", day(1, 13));
        debtor.until(day(1, 16));
        debtor.owes("250.00", day(1, 15));
        debtor.owes("900.00", day(1, 23));
        debtor.until(day(1, 20));
        assertThat(debtor.diary())
                .containsExactly(
                        "2026-01-15 mail at rung 10",
                        "2026-01-19 mail at rung 10",
                        "2026-01-20 callCustomer for juniorCollectors");

        runtime.startProcessInstanceByKey(
                "insolvency",
                Map.of("customerNumber", portfolio.customerNumber(debtor.customer()), "reason", "A letter"));
        timeline.settleDown();
        assertThat(tasks.createTaskQuery().active().list())
                .as("the open call has disappeared")
                .extracting(Task::getTaskDefinitionKey)
                .containsExactly("decideOnInsolvency");
        debtor.until(day(2, 2));
        assertThat(debtor.cases()).as("the third invoice opens no case").hasSize(2);
        assertThat(debtor.diary()).last().isEqualTo("2026-01-21 decideOnInsolvency for seniorCollectors");

        debtor.answers("decideOnInsolvency", Map.of("outcome", "goOn", "note", "Averted"))
                .until(day(2, 6));

        assertThat(debtor.cases()).hasSize(3);
        assertThat(tasks.createTaskQuery()
                        .active()
                        .taskDefinitionKey("callCustomer")
                        .count())
                .as("the call is back, and that of the second case joins it")
                .isEqualTo(1);
        assertThat(debtor.diary())
                .endsWith("2026-01-21 decideOnInsolvency for seniorCollectors", "2026-02-04 mail at rung 10");
    }

    @Test
    void insolvency_that_ends_in_a_write_off_ends_every_case_and_opens_no_other_for_what_they_were_about() {
        debtor.owes("400.00", day(1, 13));
        debtor.until(day(1, 16));
        debtor.owes("250.00", day(1, 15));
        debtor.until(day(1, 20));
        runtime.startProcessInstanceByKey(
                "insolvency",
                Map.of("customerNumber", portfolio.customerNumber(debtor.customer()), "reason", "Register"));
        debtor.answers("decideOnInsolvency", Map.of("outcome", "writeOff", "note", "Nothing to get"))
                .until(day(1, 21));

        assertThat(debtor.cases().values()).containsExactly("CLOSED WRITTEN_OFF", "CLOSED WRITTEN_OFF");
        assertThat(tasks.createTaskQuery().count()).isZero();
        assertThat(runtime.createProcessInstanceQuery().count()).isZero();
        debtor.until(day(1, 28));
        assertThat(debtor.cases()).hasSize(2);
        assertThat(debtor.diary()).last().isEqualTo("2026-01-21 decideOnInsolvency for seniorCollectors");
    }

    @Test
    void insolvency_stops_a_hand_over_that_nobody_has_confirmed_and_leaves_an_agency_at_work() {
        debtor.of("NL", 5).owes("200.00", day(1, 13));
        debtor.until(day(2, 13));
        assertThat(debtor.diary()).last().isEqualTo("2026-02-13 confirmHandOver for seniorCollectors");
        Hold insolvency = holds.raise(wanted(Kind.INSOLVENCY));
        timeline.settleDown();
        assertThat(tasks.createTaskQuery().active().list())
                .extracting(Task::getTaskDefinitionKey)
                .containsExactly("decideOnInsolvency");

        holds.withdraw(insolvency.id(), "senior", "It was another company of that name");
        debtor.answers("confirmHandOver", Map.of("outcome", "handedOver", "note", "Agency X"))
                .onThisEvening();
        assertThat(tasks.createTaskQuery().active().list())
                .extracting(Task::getTaskDefinitionKey)
                .containsExactly("recordAgencyResult");
        holds.raise(wanted(Kind.INSOLVENCY));
        timeline.settleDown();
        assertThat(tasks.createTaskQuery().active().list())
                .extracting(Task::getTaskDefinitionKey)
                .containsExactlyInAnyOrder("decideOnInsolvency", "recordAgencyResult");
    }

    private boolean standsStill() {
        return jdbc.sql("select held_since is not null from dunning_case where state = 'OPEN'")
                .query(Boolean.class)
                .single();
    }

    private String letter(String column) {
        return jdbc.sql("select " + column + " from contact where channel = 'LETTER'")
                .query(String.class)
                .single();
    }
}
