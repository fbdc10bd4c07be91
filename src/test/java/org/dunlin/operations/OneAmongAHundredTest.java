package org.dunlin.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.OutputEntry;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.dunlin.dunning.Holds;
import org.dunlin.dunning.NewHold;
import org.dunlin.scoring.DailyRunProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Promise R6: a poison row stops only itself. At each step of a day that is done for many at once, one customer of a hundred cannot be
 * dealt with: the others get what is theirs on the same day, and the operators see who did not. Messages and changes of ladder are
 * proved where they are made.
 */
@DunlinTest
class OneAmongAHundredTest {

    private static final LocalDate DUE = LocalDate.of(2026, 2, 3);
    private static final LocalDate OPENED = LocalDate.of(2026, 2, 4);

    private static final Logger log = LoggerFactory.getLogger(OneAmongAHundredTest.class);

    @Autowired
    ProblemFinder finder;

    @Autowired
    Timeline timeline;

    @Autowired
    Portfolio portfolio;

    @Autowired
    Slate slate;

    @Autowired
    Holds holds;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ManagementService management;

    @Autowired
    RepositoryService repository;

    @Autowired
    TaskService tasks;

    @Autowired
    IdentityService identity;

    @Autowired
    JdbcClient jdbc;

    private final List<Long> customers = new ArrayList<>();
    private long bad;

    @BeforeEach
    void aHundredCustomersWhoOwe() {
        slate.clean();
        jdbc.sql("delete from problem").update();
        long creditor = portfolio.creditor("NL");
        for (int i = 0; i < 100; i++) {
            customers.add(portfolio.customer());
            portfolio.invoice(creditor, customers.get(i), DUE, "1000.00");
        }
        bad = customers.get(41);
    }

    @AfterEach
    void nothingStays() {
        identity.clearAuthentication();
        slate.clean();
        jdbc.sql("delete from problem").update();
    }

    @Test
    void whose_case_cannot_be_opened() {
        timeline.startOn(OPENED);
        // DDL takes no parameters.
        jdbc.sql(
                        """
                        create function poison() returns trigger language plpgsql as $$
                        begin
                            raise exception 'no case for this customer';
                        end $$
                        """)
                .update();
        jdbc.sql("create trigger poison before insert on dunning_case for each row when (new.customer_id = " + bad
                        + ") execute function poison()")
                .update();
        try {
            dailyRun();
        } finally {
            jdbc.sql("drop function poison cascade").update();
        }

        assertThat(count("dunning_case c join act_ru_execution e on e.id_ = c.process_instance_id"))
                .isEqualTo(99);
        assertThat(problem())
                .containsEntry("problemKind", "CUSTOMER_LEFT_OUT")
                .containsEntry("problemProcess", "Daily run")
                .containsEntry("problemStep", "Open cases")
                .hasEntrySatisfying(
                        "problemError", error -> assertThat(error).asString().contains("no case for this customer"));
        assertThat(taskNames()).containsExactly("A customer was left out: %s, %s".formatted(name(bad), number(bad)));

        runNow();

        assertThat(count("dunning_case")).isEqualTo(100);
        assertThat(taskNames()).isEmpty();
    }

    @Test
    void whose_invoices_are_as_large_as_a_file_may_bring_them() {
        timeline.startOn(OPENED);
        long creditor = portfolio.creditor("NL");
        for (int i = 0; i < 3; i++) {
            portfolio.invoice(creditor, bad, DUE, "999999999999999.99");
        }

        dailyRun();

        assertThat(count("customer_score where until is null")).isEqualTo(100);
        assertThat(count("dunning_case where customer_id <> " + bad)).isEqualTo(99);
        assertThat(taskNames()).isEmpty();
    }

    @Test
    void whom_the_tables_cannot_judge() {
        timeline.startOn(OPENED);
        jdbc.sql("update customer set sector = 'poisontest' where id = :id")
                .param("id", bad)
                .update();
        String deployment = scorecardThatCannotJudgeThatSector();
        try {
            dailyRun();
            chooseLadders();
        } finally {
            repository.deleteDeployment(deployment, true);
        }
        finder.look();

        assertThat(count("dunning_case where ladder is not null")).isEqualTo(99);
        assertThat(taskNames())
                .as("not scored, and then no ladder for the case")
                .hasSize(2)
                .allMatch(task -> task.contains(name(bad)))
                .anyMatch(task -> task.startsWith("A customer was left out"))
                .anyMatch(task -> task.startsWith("A step failed"));

        dailyRun();

        assertThat(taskNames())
                .as("everybody is scored with the table that is live again")
                .singleElement()
                .asString()
                .startsWith("A step failed");
    }

    @Test
    void whose_settled_case_does_not_hear_of_it() {
        timeline.startOn(OPENED);
        dailyRun();
        runtime.suspendProcessInstanceById(frame(bad));
        theMoneyComesAndNobodyIsTold();

        dailyRun();

        assertThat(count("dunning_case where state = 'CLOSED'")).isEqualTo(99);
        assertThat(problem())
                .containsEntry("problemKind", "CUSTOMER_LEFT_OUT")
                .containsEntry("problemStep", "Reconcile cases")
                .containsEntry("problemError", "Its process is suspended")
                .containsEntry("customerNumber", number(bad));
        assertThat(taskNames()).as("it stands still as well").allMatch(task -> task.contains(name(bad)));

        runtime.activateProcessInstanceById(frame(bad));
        runNow();

        assertThat(count("dunning_case where state = 'OPEN'")).isZero();
        assertThat(taskNames()).isEmpty();
    }

