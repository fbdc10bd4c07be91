package org.dunlin.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.dunlin.contact.Channel;
import org.dunlin.contact.log.ContactLog;
import org.dunlin.contact.log.NewContact;
import org.dunlin.contact.log.Occurrence;
import org.dunlin.dunning.ContactsUnderway;
import org.dunlin.dunning.Debtor;
import org.dunlin.dunning.DunningCase;
import org.dunlin.dunning.DunningCases;
import org.dunlin.receivables.CustomerKey;
import org.dunlin.receivables.CustomerMergeRow;
import org.dunlin.receivables.Ledger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Each kind of problem comes onto the operators' list, can be solved there, and leaves it. */
@DunlinTest
class ProblemsTest {

    private static final LocalDate DUE = LocalDate.of(2026, 2, 3);
    private static final LocalDate OPENED = LocalDate.of(2026, 2, 4);
    private static final LocalDate REMINDED = LocalDate.of(2026, 2, 5);

    @Autowired
    ProblemFinder finder;

    @Autowired
    ObjectProvider<Debtor> debtors;

    @Autowired
    Timeline timeline;

    @Autowired
    Portfolio portfolio;

    @Autowired
    Slate slate;

    @Autowired
    Ledger ledger;

    @Autowired
    DunningCases cases;

    @Autowired
    ContactsUnderway underway;

    @Autowired
    ContactLog contactLog;

    @Autowired
    Clock clock;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ManagementService management;

    @Autowired
    TaskService tasks;

    @Autowired
    IdentityService identity;

    @Autowired
    JdbcClient jdbc;

    private long invoice;

    @BeforeEach
    void aCaseThatWaitsForItsReminder() {
        slate.clean();
        jdbc.sql("delete from problem").update();
        timeline.startOn(LocalDate.of(2026, 1, 30));
        invoice = debtors.getObject().of("NL", 30).owes("1000.00", DUE);
        timeline.passUntil(OPENED);
        assertThat(finder.look()).isZero();
    }

    @AfterEach
    void nothingStaysOnTheList() {
        identity.clearAuthentication();
        slate.clean();
        jdbc.sql("delete from problem").update();
    }

    @Test
    void a_step_whose_retries_are_used_up_can_be_tried_again_once_its_cause_is_gone() {
        Object caseId = takeCaseIdAway();
        timeline.passUntil(REMINDED);
        finder.look();

        Task task = task();
        assertThat(task.getName()).startsWith("A step failed: DEBTOR").endsWith(only().number());
        assertThat(tasks.getIdentityLinksForTask(task.getId()))
                .extracting(link -> link.getGroupId())
                .containsExactly("admins");
        assertThat(tasks.getVariables(task.getId()))
                .containsEntry("problemKind", "STEP_FAILED")
                .containsEntry("caseNumber", only().number())
                .containsEntry("problemProcess", "Ladder: standard")
                .containsEntry("problemTimes", 1);
        assertThat(tasks.getVariable(task.getId(), "problemError").toString()).contains("caseId");

        runtime.setVariable(ladder(), "caseId", caseId);
        answer("failedStepAction", "tryAgain");
        timeline.settleDown();
        finder.look();

        assertThat(problemTasks()).isEmpty();
        assertThat(mails()).isEqualTo(1);
        assertThat(only().rung()).isEqualTo(10);
        assertThat(solutions()).containsExactly("TRY_AGAIN by admin");
    }

    @Test
    void what_fails_again_comes_back_as_a_new_task_that_says_so() {
        takeCaseIdAway();
        timeline.passUntil(REMINDED);
        finder.look();
        Task first = task();

        answer("failedStepAction", "tryAgain");
        assertThat(problemTasks()).isEmpty();
        timeline.settleDown();
        finder.look();

        assertThat(task().getId()).isNotEqualTo(first.getId());
        assertThat(tasks.getVariable(task().getId(), "problemTimes")).isEqualTo(2);
    }

