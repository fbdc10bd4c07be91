package org.dunlin.contact.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.dunlin.DunlinTest;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.dunlin.contact.post.Receipts.Outcome;
import org.dunlin.dunning.Debtor;
import org.dunlin.platform.engine.RefusedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Periods count from the receipt of a registered letter. */
@DunlinTest
class RegisteredLetterTest {

    @Autowired
    Debtor debtor;

    @Autowired
    Timeline timeline;

    @Autowired
    Slate slate;

    @Autowired
    TaskService tasks;

    @Autowired
    RuntimeService runtime;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ReceiptTasks receipts;

    @BeforeEach
    void everybodyDoesTheirWork() {
        slate.clean();
        debtor.answers("callCustomer", Map.of("outcome", "refuses"))
                .answers("talkToCustomer", Map.of("outcome", "goOn"))
                .answers("postLetters", Map.of("outcome", "allPosted"))
                .answers("postRegisteredLetter", Map.of("outcome", "sent", "trackingNumber", "RR123456785NL"));
    }

    /** On the evening of that day the registered letter has been posted. */
    private void posted(LocalDate due, LocalDate on) {
        timeline.startOn(due.minusDays(5));
        debtor.of("NL", 30).owes("1000.00", due);
        debtor.until(on);
        assertThat(debtor.diary())
                .endsWith(on + " postRegisteredLetter for mailroom", on + " noteReceipt for mailroom");
    }

    @Test
    void the_wait_before_the_hand_over_counts_from_the_day_of_receipt() {
        posted(LocalDate.of(2025, 12, 9), LocalDate.of(2026, 1, 16));
        debtor.until(LocalDate.of(2026, 1, 22));
        assertThat(receipts.complete("RR123456785NL", Outcome.RECEIVED, LocalDate.of(2026, 1, 21)))
                .isTrue();

        debtor.until(LocalDate.of(2026, 1, 30));
        assertThat(debtor.diary()).last().isEqualTo("2026-01-30 confirmHandOver for seniorCollectors");
        assertThat(known()).containsExactly("RECEIVED 2026-01-21");
        assertThat(receipts.complete("RR123456785NL", Outcome.RECEIVED, null))
                .as("nothing waits for it any more")
                .isFalse();
    }

    @Test
    void over_the_turn_of_the_year_holidays_do_not_count() {
        posted(LocalDate.of(2025, 11, 11), LocalDate.of(2025, 12, 16));
        debtor.until(LocalDate.of(2025, 12, 23));
        receipts.complete("RR123456785NL", Outcome.REFUSED, null);

        debtor.until(LocalDate.of(2026, 1, 6));
        assertThat(debtor.diary()).last().isEqualTo("2026-01-06 confirmHandOver for seniorCollectors");
        assertThat(known()).containsExactly("REFUSED 2025-12-23");
    }

    @Test
    void when_nobody_says_anything_the_letter_is_taken_to_have_come_after_three_working_days() {
        posted(LocalDate.of(2025, 12, 9), LocalDate.of(2026, 1, 16));

        debtor.until(LocalDate.of(2026, 1, 29));
        assertThat(known()).containsExactly("null null");
        debtor.until(LocalDate.of(2026, 1, 30));
        assertThat(known()).containsExactly("PRESUMED 2026-01-21");
        assertThat(tasks.createTaskQuery().taskDefinitionKey("noteReceipt").count())
                .isZero();
        assertThat(debtor.diary()).last().isEqualTo("2026-01-30 confirmHandOver for seniorCollectors");
    }

    @Test
    void a_letter_to_an_unknown_address_reached_nobody_and_is_sent_again() {
        theLetterAlone();
        post("RR111111111NL");
        receipts.complete("RR111111111NL", Outcome.UNKNOWN_ADDRESS, null);
        var task = tasks.createTaskQuery().taskDefinitionKey("correctAddress").singleResult();
        assertThat(tasks.getVariable(task.getId(), "addressProblem"))
                .isEqualTo("The registered letter came back: unknown at this address");
        tasks.complete(
                task.getId(),
                Map.of("outcome", "corrected", "street", "Kerkstraat 5", "postalCode", "1017 GB", "city", "Amsterdam"));
        post("RR222222222NL");
        receipts.complete("RR222222222NL", Outcome.UNCLAIMED, null);

        assertThat(known()).containsExactly("UNKNOWN_ADDRESS 2026-01-15", "UNCLAIMED 2026-01-15");
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKey("registeredLetter")
                        .count())
                .isZero();
    }

    @Test
    void what_cannot_be_is_refused_and_nothing_is_recorded() {
        theLetterAlone();
        assertThatThrownBy(() -> tasks.complete(task("postRegisteredLetter"), Map.of("outcome", "sent")))
                .hasStackTraceContaining("Enter the tracking number");
        post("RR111111111NL");
        assertThatThrownBy(() -> receipts.complete("RR111111111NL", Outcome.RECEIVED, LocalDate.of(2026, 1, 16)))
                .isInstanceOf(RefusedException.class)
                .hasStackTraceContaining("still to come");
        assertThatThrownBy(() -> receipts.complete("RR111111111NL", Outcome.RECEIVED, LocalDate.of(2026, 1, 14)))
                .isInstanceOf(RefusedException.class)
                .hasStackTraceContaining("cannot have come before");
        assertThatThrownBy(() -> tasks.complete(task("noteReceipt"), Map.of()))
                .hasStackTraceContaining("Say what became of the letter");
        assertThat(receipts.complete("RR999999999NL", Outcome.RECEIVED, null)).isFalse();
        assertThat(known()).containsExactly("null null");
    }

    /** The step by itself, of a case that was reminded. */
    private void theLetterAlone() {
        timeline.startOn(LocalDate.of(2026, 1, 5));
        debtor.of("NL", 30).owes("1000.00", LocalDate.of(2026, 1, 13));
        debtor.until(LocalDate.of(2026, 1, 15));
        long caseId = jdbc.sql("select id from dunning_case").query(Long.class).single();
        runtime.startProcessInstanceByKey(
                "registeredLetter", Map.of("caseId", caseId, "rung", 60, "template", "finalNotice"));
    }

    private void post(String trackingNumber) {
        tasks.complete(task("postRegisteredLetter"), Map.of("outcome", "sent", "trackingNumber", trackingNumber));
    }

    private String task(String key) {
        return tasks.createTaskQuery().taskDefinitionKey(key).singleResult().getId();
    }

    /** What is known of each letter, and from which day. */
    private List<String> known() {
        return jdbc.sql(
                        "select coalesce(outcome, 'null') || ' ' || coalesce(received_on::text, 'null') from letter_receipt order by contact_id")
                .query(String.class)
                .list();
    }
}
