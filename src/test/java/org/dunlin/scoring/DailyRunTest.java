package org.dunlin.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.platform.clock.DunlinClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The scoring steps of the daily run; the steps for cases have tests of their own. */
@DunlinTest
class DailyRunTest {

    @Autowired
    DailyRun dailyRun;

    @Autowired
    Scores scores;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ManagementService management;

    @Autowired
    Portfolio portfolio;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    DunlinClock clock;

    @Autowired
    TransactionTemplate transaction;

    private String run = "";

    @AfterEach
    void end() {
        clock.runFrom(Instant.now().truncatedTo(ChronoUnit.SECONDS));
        if (runtime.createProcessInstanceQuery().processInstanceId(run).count() > 0) {
            runtime.deleteProcessInstance(run, "end of test");
        }
    }

    @Test
    void a_requested_run_profiles_and_scores_everybody_as_of_today_and_says_how_many() {
        clock.freezeAt(Instant.parse("2026-03-31T06:00:00Z"));
        Books books = new Books(jdbc, portfolio);
        long customer = books.company(30, null);
        books.paid(customer, LocalDate.of(2026, 3, 20), LocalDate.of(2026, 3, 31), "100.00");

        run = dailyRun.requestNow();
        execute(DailyRunProcess.REFRESH_PROFILES);

        assertThat((Integer) runtime.getVariable(run, DailyRunProcess.PROFILES_CHANGED))
                .isPositive();

        execute(DailyRunProcess.SCORE_CUSTOMERS);

        assertThat((Integer) runtime.getVariable(run, DailyRunProcess.CUSTOMERS_SCORED))
                .isPositive();
        assertThat((Integer) runtime.getVariable(run, DailyRunProcess.SCORING_FAILURES))
                .isEqualTo(scores.failures().size());
        assertThat(scores.current(customer).since()).isEqualTo("2026-03-31");
        assertThat(scores.current(customer).facts()).containsEntry("invoicesPaid", 1);

        execute(DailyRunProcess.APPLY_CREDIT_POLICY);

        assertThat(dailyRun.underWay().stream().filter(each -> each.id().equals(run)))
                .singleElement()
                .satisfies(underWay -> {
                    assertThat(underWay.steps()).containsExactly("Adapt running cases");
                    Map<String, Integer> counts = underWay.counts();
                    assertThat(counts.get(DailyRunProcess.CUSTOMERS_TO_PROFILE))
                            .isPositive()
                            .isEqualTo(counts.get(DailyRunProcess.CUSTOMERS_PROFILED));
                    assertThat(counts.get(DailyRunProcess.CUSTOMERS_TO_SCORE))
                            .isEqualTo(counts.get(DailyRunProcess.CUSTOMERS_SCORED)
                                    + counts.get(DailyRunProcess.SCORING_FAILURES));
                    assertThat(counts.get(DailyRunProcess.CUSTOMERS_TO_CHECK))
                            .isEqualTo(counts.get(DailyRunProcess.CUSTOMERS_CHECKED)
                                    + counts.get(DailyRunProcess.CREDIT_POLICY_FAILURES));
                });
    }

    @Test
    void how_far_a_step_is_can_be_seen_while_it_works() {
        clock.freezeAt(Instant.parse("2026-03-31T06:00:00Z"));
        long customer = new Books(jdbc, portfolio).company(30, null);
        run = dailyRun.requestNow();
        execute(DailyRunProcess.REFRESH_PROFILES);
        CompletableFuture<Void> step = transaction.execute(held -> {
            jdbc.sql("lock table customer_score in exclusive mode").update();
            CompletableFuture<Void> working =
                    CompletableFuture.runAsync(() -> execute(DailyRunProcess.SCORE_CUSTOMERS));
            await().until(() -> counts().containsKey(DailyRunProcess.CUSTOMERS_TO_SCORE));

            assertThat(counts().get(DailyRunProcess.CUSTOMERS_TO_SCORE)).isPositive();
            assertThat(counts()).containsEntry(DailyRunProcess.CUSTOMERS_SCORED, 0);
            return working;
        });
        step.join();

        assertThat(runtime.getActiveActivityIds(run)).containsExactly(DailyRunProcess.APPLY_CREDIT_POLICY);
        assertThat(counts().get(DailyRunProcess.CUSTOMERS_SCORED)).isPositive();
        assertThat(scores.current(customer).since()).isEqualTo("2026-03-31");
    }

    @Test
    void a_week_without_runs_is_made_up_for_by_one() {
        Job timer =
                management.createJobQuery().timers().processDefinitionKey(DailyRunProcess.KEY).active().list().stream()
                        .filter(job -> job.getProcessInstanceId() == null)
                        .findFirst()
                        .orElseThrow();
        Instant before = timer.getDuedate().toInstant();
        long running = runs();
        try {
            clock.freezeAt(before.plus(7, ChronoUnit.DAYS).plus(90, ChronoUnit.MINUTES));

            management.executeJob(timer.getId());

            assertThat(runs()).isEqualTo(running + 1);
            Job next =
                    management
                            .createJobQuery()
                            .timers()
                            .processDefinitionId(timer.getProcessDefinitionId())
                            .list()
                            .stream()
                            .filter(job -> job.getProcessInstanceId() == null)
                            .reduce((one, two) -> {
                                throw new AssertionError("Two timers: " + one + ", " + two);
                            })
                            .orElseThrow();
            assertThat(next.getDuedate().toInstant())
                    .isAfter(clock.instant())
                    .isBefore(clock.instant().plus(4, ChronoUnit.DAYS));
        } finally {
            runtime.createProcessInstanceQuery().processDefinitionKey(DailyRunProcess.KEY).list().stream()
                    .filter(instance -> runs() > running)
                    .forEach(instance -> runtime.deleteProcessInstance(instance.getId(), "end of test"));
        }
    }

    private Map<String, Integer> counts() {
        return dailyRun.underWay().stream()
                .filter(each -> each.id().equals(run))
                .findFirst()
                .orElseThrow()
                .counts();
    }

    private long runs() {
        return runtime.createProcessInstanceQuery()
                .processDefinitionKey(DailyRunProcess.KEY)
                .count();
    }

    private void execute(String activity) {
        Job job = management
                .createJobQuery()
                .processInstanceId(run)
                .activityId(activity)
                .singleResult();
        management.executeJob(job.getId());
    }
}
