package org.dunlin.dunning;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.dunlin.dunning.Hold.Instalment;
import org.dunlin.dunning.Hold.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Somebody deletes the process of a hold in Cockpit: the next daily run starts it again where it was. */
@DunlinTest
class LostHoldsTest {

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

    @BeforeEach
    void begin() {
        slate.clean();
        jdbc.sql("delete from repair").update();
        timeline.startOn(day(1, 5));
        debtor.of("NL", 30);
    }

    private static LocalDate day(int month, int day) {
        return LocalDate.of(2026, month, day);
    }

    @Test
    void every_kind_of_hold_goes_on_where_it_was_and_nobody_hears_anything_twice() {
        Hold promise = holds.raise(
                NewHold.promise(debtor.customer(), day(1, 7), null, "senior").naming(invoice()));
        Hold unanswered = holds.raise(NewHold.dispute(debtor.customer(), invoice(), "goods", null, "senior"));
        Hold toBeBooked = holds.raise(NewHold.dispute(debtor.customer(), invoice(), "price", null, "senior"));
        tasks.complete(task(toBeBooked), Map.of("outcome", "creditExpected"));
        Hold agreed = holds.raise(NewHold.plan(debtor.customer(), invoice(), inTwo(), "senior"));
        Hold asked = holds.raise(NewHold.plan(debtor.customer(), invoice(), inTwo(), "junior"), false);
        Hold block = holds.raise(NewHold.block(debtor.customer(), day(1, 9), "Talks", "senior"));
        timeline.settleDown();
        assertThat(notices()).containsExactly("disputeCredit", "planAgreed");
        List<Hold> all = List.of(promise, unanswered, toBeBooked, agreed, asked, block);
        all.forEach(hold -> runtime.deleteProcessInstance(hold.processInstanceId(), "by mistake"));
        assertThat(runtime.createProcessInstanceQuery().count()).isZero();

        timeline.passDay();

        assertThat(steps(all))
                .containsExactly(
                        "waitForPromisedDay",
                        "resolveDispute",
                        "waitForBooking",
                        "waitForInstalment",
                        "checkPlan",
                        "waitUntilOver");
        assertThat(notices()).containsExactly("disputeCredit", "planAgreed");
        assertThat(repairs())
                .hasSize(6)
                .contains("holdStartedAgain: Hold %s had lost its process; started again".formatted(promise.number()));

        timeline.passUntil(day(1, 12));
        assertThat(holds.get(promise.id()).outcome()).isEqualTo(Outcome.BROKEN);
        assertThat(holds.get(block.id()).outcome()).isEqualTo(Outcome.OVER);
        // Ten working days for booking it count from the day on which it began again; then the department has it once
        // more.
        timeline.passUntil(day(1, 21));
        assertThat(steps(List.of(toBeBooked))).containsExactly("resolveDispute");
        assertThat(repairs()).as("it is repaired once").hasSize(6);
        for (Hold hold : List.of(unanswered, toBeBooked, agreed, asked)) {
            holds.withdraw(hold.id(), "senior", "enough");
        }
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKeyIn("dispute", "paymentPlan")
                        .count())
                .isZero();
    }

    @Test
    void a_result_that_the_customer_has_not_heard_yet_is_told_once() {
        timeline.passUntil(day(1, 10));
        Hold dispute = holds.raise(NewHold.dispute(debtor.customer(), invoice(), "price", null, "senior"));
        tasks.complete(task(dispute), Map.of("outcome", "correctedInvoice"));
        timeline.settleDown();
        runtime.deleteProcessInstance(dispute.processInstanceId(), "by mistake");
        assertThat(notices()).as("on a Saturday").isEmpty();

        timeline.passUntil(day(1, 12));

        assertThat(notices()).containsExactly("disputeCorrected");
        assertThat(steps(List.of(dispute))).containsExactly("waitForBooking");
    }

    private List<String> invoice() {
        return List.of(portfolio.invoiceNumber(debtor.owes("300.00", day(1, 2))));
    }

    private static PlanTerms inTwo() {
        return PlanTerms.of(List.of(
                new Instalment(day(2, 2), new BigDecimal("150.00")),
                new Instalment(day(3, 2), new BigDecimal("150.00"))));
    }

    private String task(Hold hold) {
        return tasks.createTaskQuery()
                .processInstanceId(hold.processInstanceId())
                .singleResult()
                .getId();
    }

    private List<String> steps(List<Hold> all) {
        List<String> steps = new ArrayList<>();
        all.forEach(hold ->
                steps.addAll(runtime.getActiveActivityIds(holds.get(hold.id()).processInstanceId())));
        return steps;
    }

    private List<String> notices() {
        return jdbc.sql("select template from contact where hold_id is not null and state = 'SENT' order by template")
                .query(String.class)
                .list();
    }

    private List<String> repairs() {
        return jdbc.sql("select kind || ': ' || what from repair where told_in is not null order by id")
                .query(String.class)
                .list();
    }
}
