package org.dunlin.dunning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.TaskService;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The calendar of public bodies: long waits, no threats, no agency without a person. */
@DunlinTest
class GovernmentLadderTest {

    @Autowired
    Debtor debtor;

    @Autowired
    Timeline timeline;

    @Autowired
    Portfolio portfolio;

    @Autowired
    TaskService tasks;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Slate slate;

    @BeforeEach
    void everybodyDoesTheirWork() {
        slate.clean();
        debtor.answers("callCustomer", Map.of("outcome", "refuses"))
                .answers("talkToCustomer", Map.of("outcome", "goOn"))
                .answers("postLetters", Map.of("outcome", "allPosted"));
    }

    @Test
    void over_easter_and_the_days_off_of_may_every_step_comes_after_its_long_wait_and_a_senior_decides_at_the_end() {
        timeline.startOn(LocalDate.of(2026, 2, 3));
        debtor.publicBody("NL").owes("20000.00", LocalDate.of(2026, 2, 3));

        debtor.onlyAround(
                LocalDate.of(2026, 2, 17),
                LocalDate.of(2026, 3, 3),
                LocalDate.of(2026, 3, 24),
                LocalDate.of(2026, 4, 8),
                LocalDate.of(2026, 4, 22),
                LocalDate.of(2026, 5, 18));

        assertThat(debtor.ladder()).isEqualTo("government");
        assertThat(debtor.diary())
                .containsExactly(
                        "2026-02-17 mail at rung 10",
                        "2026-03-03 callCustomer for seniorCollectors",
                        "2026-03-24 postLetters for mailroom",
                        // Easter Monday does not count
                        "2026-04-08 callCustomer for seniorCollectors",
                        "2026-04-22 talkToCustomer for sales",
                        // King's Day, Liberation Day and Ascension Day do not count
                        "2026-05-18 decideNextStep for seniorCollectors");
        assertThat(tasks.createTaskQuery().list())
                .as("no agency by itself")
                .extracting(task -> task.getTaskDefinitionKey())
                .containsExactly("decideNextStep");
        assertThat(said())
                .containsExactly(
                        "10 EMAIL publicReminder", "20 CALL -", "30 LETTER publicLetter", "40 CALL -", "50 SALES -");
    }

    @Test
    void in_belgium_other_days_are_off() {
        timeline.startOn(LocalDate.of(2026, 4, 7));
        debtor.publicBody("BE").owes("1000.00", LocalDate.of(2026, 4, 7));

        debtor.onlyAround(LocalDate.of(2026, 4, 21), LocalDate.of(2026, 5, 6), LocalDate.of(2026, 5, 29));

        assertThat(debtor.diary())
                .containsExactly(
                        // King's Day of the Netherlands counts; Labour Day, Ascension Day and Whit Monday do not
                        "2026-04-21 mail at rung 10",
                        "2026-05-06 callCustomer for juniorCollectors",
                        "2026-05-29 postLetters for mailroom");
    }

    @Test
    void without_a_usable_address_the_question_what_is_missing_goes_by_letter_and_the_ladder_goes_on_from_there() {
        timeline.startOn(LocalDate.of(2026, 2, 3));
        debtor.publicBody("NL").withoutEmail().owes("1000.00", LocalDate.of(2026, 2, 3));

        debtor.onlyAround(LocalDate.of(2026, 2, 17), LocalDate.of(2026, 3, 3));

        assertThat(debtor.diary())
                .containsExactly("2026-02-17 postLetters for mailroom", "2026-03-03 callCustomer for juniorCollectors");
        assertThat(said()).containsExactly("10 LETTER publicReminder", "20 CALL -");
    }

    @Test
    void a_missing_purchase_order_number_that_the_call_brings_to_light_rests_the_case() {
        timeline.startOn(LocalDate.of(2026, 2, 3));
        debtor.publicBody("NL").owes("1000.00", LocalDate.of(2026, 2, 3));
        debtor.answers("callCustomer", Map.of("outcome", "disputes", "disputeReason", "poNumber"));

        debtor.onlyAround(
                LocalDate.of(2026, 2, 17),
                LocalDate.of(2026, 3, 3),
                LocalDate.of(2026, 3, 24),
                LocalDate.of(2026, 4, 3));

        assertThat(debtor.diary())
                .startsWith(
                        "2026-02-17 mail at rung 10",
                        "2026-03-03 callCustomer for juniorCollectors",
                        "2026-03-03 resolveDispute for disputes")
                .as("no letter on the 24th, while the number is not found")
                .noneMatch(entry -> entry.contains("postLetters"));
        assertThat(debtor.cases().values()).containsExactly("OPEN");
    }

    @Test
    void payment_in_the_long_wait_after_the_call_ends_the_case_and_nothing_more_is_sent() {
        timeline.startOn(LocalDate.of(2026, 2, 3));
        long invoice = debtor.publicBody("NL").owes("1000.00", LocalDate.of(2026, 2, 3));
        debtor.onlyAround(LocalDate.of(2026, 2, 17), LocalDate.of(2026, 3, 3), LocalDate.of(2026, 3, 17));

        portfolio.pay(invoice, LocalDate.of(2026, 3, 17), "1000.00");
        debtor.onlyAround(LocalDate.of(2026, 3, 24));

        assertThat(debtor.diary())
                .containsExactly("2026-02-17 mail at rung 10", "2026-03-03 callCustomer for juniorCollectors");
        assertThat(debtor.cases().values()).containsExactly("CLOSED SETTLED");
    }

    /** Rung, channel and text of what the customer heard. */
    private List<String> said() {
        return jdbc.sql(
                        """
                        select rung || ' ' || channel || ' ' || coalesce(template, '-') from contact
                        where customer_id = :customer and state = 'SENT' order by id
                        """)
                .param("customer", debtor.customer())
                .query(String.class)
                .list();
    }
}
