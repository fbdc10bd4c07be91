package org.dunlin.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.dunlin.DunlinTest;
import org.dunlin.Slate;
import org.dunlin.platform.clock.ClockSetting;
import org.dunlin.platform.clock.DunlinClock;
import org.dunlin.platform.engine.EngineRunner;
import org.dunlin.platform.engine.Worker;
import org.dunlin.receivables.Ledger;
import org.dunlin.scoring.DailyRun;
import org.dunlin.scoring.DailyRunProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What a newcomer sees: the portfolio at work on the first day, and a week later. */
@DunlinTest
class DemoWeekTest {

    @Autowired
    Slate slate;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Ledger ledger;

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

    TimeMachine timeMachine;

    @BeforeEach
    void a_wednesday_morning_with_the_demo_alone_in_the_database() {
        slate.clean();
        jdbc.sql("delete from system_mark where name like 'demo.%'").update();
        clock.freezeAt(Instant.parse("2026-10-07T09:00:00Z"));
        management.setJobDuedate(
                management
                        .createJobQuery()
                        .processDefinitionKey(DailyRunProcess.KEY)
                        .timers()
                        .singleResult()
                        .getId(),
                Date.from(Instant.parse("2026-10-08T06:00:00Z")));
        DemoBusiness business = new DemoBusiness(jdbc, ledger, clock);
        transaction.executeWithoutResult(status -> business.loadOnce());
        List<Worker> withBusiness = new ArrayList<>(workers);
        withBusiness.add(business);
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
    void on_the_first_day_all_segments_and_ladders_are_there_and_a_week_brings_contacts_tasks_and_payments() {
        dailyRun.requestNow();
        timeMachine.catchUp();

        Summary.Figures first = summaries.figures(true);
        assertThat(first.customersBySegment()).containsOnlyKeys("A", "B", "C");
        assertThat(first.customersBySegment().values().stream().mapToLong(n -> n))
                .allMatch(n -> n >= 10);
        assertThat(first.customersOverdue()).isBetween(40L, 70L);
        assertThat(first.casesByLadder()).containsOnlyKeys("standard", "keyAccount", "strict", "light");
        assertThat(first.casesByLadder().values()).allMatch(n -> n >= 3);
        assertThat(first.contactsByChannel().get("EMAIL")).isGreaterThan(20);
        assertThat(first.tasksByGroup()).isNotEmpty();

        Journey week = timeMachine.moveDays(7);

        Map<String, Long> tasks = summaries.figures(true).tasksByGroup();
        assertThat(tasks).containsKeys("juniorCollectors", "seniorCollectors");
        assertThat(week.days()).hasSize(7);
        assertThat(sum(week, Journey.Day::contactsSent)).as("contacts sent").isPositive();
        assertThat(sum(week, Journey.Day::tasksCreated)).as("tasks created").isGreaterThan(10);
        assertThat(sum(week, Journey.Day::casesOpened)).as("cases opened").isPositive();
        assertThat(sum(week, Journey.Day::casesClosed)).as("cases closed").isPositive();
        assertThat(jdbc.sql("select count(*) from act_ru_incident")
                        .query(Long.class)
                        .single())
                .as("incidents")
                .isZero();
    }

    private static long sum(Journey journey, ToLongFunction<Journey.Day> figure) {
        return journey.days().stream().mapToLong(figure).sum();
    }
}
