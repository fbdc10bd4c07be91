package org.dunlin.dunning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The calendar of private people: fourteen days from receipt, whatever happens to lie between. */
@DunlinTest
class ConsumerLadderTest {

    @Autowired
    Debtor debtor;

    @Autowired
    Timeline timeline;

    @Autowired
    Portfolio portfolio;

    @Autowired
    ManagementService management;

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
    void nothing_firmer_comes_before_fourteen_days_from_receipt_are_over_also_when_the_clocks_change() {
        timeline.startOn(LocalDate.of(2026, 2, 3));
        debtor.privatePerson("NL").owes("200.00", LocalDate.of(2026, 2, 3));

        debtor.onlyAround(
                LocalDate.of(2026, 2, 10),
                LocalDate.of(2026, 3, 2),
                LocalDate.of(2026, 3, 20),
                LocalDate.of(2026, 3, 27));

        assertThat(debtor.ladder()).isEqualTo("consumer");
        // The final notice, posted on the 27th, is there on 1 April; the fifteenth day is the 16th, by summer time.
        assertThat(management
                        .createJobQuery()
                        .activityId("waitBeforeHandOver")
                        .singleResult()
                        .getDuedate())
                .isEqualTo(Date.from(Instant.parse("2026-04-16T06:00:00Z")));
        debtor.onlyAround(LocalDate.of(2026, 4, 16));
        assertThat(debtor.diary())
                .containsExactly(
                        "2026-02-10 mail at rung 10",
                        // there on Friday the 13th; the term ends on the 27th, a Friday
                        "2026-03-02 postLetters for mailroom",
                        // there on the 5th; the term ends on the 19th
                        "2026-03-20 callCustomer for juniorCollectors",
                        "2026-03-27 postLetters for mailroom",
                        "2026-04-16 confirmHandOver for seniorCollectors");
        assertThat(said())
                .containsExactly(
                        "10 EMAIL consumerReminder",
                        "30 LETTER consumerLetter",
                        "40 CALL -",
                        "60 LETTER consumerFinal");
    }

    @Test
    void over_christmas_the_post_is_given_its_working_days_in_each_country() {
        timeline.startOn(LocalDate.of(2025, 12, 16));
        debtor.privatePerson("NL").owes("200.00", LocalDate.of(2025, 12, 16));

        debtor.onlyAround(LocalDate.of(2025, 12, 23), LocalDate.of(2026, 1, 14));

        assertThat(debtor.diary())
                // On 24, 29 and 30 December letters are brought.
                .containsExactly("2025-12-23 mail at rung 10", "2026-01-14 postLetters for mailroom");
    }

    @Test
    void in_belgium_the_day_after_christmas_is_a_working_day() {
        timeline.startOn(LocalDate.of(2025, 12, 16));
        debtor.privatePerson("BE").owes("200.00", LocalDate.of(2025, 12, 16));

        debtor.onlyAround(LocalDate.of(2025, 12, 23), LocalDate.of(2026, 1, 13));

        assertThat(debtor.diary()).containsExactly("2025-12-23 mail at rung 10", "2026-01-13 postLetters for mailroom");
    }

    @Test
    void without_a_usable_address_the_free_reminder_goes_by_letter_and_the_term_counts_from_the_day_it_was_posted() {
        timeline.startOn(LocalDate.of(2026, 2, 3));
        debtor.privatePerson("NL").withoutEmail().owes("200.00", LocalDate.of(2026, 2, 3));
        debtor.leaves("postLetters").onlyAround(LocalDate.of(2026, 2, 10), LocalDate.of(2026, 2, 12));

        debtor.answers("postLetters", Map.of("outcome", "allPosted"))
                .onlyAround(LocalDate.of(2026, 2, 13), LocalDate.of(2026, 3, 5));

        assertThat(debtor.diary())
                .containsExactly(
                        "2026-02-10 postLetters for mailroom",
                        // posted on Friday the 13th, there on the 18th
                        "2026-03-05 postLetters for mailroom");
        assertThat(said()).startsWith("10 LETTER consumerReminder");
    }

    @Test
    void who_pays_within_the_fourteen_days_hears_nothing_more() {
        timeline.startOn(LocalDate.of(2026, 2, 3));
        long invoice = debtor.privatePerson("NL").owes("200.00", LocalDate.of(2026, 2, 3));
        debtor.onlyAround(LocalDate.of(2026, 2, 10), LocalDate.of(2026, 2, 27));

        portfolio.pay(invoice, LocalDate.of(2026, 2, 27), "200.00");
        debtor.onlyAround(LocalDate.of(2026, 3, 2));

        assertThat(debtor.diary()).containsExactly("2026-02-10 mail at rung 10");
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