    @Test
    void whose_kept_promise_cannot_be_ended() {
        timeline.startOn(DUE);
        customers.forEach(customer ->
                holds.raise(NewHold.promise(customer, LocalDate.of(2026, 2, 20), null, "a junior collector")));
        String promise = jdbc.sql("select process_instance_id from hold where customer_id = :id")
                .param("id", bad)
                .query(String.class)
                .single();
        runtime.suspendProcessInstanceById(promise);
        theMoneyComesAndNobodyIsTold();

        dailyRun();

        assertThat(count("hold where outcome = 'KEPT'")).isEqualTo(99);
        assertThat(promises()).isEqualTo(1);
        assertThat(problem())
                .containsEntry("problemKind", "CUSTOMER_LEFT_OUT")
                .containsEntry("problemStep", "Reconcile cases")
                .containsEntry("customerNumber", number(bad));

        runtime.activateProcessInstanceById(promise);
        runNow();

        assertThat(count("hold where outcome = 'KEPT'")).isEqualTo(100);
        assertThat(promises()).isZero();
        assertThat(taskNames()).isEmpty();
    }

    private void dailyRun() {
        runtime.startProcessInstanceByMessage(DailyRunProcess.REQUESTED);
        executeDailyRun();
    }

    private void executeDailyRun() {
        List<Job> due = dueJobs(DailyRunProcess.KEY);
        while (!due.isEmpty()) {
            management.executeJob(due.get(0).getId());
            due = dueJobs(DailyRunProcess.KEY);
        }
    }

    /** Each as often as it has retries. */
    private void chooseLadders() {
        for (Job job : dueJobs("dunningCase")) {
            for (int retries = job.getRetries(); retries > 0; retries--) {
                try {
                    management.executeJob(job.getId());
                    break;
                } catch (RuntimeException e) {
                    log.debug("One of them fails on purpose", e);
                }
            }
        }
    }

    private List<Job> dueJobs(String process) {
        return management.createJobQuery().processDefinitionKey(process).active().withRetriesLeft().list().stream()
                .filter(job -> job.getProcessInstanceId() != null)
                .toList();
    }

    /** What an operator does about it, once the cause has gone. */
    private void runNow() {
        identity.setAuthentication("admin", List.of("admins", "camunda-admin"));
        try {
            tasks.complete(leftOutTask().getId(), Map.of("leftOutAction", "runNow"));
        } finally {
            identity.clearAuthentication();
        }
        executeDailyRun();
    }

    private void theMoneyComesAndNobodyIsTold() {
        jdbc.sql(
                        """
                        with p as (
                            insert into payment (creditor_id, customer_id, number, received_on, currency, amount)
                            select creditor_id, customer_id, number, :on, currency, gross from invoice returning *)
                        insert into allocation (invoice_id, payment_id, effective_on, amount)
                        select i.id, p.id, p.received_on, p.amount from p join invoice i on i.number = p.number
                        """)
                .param("on", timeline.today())
                .update();
    }

    private String scorecardThatCannotJudgeThatSector() {
        DmnModelInstance scorecard = repository.getDmnModelInstance(repository
                .createDecisionDefinitionQuery()
                .decisionDefinitionKey("scorecard")
                .latestVersion()
                .singleResult()
                .getId());
        OutputEntry points = scorecard.getModelElementById("sector5Points");
        points.getText().setTextContent("if sector = \"poisontest\" then \"many\" else 3");
        return repository
                .createDeployment()
                .addInputStream(
                        "scorecard.dmn",
                        new ByteArrayInputStream(Dmn.convertToString(scorecard).getBytes(StandardCharsets.UTF_8)))
                .deploy()
                .getId();
    }

    private List<Task> problemTasks() {
        return tasks.createTaskQuery().processDefinitionKey("attendToProblem").list();
    }

    private List<String> taskNames() {
        return problemTasks().stream().map(Task::getName).toList();
    }

    /** What the task about the one who was left out shows. */
    private Map<String, Object> problem() {
        return tasks.getVariables(leftOutTask().getId());
    }

    private Task leftOutTask() {
        List<Task> leftOut = problemTasks().stream()
                .filter(task -> task.getName().startsWith("A customer was left out"))
                .toList();
        assertThat(leftOut).hasSize(1);
        return leftOut.get(0);
    }

    private String frame(long customer) {
        return jdbc.sql("select process_instance_id from dunning_case where customer_id = :id")
                .param("id", customer)
                .query(String.class)
                .single();
    }

    private String name(long customer) {
        return jdbc.sql("select name from customer where id = :id")
                .param("id", customer)
                .query(String.class)
                .single();
    }

    private String number(long customer) {
        return jdbc.sql("select number from customer where id = :id")
                .param("id", customer)
                .query(String.class)
                .single();
    }

    private long promises() {
        return runtime.createProcessInstanceQuery()
                .processDefinitionKey("promise")
                .count();
    }

    private long count(String from) {
        return jdbc.sql("select count(*) from " + from).query(Long.class).single();
    }
}