    @Test
    void a_problem_that_solved_itself_leaves_the_list() {
        Object caseId = takeCaseIdAway();
        timeline.passUntil(REMINDED);
        finder.look();
        finder.look();
        assertThat(problemTasks()).hasSize(1);

        runtime.setVariable(ladder(), "caseId", caseId);
        management.setJobRetries(step().getId(), 1);
        timeline.settleDown();
        finder.look();

        assertThat(problemTasks()).isEmpty();
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKey("attendToProblem")
                        .count())
                .isZero();
        assertThat(solutions()).containsExactly("BY_ITSELF by null");
    }

    @Test
    void one_that_is_left_until_tomorrow_is_back_then() {
        takeCaseIdAway();
        timeline.passUntil(REMINDED);
        finder.look();

        answer("failedStepAction", "tomorrow");
        finder.look();

        assertThat(problemTasks()).isEmpty();

        timeline.passDay();

        assertThat(tasks.getVariable(task().getId(), "failedStepAction")).isNull();
        assertThat(tasks.getVariable(task().getId(), "problemTimes")).isEqualTo(1);
    }

    @Test
    void it_names_the_customer_whom_its_customer_turned_out_to_be() {
        takeCaseIdAway();
        timeline.passUntil(REMINDED);
        finder.look();
        String task = task().getId();
        long heir = portfolio.customer();

        ledger.mergeCustomers(List.of(new CustomerMergeRow(
                CustomerKey.of(portfolio.customerNumber(only().customerId())),
                CustomerKey.of(portfolio.customerNumber(heir)))));
        finder.look();

        assertThat(task().getId()).isEqualTo(task);
        assertThat(task().getName())
                .isEqualTo("A step failed: %s BV, %s".formatted(portfolio.customerNumber(heir), only().number()));
        assertThat(tasks.getVariables(task)).containsEntry("customerNumber", portfolio.customerNumber(heir));
    }

    @Test
    void only_an_administrator_solves_it() {
        takeCaseIdAway();
        timeline.passUntil(REMINDED);
        finder.look();
        String task = task().getId();

        identity.setAuthentication("sem", List.of("seniorCollectors"));

        assertThatThrownBy(() -> tasks.complete(task, Map.of("failedStepAction", "tryAgain")))
                .hasStackTraceContaining("Only an administrator");
        identity.clearAuthentication();
        assertThat(step().getRetries()).isZero();
        assertThat(problemTasks()).hasSize(1);
    }

    @Test
    void a_task_that_was_deleted_comes_back_while_the_problem_is_there() {
        takeCaseIdAway();
        timeline.passUntil(REMINDED);
        finder.look();
        runtime.deleteProcessInstance(task().getProcessInstanceId(), "by mistake");

        finder.look();

        assertThat(problemTasks()).hasSize(1);
    }

    @Test
    void a_case_that_lost_its_process_is_started_again_but_not_closed_while_money_is_open() {
        runtime.deleteProcessInstance(only().processInstanceId(), "by mistake");
        finder.look();
        assertThat(tasks.getVariable(task().getId(), "problemKind")).isEqualTo("CASE_WITHOUT_PROCESS");

        assertThatThrownBy(() -> answer("lostProcessAction", "closeRecord"))
                .hasStackTraceContaining("still has something to collect");
        assertThat(only().isOpen()).isTrue();

        answer("lostProcessAction", "startAgain");
        timeline.settleDown();
        finder.look();
        assertThat(problemTasks()).isEmpty();
        timeline.passUntil(REMINDED);
        assertThat(mails()).isEqualTo(1);
        assertThat(only().rung()).isEqualTo(10);
    }

    @Test
    void a_case_that_is_started_again_goes_on_above_the_rung_it_has_climbed() {
        timeline.passUntil(REMINDED);
        assertThat(mails()).isEqualTo(1);
        runtime.deleteProcessInstance(only().processInstanceId(), "by mistake");
        finder.look();

        answer("lostProcessAction", "startAgain");
        timeline.settleDown();
        assertThat(runtime.getActiveActivityIds(ladder())).containsExactly("waitBeforeCall");
        // Three working days after the reminder really left, as if nothing had happened.
        timeline.passUntil(LocalDate.of(2026, 2, 9));
        assertThat(tasks.createTaskQuery().taskDefinitionKey("callCustomer").count())
                .isZero();
        timeline.passUntil(LocalDate.of(2026, 2, 10));

        assertThat(tasks.createTaskQuery().taskDefinitionKey("callCustomer").count())
                .isEqualTo(1);
        assertThat(mails()).isEqualTo(1);
    }

    @Test
    void the_record_of_a_settled_case_without_process_can_be_closed() {
        runtime.deleteProcessInstance(only().processInstanceId(), "by mistake");
        portfolio.pay(invoice, OPENED, "1000.00");
        finder.look();

        answer("lostProcessAction", "closeRecord");

        assertThat(only().isOpen()).isFalse();
        assertThat(finder.look()).isZero();
        assertThat(problemTasks()).isEmpty();
    }

    @Test
    void a_process_whose_case_is_closed_is_ended() {
        jdbc.sql("update dunning_case set state = 'CLOSED', outcome = 'SETTLED', closed_on = :on")
                .param("on", OPENED)
                .update();
        finder.look();
        assertThat(tasks.getVariable(task().getId(), "problemKind")).isEqualTo("PROCESS_WITHOUT_CASE");

        answer("strayProcessAction", "endProcess");

        assertThat(finder.look()).isZero();
        assertThat(runtime.createProcessInstanceQuery().count()).isZero();
        timeline.passUntil(LocalDate.of(2026, 2, 12));
        assertThat(mails()).isZero();
    }

    @Test
    void a_suspended_case_that_is_not_on_hold_stands_still_until_the_suspension_is_lifted() {
        runtime.suspendProcessInstanceById(ladder());
        timeline.passUntil(REMINDED);
        assertThat(tasks.getVariable(task().getId(), "problemKind")).isEqualTo("STANDS_STILL");
        assertThat(mails()).isZero();

        answer("standstillAction", "activate");
        timeline.settleDown();

        assertThat(mails()).isEqualTo(1);
        assertThat(finder.look()).isZero();
    }

    @Test
    void a_case_in_which_nothing_waits_any_more_is_started_again() {
        jdbc.sql("delete from act_ru_job where process_instance_id_ = :ladder")
                .param("ladder", ladder())
                .update();
        finder.look();
        assertThat(tasks.getVariable(task().getId(), "problemKind")).isEqualTo("STANDS_STILL");
        assertThatThrownBy(() -> answer("standstillAction", "activate")).hasStackTraceContaining("is suspended");

        answer("standstillAction", "startAgain");
        timeline.passUntil(REMINDED);

        assertThat(mails()).isEqualTo(1);
        assertThat(finder.look()).isZero();
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKey("dunningCase")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void a_case_on_hold_is_no_problem() {
        runtime.suspendProcessInstanceById(ladder());
        jdbc.sql("update dunning_case set held_since = now()").update();

        assertThat(finder.look()).isZero();
    }

    @Test
    void a_message_left_half_way_at_a_step_that_the_case_has_left_is_looked_up_and_counts_if_it_was_sent() {
        long contact = takenAndNeverSent();
        assertThat(underway.among(List.of(only().id())))
                .as("it keeps the case on its ladder")
                .hasSize(1);
        finder.look();
        assertThat(tasks.getVariable(task().getId(), "problemKind")).isEqualTo("LOST_CONTACT");
        assertThat(task().getName())
                .startsWith("A message was left half-way: DEBTOR")
                .endsWith(only().number());
        assertThat(tasks.getVariable(task().getId(), "problemError").toString())
                .contains("@customer.example", "Reminder: invoice", "Message-ID ‹contact-" + contact + ".dead@");
        assertThat(only().rung()).isZero();

        answer("lostContactAction", "wasSent");

        assertThat(contactRow(contact)).isEqualTo("SENT, resolved by admin");
        assertThat(only().rung()).isEqualTo(10);
        assertThat(underway.among(List.of(only().id()))).isEmpty();
        assertThat(finder.look()).isZero();
        assertThat(problemTasks()).isEmpty();
    }

    @Test
    void a_message_left_half_way_that_was_not_sent_counts_for_nothing() {
        long contact = takenAndNeverSent();
        finder.look();

        answer("lostContactAction", "notSent");

        assertThat(contactRow(contact)).isEqualTo("FAILED, resolved by admin");
        assertThat(only().rung()).isZero();
        assertThat(finder.look()).isZero();
    }

    @Test
    void nobody_looks_up_a_message_that_may_still_be_sent_or_whose_case_has_ended() {
        long contact = takenAndNeverSent();
        jdbc.sql("update contact set claimed_at = :at")
                .param("at", OffsetDateTime.ofInstant(clock.instant().minusSeconds(3599), ZoneOffset.UTC))
                .update();
        assertThat(finder.look()).as("a worker may have it").isZero();

        portfolio.pay(invoice, OPENED, "1000.00");
        jdbc.sql("update contact set state = 'SENDING', claimed_at = :at")
                .param("at", OffsetDateTime.ofInstant(clock.instant().minusSeconds(3601), ZoneOffset.UTC))
                .update();
        assertThat(finder.look()).as("the case is over").isZero();
        assertThat(contactRow(contact)).isEqualTo("UNRESOLVED, resolved by nobody");
    }

    /** By a worker that then stopped; the case is at another step. */
    private long takenAndNeverSent() {
        return contactLog
                .claim(
                        NewContact.rung(
                                only().id(), new Occurrence(ladder(), "sendReminder"), 10, Channel.EMAIL, "reminder"),
                        null,
                        "dead",
                        clock.instant().minusSeconds(7200))
                .orElseThrow()
                .id();
    }

    private String contactRow(long id) {
        return jdbc.sql(
                        "select state || ', resolved by ' || coalesce(resolved_by, 'nobody') from contact where id = :id")
                .param("id", id)
                .query(String.class)
                .single();
    }

    @Test
    void one_poisoned_case_among_a_hundred_stops_only_itself() {
        slate.clean();
        timeline.startOn(LocalDate.of(2026, 1, 30));
        long creditor = portfolio.creditor("NL");
        for (int i = 0; i < 100; i++) {
            portfolio.invoice(creditor, portfolio.customer(), DUE, "1000.00");
        }
        timeline.passUntil(OPENED);
        String poisoned = runtime.createProcessInstanceQuery()
                .processDefinitionKey("standard")
                .list()
                .get(50)
                .getId();
        runtime.removeVariable(poisoned, "caseId");

        timeline.passUntil(REMINDED);
        finder.look();

        assertThat(mails()).isEqualTo(99);
        assertThat(problemTasks()).hasSize(1);
    }

    @Test
    void the_daily_run_says_what_it_repaired() {
        // The money is in the ledger, but nobody told the case.
        jdbc.sql(
                        """
                        with p as (
                            insert into payment (creditor_id, customer_id, number, received_on, currency, amount)
                            select creditor_id, customer_id, 'LOST', :on, currency, gross from invoice where id = :id returning id)
                        insert into allocation (invoice_id, payment_id, effective_on, amount)
                        select :id, p.id, :on, 1000.00 from p
                        """)
                .param("on", OPENED)
                .param("id", invoice)
                .update();

        timeline.passUntil(REMINDED);

        assertThat(only().isOpen()).isFalse();
        assertThat(mails()).isZero();
        assertThat(jdbc.sql("select kind || ' ' || (told_in is not null) from repair")
                        .query(String.class)
                        .list())
                .containsExactly("settledCaseEnded true");
        assertThat(jdbc.sql(
                                """
                        select text_ from act_hi_varinst v join repair r on r.told_in = v.proc_inst_id_
                        where v.name_ = 'repairsText'
                        """)
                        .query(String.class)
                        .list())
                .containsExactly("1 × settledCaseEnded");
    }

    private Object takeCaseIdAway() {
        Object caseId = runtime.getVariable(ladder(), "caseId");
        String ladder = ladder();
        // The wait needs it too, so only what comes after the wait fails.
        timeline.settleDown();
        runtime.removeVariable(ladder, "caseId");
        return caseId;
    }

    private String ladder() {
        return runtime.createProcessInstanceQuery()
                .processDefinitionKey("standard")
                .singleResult()
                .getId();
    }

    /** What failed: the way to the reminder, which has to know whose it is. */
    private Job step() {
        return management.createJobQuery().noRetriesLeft().singleResult();
    }

    private DunningCase only() {
        return cases.get(
                jdbc.sql("select id from dunning_case").query(Long.class).single());
    }

    private List<Task> problemTasks() {
        return tasks.createTaskQuery().processDefinitionKey("attendToProblem").list();
    }

    private Task task() {
        assertThat(problemTasks()).hasSize(1);
        return problemTasks().get(0);
    }

    private void answer(String field, String action) {
        identity.setAuthentication("admin", List.of("admins", "camunda-admin"));
        try {
            tasks.complete(task().getId(), Map.of(field, action));
        } finally {
            identity.clearAuthentication();
        }
    }

    private long mails() {
        return jdbc.sql("select count(*) from contact where state = 'SENT' and channel = 'EMAIL'")
                .query(Long.class)
                .single();
    }

    private List<String> solutions() {
        return jdbc.sql("select solution || ' by ' || coalesce(solved_by, 'null') from problem order by id")
                .query(String.class)
                .list();
    }
}
