package org.dunlin.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.platform.clock.DunlinClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@DunlinTest
class TimeMachineTest {

    private static final ZoneId AMSTERDAM = ZoneId.of("Europe/Amsterdam");
    private static final Instant FRIDAY_EVENING = Instant.parse("2026-03-27T20:00:00Z");

    @Autowired
    TimeMachine timeMachine;

    @Autowired
    DunlinClock clock;

    @Autowired
    RepositoryService repository;

    @Autowired
    RuntimeService runtime;

    @Autowired
    HistoryService history;

    @Autowired
    ManagementService management;

    @Autowired
    ExternalTaskService externalTasks;

    @BeforeEach
    void stand_still_before_the_change_to_summer_time() {
        clock.freezeAt(FRIDAY_EVENING);
    }

    @AfterEach
    void go_on() {
        clock.runFrom(Clock.systemUTC().instant());
    }

    @Test
    void timers_of_several_days_fire_in_order_and_each_at_its_own_time_across_the_change_to_summer_time() {
        String process = deploy(Bpmn.createExecutableProcess(Portfolio.unique("timers"))
                .camundaHistoryTimeToLive(1)
                .startEvent()
                .parallelGateway("fork")
                .intermediateCatchEvent("tuesday")
                .timerWithDate("${tuesday}")
                .endEvent()
                .moveToNode("fork")
                .intermediateCatchEvent("saturday")
                .timerWithDate("${saturday}")
                .intermediateCatchEvent("monday")
                .timerWithDate("${monday}")
                .endEvent()
                .moveToNode("fork")
                .intermediateCatchEvent("sunday")
                .timerWithDate("${sunday}")
                .endEvent()
                .done());
        String instance = runtime.startProcessInstanceByKey(
                        process,
                        Map.of(
                                "saturday", morning("2026-03-28"),
                                "sunday", morning("2026-03-29"),
                                "monday", morning("2026-03-30"),
                                "tuesday", morning("2026-03-31")))
                .getId();

        Journey journey = timeMachine.moveDays(4);

        assertThat(timersFired(instance))
                .containsExactly(
                        Map.entry("saturday", Instant.parse("2026-03-28T07:00:00Z")),
                        Map.entry("sunday", Instant.parse("2026-03-29T06:00:00Z")),
                        Map.entry("monday", Instant.parse("2026-03-30T06:00:00Z")),
                        Map.entry("tuesday", Instant.parse("2026-03-31T06:00:00Z")));
        assertThat(journey.to()).isEqualTo(FRIDAY_EVENING.plusSeconds(4 * 86_400));
        assertThat(journey.days())
                .extracting(Journey.Day::date)
                .endsWith(
                        LocalDate.parse("2026-03-28"),
                        LocalDate.parse("2026-03-29"),
                        LocalDate.parse("2026-03-30"),
                        LocalDate.parse("2026-03-31"));
        assertThat(clock.instant()).isEqualTo(journey.to());
    }

    @Test
    void a_timer_after_the_target_does_not_fire() {
        String process = deploy(Bpmn.createExecutableProcess(Portfolio.unique("later"))
                .camundaHistoryTimeToLive(1)
                .startEvent()
                .intermediateCatchEvent("due")
                .timerWithDate("${due}")
                .endEvent()
                .done());
        Instant due = FRIDAY_EVENING.plusSeconds(3_600);
        String instance = runtime.startProcessInstanceByKey(process, Map.of("due", Date.from(due)))
                .getId();

        timeMachine.moveTo(due.minusMillis(1));
        assertThat(timersFired(instance)).isEmpty();

        timeMachine.moveTo(due);
        assertThat(timersFired(instance)).containsExactly(Map.entry("due", due));
    }

