package org.dunlin.dunning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.dunlin.platform.security.Groups;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whom to call first, and what becomes of a call that nobody makes. December 2025: Monday the 1st, Christmas on Thursday and Friday. */
@DunlinTest
class CallListsTest {

    @Autowired
    Debtor debtor;

    @Autowired
    Debtor other;

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
    FilterService filters;

    @Autowired
    ManagementService management;

    @Autowired
    IdentityService identity;

    @Autowired
    ProcessEngineConfigurationImpl engine;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void begin() {
        slate.clean();
        timeline.startOn(LocalDate.of(2025, 12, 1));
    }

    @AfterEach
    void nobodyIsLoggedIn() {
        identity.clearAuthentication();
    }

    // --- a call that nobody makes ---

    @Test
    void a_call_that_no_junior_takes_goes_to_the_seniors_after_two_working_days_and_to_the_managers_after_four() {
        debtor.of("NL", 30).owes("1000.00", LocalDate.of(2025, 12, 9));

        debtor.until(LocalDate.of(2025, 12, 17));
        assertThat(groups(call())).containsExactly(Groups.JUNIOR_COLLECTORS);
        String id = call().getId();

        // Up on Tuesday the 16th, due on Wednesday: on Thursday morning it moves.
        debtor.until(LocalDate.of(2025, 12, 18));
        assertThat(groups(call())).containsExactly(Groups.SENIOR_COLLECTORS);
        assertThat(tasks.getVariableLocal(id, "handedOnText")).isEqualTo("juniors, 18 Dec");

        debtor.until(LocalDate.of(2025, 12, 21));
        assertThat(groups(call())).containsExactly(Groups.SENIOR_COLLECTORS);
        debtor.until(LocalDate.of(2025, 12, 22));
        assertThat(groups(call())).containsExactly(Groups.MANAGERS);

        debtor.until(LocalDate.of(2026, 1, 9));
        assertThat(groups(call())).as("nobody is above them").containsExactly(Groups.MANAGERS);
        assertThat(call().getId()).as("always the same task").isEqualTo(id);
        assertThat(debtor.diary())
                .containsExactly("2025-12-11 mail at rung 10", "2025-12-16 callCustomer for juniorCollectors");
    }

    @Test
    void the_working_days_are_those_of_the_creditors_country() {
        timeline.startOn(LocalDate.of(2025, 12, 8));
        debtor.of("NL", 30).owes("1000.00", LocalDate.of(2025, 12, 17));

        debtor.until(LocalDate.of(2025, 12, 28));
        assertThat(debtor.diary()).contains("2025-12-24 callCustomer for juniorCollectors");
        assertThat(groups(call())).containsExactly(Groups.JUNIOR_COLLECTORS);

        // Christmas and the weekend do not count: the second working day after the 24th is Tuesday the 30th.
        debtor.until(LocalDate.of(2025, 12, 29));
        assertThat(groups(call())).containsExactly(Groups.JUNIOR_COLLECTORS);
        debtor.until(LocalDate.of(2025, 12, 30));
        assertThat(groups(call())).containsExactly(Groups.SENIOR_COLLECTORS);
    }

    @Test
    void a_call_that_somebody_has_claimed_stays_with_them() {
        debtor.of("NL", 30).owes("1000.00", LocalDate.of(2025, 12, 9));
        debtor.until(LocalDate.of(2025, 12, 17));
        tasks.claim(call().getId(), "junior");

        debtor.until(LocalDate.of(2026, 1, 9));

        assertThat(groups(call())).containsExactly(Groups.JUNIOR_COLLECTORS);
        assertThat(call().getAssignee()).isEqualTo("junior");
        assertThat(tasks.getVariableLocal(call().getId(), "handedOn")).isNull();
    }

