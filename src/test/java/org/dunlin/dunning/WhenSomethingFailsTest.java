package org.dunlin.dunning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.Job;
import org.dunlin.DunlinTest;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@DunlinTest
class WhenSomethingFailsTest {

    private static final LocalDate DUE = LocalDate.of(2026, 2, 3);

    @Autowired
    ObjectProvider<Debtor> debtors;

    @Autowired
    Timeline timeline;

    @Autowired
    Slate slate;

    @Autowired
    RepositoryService repository;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ManagementService management;

    @Autowired
    TaskService tasks;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void begin() {
        slate.clean();
        timeline.startOn(LocalDate.of(2026, 1, 30));
    }

    @Test
    void an_unknown_ladder_is_an_incident_of_that_case_alone_and_can_be_retried() throws IOException {
        Debtor lost = debtors.getObject().of("NL", 30);
        lost.owes("1000.00", DUE);
        Debtor small = debtors.getObject().of("NL", 5);
        small.owes("200.00", DUE);
        String deployment = withStandardLadderCalled("nowhere");
        try {
            timeline.passUntil(LocalDate.of(2026, 2, 4));
        } finally {
            repository.deleteDeployment(deployment, true);
        }
        assertThat(small.ladder()).isEqualTo("light");
        assertThat(lost.cases().values()).containsExactly("OPEN");
        Incident incident = runtime.createIncidentQuery().singleResult();
        assertThat(incident.getActivityId()).isEqualTo("scoreAndChooseLadder");
        assertThat(incident.getIncidentMessage()).contains("nowhere");

        Job failed = management.createJobQuery().noRetriesLeft().singleResult();
        management.setJobRetries(failed.getId(), 1);
        timeline.settleDown();

        assertThat(lost.ladder()).isEqualTo("standard");
        assertThat(runtime.createIncidentQuery().count()).isZero();
    }

    @Test
    void a_promise_in_the_past_is_refused_and_the_task_stays_as_it_was() {
        Debtor debtor = debtors.getObject().of("NL", 30);
        debtor.owes("1000.00", DUE);
        debtor.until(LocalDate.of(2026, 2, 10));
        String task = tasks.createTaskQuery()
                .taskDefinitionKey("callCustomer")
                .singleResult()
                .getId();

        assertThatThrownBy(() -> tasks.complete(task, Map.of("outcome", "willPay", "promiseDate", "2026-02-09")))
                .hasStackTraceContaining("The date 2026-02-09 has passed");
        assertThatThrownBy(() -> tasks.complete(task, Map.of("outcome", "willPay")))
                .hasStackTraceContaining("needs the date");
        assertThatThrownBy(() ->
                        tasks.complete(task, Map.of("outcome", "wrongNumber", "correctedPhone", "ask at reception")))
                .hasStackTraceContaining("not a phone number");

        assertThat(tasks.createTaskQuery().taskId(task).count()).isEqualTo(1);
        assertThat(jdbc.sql("select count(*) from dunning_note")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void a_corrected_number_is_called_at_once() {
        Debtor debtor = debtors.getObject().of("NL", 30);
        debtor.owes("1000.00", DUE);
        debtor.until(LocalDate.of(2026, 2, 10));

        tasks.complete(
                tasks.createTaskQuery()
                        .taskDefinitionKey("callCustomer")
                        .singleResult()
                        .getId(),
                Map.of("outcome", "wrongNumber", "correctedPhone", "020 765 4321"));

        String again = tasks.createTaskQuery()
                .taskDefinitionKey("callCustomer")
                .singleResult()
                .getId();
        assertThat(tasks.getVariableLocal(again, "phone")).isEqualTo("+31207654321");
        assertThat(tasks.getVariable(again, "outcome")).isNull();
    }

    @Test
    void the_daily_run_twice_on_a_day_changes_nothing() {
        Debtor debtor = debtors.getObject().of("NL", 30);
        debtor.owes("1000.00", DUE);
        debtor.until(LocalDate.of(2026, 2, 4));
        String before = everything();

        runtime.startProcessInstanceByMessage("scoring.dailyRunRequested");
        timeline.settleDown();

        assertThat(everything()).isEqualTo(before);
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKey("dailyRun")
                        .count())
                .isZero();
    }

    /** The state that a run may change, as one text. */
    private String everything() {
        return jdbc.sql(
                        """
                        select (select string_agg(c::text, ';' order by c.id) from dunning_case c)
                            || (select string_agg(i::text, ';' order by i.invoice_id) from dunning_case_invoice i)
                            || (select string_agg(p::text, ';' order by p.customer_id) from customer_profile p)
                            || (select string_agg(s::text, ';' order by s.id) from customer_score s)
                            || (select count(*)::text from contact)
                            || (select string_agg(e.id_, ';' order by e.id_) from act_ru_execution e)
                        """)
                .query(String.class)
                .single();
    }

    private String withStandardLadderCalled(String name) throws IOException {
        try (InputStream model = getClass().getResourceAsStream("/bpmn/case/choose-ladder.dmn")) {
            String text = new String(model.readAllBytes(), StandardCharsets.UTF_8);
            return repository
                    .createDeployment()
                    .addString(
                            "choose-ladder.dmn",
                            text.replace("<text>\"standard\"</text>", "<text>\"" + name + "\"</text>"))
                    .deploy()
                    .getId();
        }
    }
}
