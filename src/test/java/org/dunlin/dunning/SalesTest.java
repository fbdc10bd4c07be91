package org.dunlin.dunning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.task.Task;
import org.dunlin.DunlinTest;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.dunlin.dunning.Hold.Kind;
import org.dunlin.dunning.Hold.Outcome;
import org.dunlin.scoring.CreditStop;
import org.dunlin.scoring.CreditStops;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sales is asked, and has two working days to say how to go on. */
@DunlinTest
class SalesTest {

    private static final String ASKED = "2026-02-10 talkToCustomer for sales";
    private static final String NEXT = "postRegisteredLetter for mailroom";

    @Autowired
    Debtor debtor;

    @Autowired
    Timeline timeline;

    @Autowired
    Slate slate;

    @Autowired
    TaskService tasks;

    @Autowired
    Holds holds;

    @Autowired
    CreditStops creditStops;

    @Autowired
    IdentityService identity;

    @Autowired
    JdbcClient jdbc;

    /** A large customer who pays badly: after one reminder sales is asked, on Tuesday 10 February. */
    @BeforeEach
    void begin() {
        slate.clean();
        timeline.startOn(LocalDate.of(2026, 2, 2));
        debtor.of("NL", 300).hasPaid(LocalDate.of(2026, 2, 2), 45);
        debtor.owes("400.00", LocalDate.of(2026, 2, 3));
    }

    private static LocalDate february(int day) {
        return LocalDate.of(2026, 2, day);
    }

    private Task asked() {
        return tasks.createTaskQuery().taskDefinitionKey("talkToCustomer").singleResult();
    }

    private List<String> said() {
        return jdbc.sql("select detail from contact where customer_id = :id and channel = 'SALES' order by id")
                .param("id", debtor.customer())
                .query(String.class)
                .list();
    }

    @Test
    void silence_means_go_on_after_two_working_days() {
        debtor.until(february(11));
        assertThat(debtor.diary()).contains(ASKED);
        assertThat(asked()).isNotNull();
        debtor.until(february(12));
        assertThat(asked()).isNull();
        assertThat(said()).containsExactly("silence");

        debtor.until(february(20));
        // Five working days after the silence of Thursday 12 February.
        assertThat(debtor.diary()).last().isEqualTo("2026-02-19 " + NEXT);
    }

    @Test
    void an_answer_within_the_two_days_leaves_no_silence() {
        debtor.answers("talkToCustomer", Map.of("outcome", "goOn")).until(february(18));
        assertThat(said()).containsExactly("goOn");
        assertThat(debtor.diary()).contains(ASKED, "2026-02-17 " + NEXT);
    }

    @Test
    void the_account_manager_is_asked_where_the_customer_has_one_who_can_log_in() {
        User manager = identity.newUser("kim-of-sales");
        manager.setPassword("a-long-password-of-kim");
        identity.saveUser(manager);
        try {
            manages("kim-of-sales");
            debtor.until(february(10));
            assertThat(asked().getAssignee()).isEqualTo("kim-of-sales");
        } finally {
            identity.deleteUser("kim-of-sales");
        }
    }

    @Test
    void the_group_is_asked_where_the_account_manager_has_no_login() {
        manages("left-the-company");
        debtor.until(february(10));
        assertThat(asked().getAssignee()).isNull();
        assertThat(debtor.diary()).contains(ASKED);
    }

    private void manages(String login) {
        jdbc.sql("update customer set account_manager = :login where id = :id")
                .param("login", login)
                .param("id", debtor.customer())
                .update();
    }

    @Test
    void sales_sees_the_story_so_far() {
        debtor.until(february(10));
        assertThat(tasks.getVariable(asked().getId(), "storyText")).isEqualTo("- 2026-02-05: Reminder");
    }

    @Test
    void nobody_chases_until_the_day_that_sales_names_and_then_the_ladder_goes_on() {
        debtor.answers(
                        "talkToCustomer",
                        Map.of("outcome", "stopUntil", "until", "2026-02-27", "reason", "We discuss the new contract"))
                .until(february(27));
        Hold block = holds.ofCustomer(debtor.customer()).get(0);
        assertThat(block.kind()).isEqualTo(Kind.BLOCK);
        assertThat(block.reason()).isEqualTo("We discuss the new contract");
        assertThat(block.endsOn()).isEqualTo(february(27));
        assertThat(block.coversAll()).isFalse();
        assertThat(debtor.diary()).noneMatch(line -> line.endsWith(NEXT));

        debtor.until(LocalDate.of(2026, 3, 12));
        assertThat(holds.ofCustomer(debtor.customer()).get(0).outcome()).isEqualTo(Outcome.OVER);
        // The five working days of the wait were all left on 10 February; they count from Monday 2 March.
        assertThat(debtor.diary()).last().isEqualTo("2026-03-09 " + NEXT);
    }

    @Test
    void sales_supports_a_credit_stop_and_the_ladder_goes_on() {
        debtor.answers("talkToCustomer", Map.of("outcome", "creditStop", "reason", "Too much is open"))
                .until(february(18));
        assertThat(creditStops.inForce(debtor.customer()))
                .filteredOn(stop -> stop.origin() == CreditStop.Origin.MANUAL)
                .singleElement()
                .satisfies(stop -> assertThat(stop.text()).isEqualTo("Too much is open"));
        assertThat(debtor.diary()).contains("2026-02-17 " + NEXT);
    }

    @Test
    void a_customer_who_is_stopped_by_hand_already_stays_so() {
        timeline.passUntil(february(9));
        creditStops.stopByHand(debtor.customer(), "Said the manager", null, null, "manager");
        debtor.answers("talkToCustomer", Map.of("outcome", "creditStop", "reason", "Too much is open"))
                .until(february(10));
        assertThat(said()).containsExactly("creditStop");
        assertThat(creditStops.inForce(debtor.customer()))
                .filteredOn(stop -> stop.origin() == CreditStop.Origin.MANUAL)
                .extracting(CreditStop::text)
                .containsExactly("Said the manager");
    }

    @Test
    void a_stop_needs_its_day_and_its_reason() {
        debtor.until(february(10));
        String task = asked().getId();
        assertThatThrownBy(() -> tasks.complete(task, Map.of("outcome", "stopUntil", "reason", "Talks")))
                .hasStackTraceContaining("until");
        assertThatThrownBy(() -> tasks.complete(task, Map.of("outcome", "creditStop")))
                .hasStackTraceContaining("Say why");
        assertThat(asked()).isNotNull();
    }
}
