package org.dunlin.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.TaskService;
import org.dunlin.DunlinTest;
import org.dunlin.Slate;
import org.dunlin.dunning.engine.StepProcesses;
import org.dunlin.platform.clock.ClockSetting;
import org.dunlin.platform.clock.DunlinClock;
import org.dunlin.platform.engine.EngineRunner;
import org.dunlin.platform.engine.Worker;
import org.dunlin.platform.security.Groups;
import org.dunlin.receivables.Ledger;
import org.dunlin.receivables.Signals;
import org.dunlin.scoring.DailyRun;
import org.dunlin.scoring.DailyRunProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What a newcomer sees: the portfolio at work on the first day, a week later, and when the prelude is over. */
@DunlinTest
class DemoWeekTest {

    /** That the decision table can choose for this portfolio. */
    private static final String[] EVERY_LADDER = {"standard", "keyAccount", "strict", "light", "government", "consumer"
    };

    @Autowired
    Slate slate;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Ledger ledger;

    @Autowired
    Signals signals;

    @Autowired
    DailyRun dailyRun;

    @Autowired
    DunlinClock clock;

    @Autowired
    ClockSetting setting;

    @Autowired
    EngineRunner runner;

    @Autowired
    List<Worker> workers;

    @Autowired
    ExternalTaskService externalTasks;

    @Autowired
    IdentityService identity;

    @Autowired
    DayFigures figures;

    @Autowired
    ManagementService management;

    @Autowired
    SummaryReader summaries;

    @Autowired
    TaskService tasks;

    DemoBusiness business;

    TimeMachine timeMachine;

    @BeforeEach
    void the_demo_alone_in_the_database() {
        slate.clean();
        jdbc.sql("delete from system_mark where name like 'demo.%'").update();
        business = new DemoBusiness(jdbc, ledger, signals, clock);
        List<Worker> withBusiness = new ArrayList<>(workers);
        withBusiness.add(business);
        withBusiness.add(new DemoDesk(tasks, clock));
        timeMachine =
                new TimeMachine(clock, setting, runner, withBusiness, management, externalTasks, identity, figures);
    }

    @AfterEach
    void tidy_up() {
        slate.clean();
        jdbc.sql("delete from system_mark where name like 'demo.%'").update();
        clock.runFrom(Clock.systemUTC().instant());
    }

    @Test
    void on_the_first_day_all_segments_and_ladders_are_there_and_two_weeks_bring_contacts_tasks_and_payments() {
        loadAt(Instant.parse("2026-10-07T09:00:00Z"));
        nextDailyRunAfter(clock.instant());
        dailyRun.requestNow();
        timeMachine.catchUp();

        Summary.Figures first = summaries.figures(true);
        assertThat(first.customersBySegment()).containsOnlyKeys("A", "B", "C");
        assertThat(first.customersBySegment().values().stream().mapToLong(n -> n))
                .allMatch(n -> n >= 10);
        assertThat(first.customersOverdue()).isBetween(40L, 70L);
        assertThat(first.casesByLadder()).containsOnlyKeys(EVERY_LADDER);
        assertThat(first.casesByLadder().values()).allMatch(n -> n >= 3);
        assertThat(first.contactsByChannel().get("EMAIL")).isGreaterThan(20);
        assertThat(first.tasksByGroup()).isNotEmpty();

        Journey week = timeMachine.moveDays(7);

        Map<String, Long> tasksByGroup = summaries.figures(true).tasksByGroup();
        assertThat(tasksByGroup).containsKeys(Groups.JUNIOR_COLLECTORS, Groups.SENIOR_COLLECTORS);
        assertThat(week.days()).hasSize(7);
        assertThat(sum(week, Journey.Day::contactsSent)).as("contacts sent").isPositive();
        assertThat(sum(week, Journey.Day::tasksCreated)).as("tasks created").isGreaterThan(10);
        assertThat(sum(week, Journey.Day::casesOpened)).as("cases opened").isPositive();
        assertThat(sum(week, Journey.Day::casesClosed)).as("cases closed").isPositive();

        timeMachine.moveDays(7);

        everyLadderIsAtWorkAndAKeyAccountIsToBeCalled();
        for (String ladder : List.of("government", "consumer")) {
            assertThat(jdbc.sql("select count(*) from dunning_case where ladder = :ladder and rung >= 10")
                            .param("ladder", ladder)
                            .query(Long.class)
                            .single())
                    .as("cases that climb %s", ladder)
                    .isGreaterThanOrEqualTo(2);
        }
        assertThat(jdbc.sql("select count(*) from act_ru_incident")
                        .query(Long.class)
                        .single())
                .as("incidents")
                .isZero();
    }

    /** The last day of the prelude alone, which is what can be played for many dates: everything overdue becomes a case that day. */
    @ParameterizedTest(name = "first seen on {0}")
    @ValueSource(
            strings = {
                "2026-11-23T07:30:00Z", // Monday
                "2026-11-27T16:00:00Z", // Friday
                "2026-11-29T11:00:00Z", // Sunday
                "2026-12-27T09:00:00Z",
                "2027-01-31T22:00:00Z" // end of a month
            })
    void whenever_somebody_first_looks_every_ladder_is_at_work_and_a_key_account_is_to_be_called(Instant firstLook) {
        loadAt(firstLook.minus(Prelude.LENGTH));
        clock.freezeAt(firstLook);
        business.runOnce();
        nextDailyRunAfter(firstLook);
        dailyRun.requestNow();
        timeMachine.catchUp();

        everyLadderIsAtWorkAndAKeyAccountIsToBeCalled();
    }

    private void everyLadderIsAtWorkAndAKeyAccountIsToBeCalled() {
        Map<String, Long> cases = summaries.figures(true).casesByLadder();
        assertThat(cases).containsOnlyKeys(EVERY_LADDER);
        assertThat(cases.get("keyAccount")).isBetween(2L, 5L);
        String[] keyAccounts = jdbc.sql(
                        "select number from dunning_case where state = 'OPEN' and ladder = 'keyAccount'")
                .query(String.class)
                .list()
                .toArray(String[]::new);
        assertThat(tasks.createTaskQuery()
                        .processDefinitionKey(StepProcesses.PHONE_CALL)
                        .processInstanceBusinessKeyIn(keyAccounts)
                        .taskCandidateGroupIn(List.of(Groups.JUNIOR_COLLECTORS, Groups.SENIOR_COLLECTORS))
                        .includeAssignedTasks()
                        .count())
                .as("calls to key accounts")
                .isBetween(2L, 5L);
    }

    private void loadAt(Instant start) {
        clock.freezeAt(start);
        transaction.executeWithoutResult(status -> business.loadOnce());
    }

    private void nextDailyRunAfter(Instant now) {
        management.setJobDuedate(
                management
                        .createJobQuery()
                        .processDefinitionKey(DailyRunProcess.KEY)
                        .timers()
                        .singleResult()
                        .getId(),
                Date.from(now.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(30))));
    }

    private static long sum(Journey journey, ToLongFunction<Journey.Day> figure) {
        return journey.days().stream().mapToLong(figure).sum();
    }
}