    @Test
    void what_a_timer_leads_to_at_once_is_done_before_the_next_timer() {
        String process = deploy(Bpmn.createExecutableProcess(Portfolio.unique("followUp"))
                .camundaHistoryTimeToLive(1)
                .startEvent()
                .parallelGateway("fork")
                .intermediateCatchEvent("first")
                .timerWithDate("${first}")
                .intermediateThrowEvent("followUp")
                .camundaAsyncBefore()
                .endEvent()
                .moveToNode("fork")
                .intermediateCatchEvent("second")
                .timerWithDate("${second}")
                .endEvent()
                .done());
        Instant first = FRIDAY_EVENING.plusSeconds(10);
        Instant second = FRIDAY_EVENING.plusSeconds(20);
        String instance = runtime.startProcessInstanceByKey(
                        process, Map.of("first", Date.from(first), "second", Date.from(second)))
                .getId();

        timeMachine.moveTo(second);

        assertThat(ended(instance, "followUp")).isEqualTo(first);
        assertThat(ended(instance, "second")).isEqualTo(second);
    }

    @Test
    void a_job_that_always_fails_becomes_an_incident_and_the_clock_goes_on() {
        String process = deploy(Bpmn.createExecutableProcess(Portfolio.unique("failing"))
                .camundaHistoryTimeToLive(1)
                .startEvent()
                .exclusiveGateway("decide")
                .camundaAsyncBefore()
                .condition("never", "${false}")
                .endEvent()
                .moveToNode("decide")
                .condition("neither", "${false}")
                .endEvent()
                .done());
        String instance = runtime.startProcessInstanceByKey(process).getId();

        timeMachine.moveTo(FRIDAY_EVENING.plusSeconds(60));

        assertThat(runtime.createIncidentQuery().processInstanceId(instance).count())
                .isEqualTo(1);
        assertThat(management
                        .createJobQuery()
                        .processInstanceId(instance)
                        .singleResult()
                        .getRetries())
                .isZero();
        assertThat(clock.instant()).isEqualTo(FRIDAY_EVENING.plusSeconds(60));
        runtime.deleteProcessInstance(instance, "test is over");
    }

    @Test
    void a_suspended_case_stays_where_it_is() {
        String process = deploy(Bpmn.createExecutableProcess(Portfolio.unique("suspended"))
                .camundaHistoryTimeToLive(1)
                .startEvent()
                .intermediateCatchEvent("due")
                .timerWithDate("${due}")
                .endEvent()
                .done());
        String instance = runtime.startProcessInstanceByKey(
                        process, Map.of("due", Date.from(FRIDAY_EVENING.plusSeconds(60))))
                .getId();
        runtime.suspendProcessInstanceById(instance);

        timeMachine.moveDays(1);

        assertThat(timersFired(instance)).isEmpty();
        runtime.deleteProcessInstance(instance, "test is over");
    }

    @Test
    void the_clock_cannot_go_back() {
        assertThatThrownBy(() -> timeMachine.moveTo(FRIDAY_EVENING.minusSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> timeMachine.moveDays(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_day_moved_in_the_morning_ends_in_the_evening() {
        clock.freezeAt(Instant.parse("2026-03-28T05:30:00Z"));

        assertThat(timeMachine.moveDays(1).to()).isEqualTo(Instant.parse("2026-03-29T18:00:00Z"));
    }

    private String deploy(BpmnModelInstance model) {
        return repository
                .createDeployment()
                .source("dunlin")
                .addModelInstance("time-machine-test.bpmn", model)
                .deployWithResult()
                .getDeployedProcessDefinitions()
                .get(0)
                .getKey();
    }

    private static Date morning(String day) {
        return Date.from(LocalDate.parse(day).atTime(8, 0).atZone(AMSTERDAM).toInstant());
    }

    private List<Map.Entry<String, Instant>> timersFired(String instance) {
        Map<String, Instant> fired = new LinkedHashMap<>();
        history.createHistoricActivityInstanceQuery()
                .processInstanceId(instance)
                .activityType("intermediateTimer")
                .finished()
                .orderByHistoricActivityInstanceEndTime()
                .asc()
                .list()
                .forEach(activity -> fired.put(
                        activity.getActivityId(), activity.getEndTime().toInstant()));
        return List.copyOf(fired.entrySet());
    }

    private Instant ended(String instance, String activity) {
        HistoricActivityInstance found = history.createHistoricActivityInstanceQuery()
                .processInstanceId(instance)
                .activityId(activity)
                .finished()
                .singleResult();
        return found.getEndTime().toInstant();
    }
}
