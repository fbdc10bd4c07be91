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

/** The calendar of the standard ladder, S11. */
@DunlinTest
class StandardLadderTest {

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

    @BeforeEach
    void everybodyDoesTheirWork() {
        slate.clean();
        debtor.answers("callCustomer", Map.of("outcome", "refuses"))
                .answers("talkToCustomer", Map.of("outcome", "goOn"))
                .answers("postLetters", Map.of("outcome", "allPosted"))
                .answers("postRegisteredLetter", Map.of("outcome", "sent", "trackingNumber", "RR123456785NL"))
                .answers("noteReceipt", Map.of("outcome", "received"));
    }

    @Test
    void over_christmas_in_the_netherlands_every_step_comes_on_its_working_day() {
        timeline.startOn(LocalDate.of(2025, 12, 1));
        debtor.of("NL", 30).owes("1000.00", LocalDate.of(2025, 12, 9));

        debtor.until(LocalDate.of(2026, 1, 28));

        assertThat(debtor.ladder()).isEqualTo("standard");
        assertThat(debtor.diary())
                .containsExactly(
                        "2025-12-11 mail at rung 10",
                        "2025-12-16 callCustomer for juniorCollectors",
                        "2025-12-23 postLetters for mailroom",
                        "2026-01-02 callCustomer for juniorCollectors",
                        "2026-01-09 talkToCustomer for sales",
                        "2026-01-16 postRegisteredLetter for mailroom",
                        "2026-01-16 noteReceipt for mailroom",
                        "2026-01-27 confirmHandOver for seniorCollectors");
    }

    @Test
    void over_christmas_in_belgium_the_day_after_christmas_is_a_working_day() {
        timeline.startOn(LocalDate.of(2025, 12, 1));
        debtor.of("BE", 30).owes("1000.00", LocalDate.of(2025, 12, 9));

        debtor.until(LocalDate.of(2026, 1, 27));

        assertThat(debtor.diary())
                .containsExactly(
                        "2025-12-11 mail at rung 10",
                        "2025-12-16 callCustomer for juniorCollectors",
                        "2025-12-23 postLetters for mailroom",
                        "2025-12-31 callCustomer for juniorCollectors",
                        "2026-01-08 talkToCustomer for sales",
                        "2026-01-15 postRegisteredLetter for mailroom",
                        "2026-01-15 noteReceipt for mailroom",
                        "2026-01-26 confirmHandOver for seniorCollectors");
    }

    @Test
    void over_easter_the_second_holiday_does_not_count_but_good_friday_does() {
        timeline.startOn(LocalDate.of(2026, 3, 20));
        debtor.of("NL", 30).owes("1000.00", LocalDate.of(2026, 3, 25));

        debtor.until(LocalDate.of(2026, 4, 10));

        assertThat(debtor.diary())
                .containsExactly(
                        "2026-03-27 mail at rung 10",
                        "2026-04-01 callCustomer for juniorCollectors",
                        "2026-04-09 postLetters for mailroom");
    }

    @Test
    void payment_in_full_ends_the_case_and_takes_the_open_call_with_it() {
        timeline.startOn(LocalDate.of(2025, 12, 1));
        long invoice = debtor.of("NL", 30).owes("1000.00", LocalDate.of(2025, 12, 9));
        debtor.leaves("callCustomer").until(LocalDate.of(2025, 12, 17));
        assertThat(tasks.createTaskQuery().taskDefinitionKey("callCustomer").count())
                .isEqualTo(1);

        portfolio.pay(invoice, LocalDate.of(2025, 12, 17), "1000.00");

        assertThat(tasks.createTaskQuery().count()).isZero();
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKeyIn("dunningCase", "standard", "phoneCall")
                        .count())
                .isZero();
        assertThat(debtor.cases().values()).containsExactly("CLOSED SETTLED");
        debtor.until(LocalDate.of(2026, 1, 10));
        assertThat(debtor.diary())
                .containsExactly("2025-12-11 mail at rung 10", "2025-12-16 callCustomer for juniorCollectors");
    }

    @Test
    void a_broken_promise_keeps_the_next_rung_waiting_until_the_working_day_after_it_was_judged() {
        timeline.startOn(LocalDate.of(2025, 12, 1));
        debtor.of("NL", 30).owes("1000.00", LocalDate.of(2025, 12, 9));
        debtor.answers("callCustomer", Map.of("outcome", "willPay", "promiseDate", "2026-01-09"));

        debtor.until(LocalDate.of(2026, 1, 14));

        assertThat(debtor.diary())
                .containsExactly(
                        "2025-12-11 mail at rung 10",
                        "2025-12-16 callCustomer for juniorCollectors",
                        "2026-01-14 postLetters for mailroom");
    }

    @Test
    void an_unanswered_call_is_tried_three_times_and_the_next_wait_counts_from_the_last() {
        timeline.startOn(LocalDate.of(2025, 12, 1));
        debtor.of("NL", 30).owes("1000.00", LocalDate.of(2025, 12, 9));
        debtor.answers("callCustomer", Map.of("outcome", "noAnswer"));

        debtor.until(LocalDate.of(2025, 12, 29));

        assertThat(debtor.diary())
                .containsExactly(
                        "2025-12-11 mail at rung 10",
                        "2025-12-16 callCustomer for juniorCollectors",
                        "2025-12-17 callCustomer for juniorCollectors",
                        "2025-12-18 callCustomer for juniorCollectors",
                        "2025-12-29 postLetters for mailroom");
    }

    @Test
    void an_amount_below_the_minimum_opens_no_case_and_ends_a_running_one() {
        timeline.startOn(LocalDate.of(2025, 12, 1));
        long small = debtor.of("NL", 30).owes("9.99", LocalDate.of(2025, 12, 2));
        debtor.until(LocalDate.of(2025, 12, 5));
        assertThat(debtor.cases()).isEmpty();

        debtor.owes("100.00", LocalDate.of(2025, 12, 4));
        debtor.until(LocalDate.of(2025, 12, 10));
        assertThat(debtor.cases().values()).containsExactly("OPEN");
        portfolio.pay(small, LocalDate.of(2025, 12, 10), "5.00");
        assertThat(debtor.cases().values()).containsExactly("OPEN");
    }
}
