package org.dunlin.dunning;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.dunlin.Portfolio;
import org.dunlin.Timeline;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Cases that were reminded on a Thursday and whose call is due on the Tuesday after; made at once, without the days between. */
@TestComponent
public class CasesAtACall {

    public static final LocalDate TUESDAY = LocalDate.of(2026, 1, 20);

    private final Timeline timeline;
    private final Portfolio portfolio;
    private final DunningProcesses processes;
    private final RuntimeService runtime;
    private final ManagementService management;
    private final TaskService tasks;
    private final JdbcClient jdbc;

    CasesAtACall(
            Timeline timeline,
            Portfolio portfolio,
            DunningProcesses processes,
            RuntimeService runtime,
            ManagementService management,
            TaskService tasks,
            JdbcClient jdbc) {
        this.timeline = timeline;
        this.portfolio = portfolio;
        this.processes = processes;
        this.runtime = runtime;
        this.management = management;
        this.tasks = tasks;
        this.jdbc = jdbc;
    }

    /**
     * One case of one customer with one invoice of EUR 400.
     *
     * @param frame its process instance
     */
    public record Case(long id, String number, long creditor, long customer, long invoice, String frame) {}

    /** It is the evening of the Tuesday. */
    public void itIsTuesday() {
        timeline.startOn(TUESDAY);
    }

    /** Whose ladder has not been chosen yet. */
    public Case opened(long creditor) {
        long customer = portfolio.customer();
        long invoice = portfolio.invoice(creditor, customer, LocalDate.of(2026, 1, 13), "400.00");
        String number = Portfolio.unique("CASE");
        LocalDate reminded = LocalDate.of(2026, 1, 15);
        long id = jdbc.sql(
                        """
                        insert into dunning_case (number, creditor_id, customer_id, currency, state, opened_on, rung, first_contact_on, last_contact_at)
                        values (:number, :creditor, :customer, 'EUR', 'OPEN', :reminded, 10, :reminded, :at) returning id
                        """)
                .param("number", number)
                .param("creditor", creditor)
                .param("customer", customer)
                .param("reminded", reminded)
                .param("at", OffsetDateTime.of(reminded, LocalTime.NOON, ZoneOffset.UTC))
                .query(Long.class)
                .single();
        jdbc.sql("insert into dunning_case_invoice (case_id, invoice_id, joined_on) values (:case, :invoice, :on)")
                .param("case", id)
                .param("invoice", invoice)
                .param("on", reminded)
                .update();
        String frame = processes.startCases(Map.of(id, number)).get(id);
        jdbc.sql("update dunning_case set process_instance_id = :frame where id = :id")
                .param("frame", frame)
                .param("id", id)
                .update();
        return new Case(id, number, creditor, customer, invoice, frame);
    }

    /** Waits on its ladder for the day of the call. */
    public Case onItsLadder(long creditor) {
        Case opened = opened(creditor);
        run(opened, "scoreAndChooseLadder");
        return opened;
    }

    /** The call is on the list of the collectors. */
    public Case calling(long creditor) {
        Case waiting = onItsLadder(creditor);
        run(waiting, "waitBeforeCall");
        return waiting;
    }

    /** The task of the call. */
    public String call(Case dunningCase) {
        return tasks.createTaskQuery()
                .processInstanceBusinessKey(dunningCase.number())
                .taskDefinitionKey("callCustomer")
                .singleResult()
                .getId();
    }

    /** Executes the job of that step, wherever in the case it is. */
    public void run(Case dunningCase, String step) {
        management.executeJob(job(dunningCase, step).getId());
    }

    /** The job of that step. */
    public Job job(Case dunningCase, String step) {
        return runtime.createProcessInstanceQuery().rootProcessInstanceId(dunningCase.frame()).list().stream()
                .map(ProcessInstance::getId)
                .flatMap(instance ->
                        management.createJobQuery().processInstanceId(instance).activityId(step).list().stream())
                .findFirst()
                .orElseThrow();
    }
}