    @Test
    void a_call_given_back_between_the_two_days_goes_up_one_level_only() {
        debtor.of("NL", 30).owes("1000.00", LocalDate.of(2025, 12, 9));
        debtor.until(LocalDate.of(2025, 12, 17));
        tasks.claim(call().getId(), "junior");
        debtor.until(LocalDate.of(2025, 12, 18));
        tasks.setAssignee(call().getId(), null);

        debtor.until(LocalDate.of(2025, 12, 22));

        assertThat(groups(call())).containsExactly(Groups.SENIOR_COLLECTORS);
    }

    @Test
    void a_manager_makes_a_call_that_has_come_up_to_them_and_a_junior_no_longer_sees_it() {
        debtor.of("NL", 30).owes("1000.00", LocalDate.of(2025, 12, 9));
        debtor.until(LocalDate.of(2025, 12, 22));
        String call = call().getId();

        identity.setAuthentication("junior", List.of(Groups.JUNIOR_COLLECTORS));
        assertThat(tasks.createTaskQuery().taskId(call).count()).isZero();
        identity.setAuthentication("manager", List.of(Groups.MANAGERS));
        tasks.claim(call, "manager");
        tasks.complete(call, Map.of("outcome", "refuses"));
        identity.clearAuthentication();

        assertThat(tasks.createTaskQuery().taskId(call).count()).isZero();
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKey("phoneCall")
                        .count())
                .isZero();
    }

    @Test
    void a_call_that_was_made_leaves_no_timer_behind() {
        debtor.of("NL", 30).owes("1000.00", LocalDate.of(2025, 12, 9));
        debtor.answers("callCustomer", Map.of("outcome", "refuses"));

        debtor.until(LocalDate.of(2025, 12, 23));

        assertThat(debtor.diary())
                .containsExactly(
                        "2025-12-11 mail at rung 10",
                        "2025-12-16 callCustomer for juniorCollectors",
                        "2025-12-23 postLetters for mailroom");
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKey("phoneCall")
                        .count())
                .isZero();
        assertThat(management.createJobQuery().activityId("callUntouched").count())
                .isZero();
    }

    @Test
    void a_decision_that_no_senior_takes_goes_to_the_managers_after_three_working_days() {
        debtor.of("NL", 30).owes("1000.00", LocalDate.of(2025, 12, 9));
        debtor.until(LocalDate.of(2025, 12, 11));
        String frame = runtime.createProcessInstanceQuery()
                .processDefinitionKey("dunningCase")
                .singleResult()
                .getId();
        runtime.createProcessInstanceModification(frame)
                .startBeforeActivity("decideNextStep")
                .cancelAllForActivity("climbLadder")
                .execute();
        assertThat(groups(decision())).containsExactly(Groups.SENIOR_COLLECTORS);

        debtor.until(LocalDate.of(2025, 12, 15));
        assertThat(groups(decision())).containsExactly(Groups.SENIOR_COLLECTORS);
        debtor.until(LocalDate.of(2025, 12, 16));
        assertThat(groups(decision())).containsExactly(Groups.MANAGERS);
    }

    // --- whom to call first ---

    @Test
    void the_priority_of_a_call_is_the_part_of_the_debt_that_is_at_risk_and_grows_with_its_age() {
        debtor.of("NL", 30).owes("1000.00", LocalDate.of(2025, 12, 9));
        debtor.until(LocalDate.of(2025, 12, 16));

        // A new customer of middle size is in segment B: 10 + 10 percent.
        assertThat(call().getPriority()).isEqualTo(200);
        assertThat(card("daysOverdue")).isEqualTo(7);

        debtor.until(LocalDate.of(2026, 1, 8));
        assertThat(call().getPriority()).isEqualTo(200);
        debtor.until(LocalDate.of(2026, 1, 9));

        // Overdue for 31 days: 20 + 10 percent.
        assertThat(call().getPriority()).isEqualTo(300);
        assertThat(card("daysOverdue")).isEqualTo(31);
        assertThat(card("overdueText").toString()).contains("1,000.00");
    }

    @Test
    void a_part_payment_lowers_the_priority_and_the_amount_on_the_card_at_once() {
        long invoice = debtor.of("NL", 30).owes("1000.00", LocalDate.of(2025, 12, 9));
        debtor.until(LocalDate.of(2025, 12, 16));

        portfolio.pay(invoice, LocalDate.of(2025, 12, 16), "600.00");

        assertThat(call().getPriority()).isEqualTo(80);
        assertThat(card("overdueText").toString()).contains("400.00");
    }

    @Test
    void a_broken_promise_raises_the_priority_of_the_next_call() {
        debtor.of("NL", 30).owes("1000.00", LocalDate.of(2025, 12, 9));
        debtor.answers("callCustomer", Map.of("outcome", "willPay", "promiseDate", "2025-12-18"))
                .answers("postLetters", Map.of("outcome", "allPosted"));
        debtor.until(LocalDate.of(2025, 12, 17)).leaves("callCustomer");

        debtor.until(LocalDate.of(2026, 1, 6));

        assertThat(debtor.diary()).contains("2026-01-02 callCustomer for juniorCollectors");
        // Below 31 days, in B or lower now that a promise was broken: 10 + 10 or 15 + 25 percent.
        assertThat(call().getPriority()).isIn(450, 500);
    }

    // --- the lists ---

    @Test
    void the_call_list_of_a_level_has_the_most_at_stake_first_and_only_what_nobody_has_claimed() {
        debtor.of("NL", 30).owes("1000.00", LocalDate.of(2025, 12, 9));
        other.of("NL", 30).owes("1500.00", LocalDate.of(2025, 12, 9));
        debtor.until(LocalDate.of(2025, 12, 16));

        identity.setAuthentication("junior", List.of(Groups.JUNIOR_COLLECTORS));
        assertThat(list("Call list")).extracting(Task::getPriority).containsExactly(300, 200);
        assertThat(list("My calls today")).isEmpty();
        tasks.claim(list("Call list").get(0).getId(), "junior");
        assertThat(list("Call list")).extracting(Task::getPriority).containsExactly(200);
        assertThat(list("My calls today")).extracting(Task::getPriority).containsExactly(300);

        identity.setAuthentication("senior", List.of(Groups.SENIOR_COLLECTORS));
        assertThat(list("Call list")).as("of another level").isEmpty();
    }

    @Test
    void what_the_level_below_has_left_stands_under_escalated_to_me_and_what_waits_for_long_in_a_list_of_its_own() {
        debtor.of("NL", 30).owes("1000.00", LocalDate.of(2025, 12, 9));
        debtor.until(LocalDate.of(2025, 12, 17));
        identity.setAuthentication("senior", List.of(Groups.SENIOR_COLLECTORS));
        assertThat(list("Escalated to me")).isEmpty();
        identity.clearAuthentication();

        debtor.until(LocalDate.of(2025, 12, 18));
        identity.setAuthentication("senior", List.of(Groups.SENIOR_COLLECTORS));
        assertThat(list("Escalated to me")).hasSize(1);
        assertThat(list("Waiting longer than 3 days")).isEmpty();
        identity.clearAuthentication();

        debtor.until(LocalDate.of(2025, 12, 19));
        identity.setAuthentication("senior", List.of(Groups.SENIOR_COLLECTORS));
        assertThat(list("Waiting longer than 3 days"))
                .as("since Tuesday morning")
                .hasSize(1);
        identity.clearAuthentication();

        debtor.until(LocalDate.of(2025, 12, 22));
        identity.setAuthentication("manager", List.of(Groups.MANAGERS));
        assertThat(list("Escalated to me")).hasSize(1);
        assertThat(list("Waiting longer than 3 days")).hasSize(1);
        identity.setAuthentication("senior", List.of(Groups.SENIOR_COLLECTORS));
        assertThat(list("Escalated to me")).isEmpty();
    }

    // --- promises ---

    @Test
    void a_promise_is_due_on_its_day_and_the_word_of_whoever_looked_after_it_is_kept() {
        debtor.of("NL", 30).owes("1000.00", LocalDate.of(2025, 12, 9));
        debtor.answers("callCustomer", Map.of("outcome", "willPay", "promiseDate", "2025-12-19"));
        debtor.until(LocalDate.of(2025, 12, 18));
        assertThat(tasks.createTaskQuery().active().count()).isZero();

        debtor.until(LocalDate.of(2025, 12, 19));
        identity.setAuthentication("junior", List.of(Groups.JUNIOR_COLLECTORS));
        Task promise = list("Promises due").get(0);
        assertThat(promise.getName()).startsWith("Look after promise: ");
        assertThat(promise.getPriority()).isEqualTo(200);
        assertThat(tasks.getVariablesLocal(promise.getId()))
                .containsKeys("phone", "overdueText", "daysOverdue", "segment", "rungName", "customerName");
        tasks.complete(promise.getId(), Map.of("outcome", "onItsWay", "note", "On Monday"));
        identity.clearAuthentication();

        assertThat(texts("select noted_by || ': ' || text from customer_note where customer_id = :customer", debtor))
                .singleElement()
                .asString()
                .matches("junior: Promise H\\d+: says that the money is on its way. On Monday");
        debtor.until(LocalDate.of(2025, 12, 22));
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKey("promise")
                        .count())
                .as("the customer has the time they were given")
                .isEqualTo(1);
        debtor.until(LocalDate.of(2025, 12, 23));
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKey("promise")
                        .count())
                .isZero();
    }

    @Test
    void nobody_has_to_look_after_a_promise_and_one_that_is_kept_on_its_day_leaves_the_list() {
        long invoice = debtor.of("NL", 30).owes("1000.00", LocalDate.of(2025, 12, 9));
        other.of("NL", 30).owes("700.00", LocalDate.of(2025, 12, 9));
        debtor.answers("callCustomer", Map.of("outcome", "willPay", "promiseDate", "2025-12-19"));
        debtor.until(LocalDate.of(2025, 12, 19));
        assertThat(tasks.createTaskQuery().taskDefinitionKey("lookAfterPromise").list())
                .hasSize(2);

        portfolio.pay(invoice, LocalDate.of(2025, 12, 19), "1000.00");
        assertThat(tasks.createTaskQuery().taskDefinitionKey("lookAfterPromise").list())
                .extracting(Task::getPriority)
                .containsExactly(140);

        debtor.until(LocalDate.of(2025, 12, 23));
        assertThat(tasks.createTaskQuery().taskDefinitionKey("lookAfterPromise").count())
                .isZero();
        assertThat(texts("select outcome from hold where customer_id = :customer", other))
                .containsExactly("BROKEN");
    }

    private List<String> texts(String sql, Debtor of) {
        return jdbc.sql(sql)
                .param("customer", of.customer())
                .query(String.class)
                .list();
    }

    private Task call() {
        return tasks.createTaskQuery().taskDefinitionKey("callCustomer").singleResult();
    }

    private Task decision() {
        return tasks.createTaskQuery().taskDefinitionKey("decideNextStep").singleResult();
    }

    private Object card(String name) {
        return tasks.getVariableLocal(call().getId(), name);
    }

    private List<String> groups(Task task) {
        return tasks.getIdentityLinksForTask(task.getId()).stream()
                .map(IdentityLink::getGroupId)
                .filter(group -> group != null)
                .toList();
    }

    /** What whoever is logged in finds in the list of that name. */
    private List<Task> list(String name) {
        String filter = engine.getCommandExecutorTxRequired()
                .execute(context -> context.runWithoutAuthorization(() -> filters.createFilterQuery()
                        .filterName(name)
                        .singleResult()
                        .getId()));
        return filters.list(filter);
    }
}
