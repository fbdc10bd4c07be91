package org.dunlin.dunning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The calendar of the baseline, S13: for nobody, until somebody edits the table to compare. */
@DunlinTest
class BaselineLadderTest {

    @Autowired
    Debtor debtor;

    @Autowired
    Timeline timeline;

    @Autowired
    LadderTable table;

    @Autowired
    Portfolio portfolio;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Slate slate;

    @BeforeEach
    void everyoneIsOnTheBaseline() throws IOException {
        slate.clean();
        table.sendsEveryoneTo("baseline");
        debtor.answers("callCustomer", Map.of("outcome", "refuses"))
                .answers("postLetters", Map.of("outcome", "allPosted"));
    }

    @AfterEach
    void restoreTheTable() {
        table.restore();
    }

    @Test
    void everyone_gets_the_same_text_twice_a_few_calls_and_then_an_outside_party() {
        timeline.startOn(LocalDate.of(2026, 2, 3));
        // Large, and has always paid well: on another ladder somebody would just have called.
        debtor.of("NL", 200)
                .hasPaid(LocalDate.of(2026, 2, 3), 0, "20000.00")
                .owes("20000.00", LocalDate.of(2026, 2, 3));

        debtor.onlyAround(
                LocalDate.of(2026, 2, 17),
                LocalDate.of(2026, 2, 20),
                LocalDate.of(2026, 2, 27),
                LocalDate.of(2026, 3, 6),
                LocalDate.of(2026, 3, 13));

        assertThat(debtor.ladder()).isEqualTo("baseline");
        assertThat(debtor.diary())
                .containsExactly(
                        "2026-02-17 mail at rung 10",
                        "2026-02-20 callCustomer for seniorCollectors",
                        // ten calendar days after the first
                        "2026-02-27 mail at rung 30",
                        "2026-03-06 callCustomer for seniorCollectors",
                        "2026-03-13 confirmHandOver for seniorCollectors");
        assertThat(said()).containsExactly("10 EMAIL reminder", "20 CALL -", "30 EMAIL reminder", "40 CALL -");
    }

    @Test
    void a_private_person_hears_it_on_the_same_days_and_what_falls_on_a_day_off_comes_on_the_next_working_day() {
        timeline.startOn(LocalDate.of(2025, 12, 12));
        debtor.privatePerson("NL").owes("200.00", LocalDate.of(2025, 12, 12));

        debtor.onlyAround(LocalDate.of(2025, 12, 29), LocalDate.of(2026, 1, 2), LocalDate.of(2026, 1, 9));

        assertThat(debtor.ladder()).isEqualTo("baseline");
        assertThat(debtor.diary())
                .containsExactly(
                        // the second day of Christmas, and a week-end
                        "2025-12-29 mail at rung 10",
                        // New Year's Day
                        "2026-01-02 callCustomer for juniorCollectors",
                        "2026-01-09 mail at rung 30");
    }

    @Test
    void without_a_usable_address_both_texts_go_by_letter() {
        timeline.startOn(LocalDate.of(2026, 2, 3));
        debtor.of("NL", 30).withoutEmail().owes("1000.00", LocalDate.of(2026, 2, 3));

        debtor.onlyAround(LocalDate.of(2026, 2, 17), LocalDate.of(2026, 2, 20), LocalDate.of(2026, 2, 27));

        assertThat(debtor.diary())
                .containsExactly(
                        "2026-02-17 postLetters for mailroom",
                        "2026-02-20 callCustomer for juniorCollectors",
                        "2026-02-27 postLetters for mailroom");
        assertThat(said()).containsExactly("10 LETTER reminder", "20 CALL -", "30 LETTER reminder");
    }

    @Test
    void payment_between_the_two_texts_ends_the_case() {
        timeline.startOn(LocalDate.of(2026, 2, 3));
        long invoice = debtor.of("NL", 30).owes("1000.00", LocalDate.of(2026, 2, 3));
        debtor.onlyAround(LocalDate.of(2026, 2, 17), LocalDate.of(2026, 2, 18));

        portfolio.pay(invoice, LocalDate.of(2026, 2, 18), "1000.00");
        debtor.onlyAround(LocalDate.of(2026, 2, 20));

        assertThat(debtor.diary()).containsExactly("2026-02-17 mail at rung 10");
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
