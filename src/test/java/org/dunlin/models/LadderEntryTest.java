package org.dunlin.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.runtime.ActivityInstance;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.dunlin.DunlinTest;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.dunlin.dunning.Debtor;
import org.dunlin.dunning.LadderTable;
import org.dunlin.platform.calendar.WorkCalendar;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A case that has climbed enters every ladder above its highest rung, and hears the next step on its day. */
@DunlinTest
class LadderEntryTest {

    private static final LocalDate START = LocalDate.of(2026, 2, 3);
    private static final LocalDate DUE = LocalDate.of(2026, 2, 3);

    /** A Wednesday, after the case has opened. */
    private static final LocalDate CONTACTED = LocalDate.of(2026, 2, 4);

    private static final Pattern WAIT =
            Pattern.compile("\\$\\{workdays\\.(?<from>\\w+)\\(execution, ((?<delivery>\\d+), )?(?<days>\\d+)\\)}");

    @Autowired
    Debtor debtor;

    @Autowired
    LadderTable table;

    @Autowired
    Timeline timeline;

    @Autowired
    Slate slate;

    @Autowired
    WorkCalendar calendar;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ManagementService management;

    @Autowired
    TaskService tasks;

    @Autowired
    HistoryService history;

    @Autowired
    RepositoryService repository;

    @Autowired
    ProcessEngineConfigurationImpl engine;

    @BeforeEach
    void begin() {
        slate.clean();
        timeline.startOn(START);
    }

    @AfterEach
    void restoreTheTable() {
        table.restore();
    }

    /** A wait, and what comes after it: a step, or the end of the ladder. */
    private record Stage(String before, String date, FlowNode next, int rung) {}

    /** One case that has climbed so far; all of a ladder climb at the same time, each of a customer of its own. */
    private record Climber(
            String ladder, int rung, Stage expected, long customer, long id, String number, String frame) {

        @Override
        public String toString() {
            return ladder + " above " + rung;
        }
    }

    static Stream<String> ladders() {
        return Models.ladders().stream().map(ladder -> ladder.process().getId());
    }

    @ParameterizedTest
    @MethodSource("ladders")
    void the_next_step_is_the_first_above_each_rung_and_comes_on_its_day(String ladder) throws IOException {
        List<Integer> rungs = List.of(5, 10, 15, 20, 30, 40, 50, 60, 70);
        List<Long> customers = new ArrayList<>();
        for (int i = 0; i < rungs.size(); i++) {
            customers.add(debtorOf(ladder).customer());
        }
        timeline.passUntil(CONTACTED);
        List<Climber> climbers = IntStream.range(0, rungs.size())
                .mapToObj(i -> climber(ladder, rungs.get(i), customers.get(i)))
                .toList();
        climbers.forEach(climber -> reached(climber.rung(), climber.id()));

        climbers.forEach(climber -> runtime.createMessageCorrelation("dunning.ladderChanged")
                .processInstanceId(climber.frame())
                .correlate());
        timeline.settleDown();

        Map<Climber, LocalDate> days = new LinkedHashMap<>();
        for (Climber climber : climbers) {
            String before = climber.expected().before();
            LocalDate day = day(climber.expected().date());
            days.put(climber, day);
            String instance = runtime.createProcessInstanceQuery()
                    .processDefinitionKey(ladder)
                    .processInstanceBusinessKey(climber.number())
                    .singleResult()
                    .getId();
            assertThat(runtime.getActiveActivityIds(instance))
                    .as(climber.toString())
                    .containsExactly(before);
            assertThat(management
                            .createJobQuery()
                            .processInstanceId(instance)
                            .activityId(before)
                            .singleResult()
                            .getDuedate())
                    .as(climber.toString())
                    .isEqualTo(Date.from(calendar.opening(day, Timeline.AMSTERDAM)));
        }
        while (!days.isEmpty()) {
            timeline.passDay();
            LocalDate today = timeline.today();
            days.forEach((climber, day) -> assertThat(heard(climber))
                    .as("%s on %s", climber, today)
                    .isEqualTo(today.isBefore(day) ? List.of() : List.of(heard(climber.expected()))));
            days.values().removeIf(today::equals);
        }
    }

    private Climber climber(String ladder, int rung, long customer) {
        return jdbc.sql("select id, number, process_instance_id, ladder from dunning_case where customer_id = :id")
                .param("id", customer)
                .query((row, n) -> new Climber(
                        row.getString("ladder"),
                        rung,
                        expected(ladder, rung),
                        customer,
                        row.getLong("id"),
                        row.getString("number"),
                        row.getString("process_instance_id")))
                .single();
    }

    /** Messages to the customer, and tasks about the case. Letters of all of them are one task. */
    private List<String> heard(Climber climber) {
        List<String> heard = new ArrayList<>(jdbc.sql(
                        """
                                select case channel when 'LETTER' then 'postLetters' else 'mail at rung ' || rung end
                                from contact where customer_id = :customer and channel in ('EMAIL', 'LETTER') order by id
                                """)
                .param("customer", climber.customer())
                .query(String.class)
                .list());
        tasks.createTaskQuery()
                .processInstanceBusinessKey(climber.number())
                .active()
                .list()
                .forEach(task -> heard.add(task.getTaskDefinitionKey()));
        return heard;
    }

    @Test
    void after_a_long_silence_no_step_below_is_repeated() throws IOException {
        openOn("standard");
        jdbc.sql("update dunning_case set rung = 30, first_contact_on = :on, last_contact_at = :at")
                .param("on", LocalDate.of(2026, 1, 5))
                .param("at", OffsetDateTime.of(2026, 1, 5, 9, 0, 0, 0, ZoneOffset.UTC))
                .update();

        putOnALadderAgain();
        debtor.until(LocalDate.of(2026, 2, 6));

        assertThat(debtor.diary()).containsExactly("2026-02-05 callCustomer for juniorCollectors");
    }

    @Test
    void cockpit_shows_the_case_at_its_wait_and_the_history_is_whole() throws IOException {
        openOn("standard");
        reached(20);

        putOnALadderAgain();

        String instance = runtime.createProcessInstanceQuery()
                .processDefinitionKey("standard")
                .singleResult()
                .getId();
        ActivityInstance tree = runtime.getActivityInstance(instance);
        assertThat(tree.getChildActivityInstances())
                .singleElement()
                .extracting(ActivityInstance::getActivityId, ActivityInstance::getActivityName)
                .containsExactly("waitBeforeLetter", "5 working days");
        assertThat(tree.getChildTransitionInstances()).isEmpty();
        assertThat(history.createHistoricActivityInstanceQuery()
                        .processInstanceId(instance)
                        .list())
                .extracting(HistoricActivityInstance::getActivityId, HistoricActivityInstance::isCanceled)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("overdue", false),
                        org.assertj.core.groups.Tuple.tuple("waitBeforeLetter", false));
    }

    @Test
    void it_is_the_same_after_the_models_were_read_again() throws IOException {
        openOn("standard");
        reached(40);
        engine.getDeploymentCache().discardProcessDefinitionCache();

        putOnALadderAgain();

        assertThat(where("standard")).containsExactly("waitBeforeSales");
    }

    @Test
    void a_case_without_contacts_begins_at_the_bottom() throws IOException {
        openOn("standard");
        assertThat(where("standard")).containsExactly("waitBeforeReminder");
    }

    @Test
    void rungs_of_a_designers_own_count_in_their_place_and_a_ladder_without_a_last_wait_ends_at_once()
            throws IOException {
        String model =
                """
                <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
                                  targetNamespace="test">
                  <bpmn:process id="ownRungs" isExecutable="true" camunda:historyTimeToLive="1">
                    <bpmn:startEvent id="overdue" />
                    %s
                    <bpmn:sequenceFlow id="toEnd" sourceRef="at32" targetRef="nothingLeft" />
                    <bpmn:endEvent id="nothingLeft" />
                  </bpmn:process>
                </bpmn:definitions>
                """
                        .formatted(stage("overdue", 12) + stage("at12", 25) + stage("at25", 32));
        String deployment = repository
                .createDeployment()
                .addString("own-rungs.bpmn", model)
                .deploy()
                .getId();
        try {
            openOn("standard");
            assertThat(entered(0)).containsExactly("before12");
            assertThat(entered(10)).containsExactly("before12");
            assertThat(entered(12)).containsExactly("before25");
            assertThat(entered(20)).containsExactly("before25");
            assertThat(entered(30)).containsExactly("before32");
            assertThat(entered(32)).isEmpty();
            assertThat(entered(70)).isEmpty();
        } finally {
            repository.deleteDeployment(deployment, true);
        }
    }

    private static String stage(String after, int rung) {
        return """
                <bpmn:sequenceFlow id="to%2$d" sourceRef="%1$s" targetRef="before%2$d" />
                <bpmn:intermediateCatchEvent id="before%2$d"><bpmn:timerEventDefinition>
                  <bpmn:timeDate>${workdays.after(execution, 3)}</bpmn:timeDate></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>
                <bpmn:sequenceFlow id="go%2$d" sourceRef="before%2$d" targetRef="at%2$d" />
                <bpmn:callActivity id="at%2$d" calledElement="phoneCall">
                  <bpmn:extensionElements><camunda:properties><camunda:property name="rung" value="%2$d" /></camunda:properties></bpmn:extensionElements>
                </bpmn:callActivity>
                """
                .formatted(after, rung);
    }

    /** Where a case with that rung stands on the designer's ladder. */
    private List<String> entered(int rung) {
        reached(rung);
        String instance = runtime.startProcessInstanceByKey("ownRungs", Map.of("caseId", caseId()))
                .getId();
        return runtime.createProcessInstanceQuery().processInstanceId(instance).count() == 0
                ? List.of()
                : runtime.getActiveActivityIds(instance);
    }

    private void openOn(String ladder) throws IOException {
        debtorOf(ladder).until(CONTACTED);
    }

    private Debtor debtorOf(String ladder) throws IOException {
        switch (ladder) {
            case "standard" -> debtor.of("NL", 30).owes("1000.00", DUE);
            case "light" -> debtor.of("NL", 5).owes("200.00", DUE);
            case "keyAccount" -> debtor.of("NL", 200).hasPaid(DUE, 0).owes("500.00", DUE);
            case "strict" -> debtor.of("NL", 200).hasPaid(DUE, 60).owes("500.00", DUE);
            case "government" -> debtor.publicBody("NL").owes("1000.00", DUE);
            case "consumer" -> debtor.privatePerson("NL").owes("200.00", DUE);
            case "baseline" -> {
                table.sendsEveryoneTo("baseline");
                debtor.of("NL", 30).owes("1000.00", DUE);
            }
            default -> throw new IllegalArgumentException("Which debtor climbs " + ladder + "?");
        }
        return debtor;
    }

    private void reached(int rung) {
        reached(rung, caseId());
    }

    private void reached(int rung, long caseId) {
        jdbc.sql("update dunning_case set rung = :rung, first_contact_on = :on, last_contact_at = :at where id = :id")
                .param("id", caseId)
                .param("rung", rung)
                .param("on", CONTACTED)
                .param(
                        "at",
                        CONTACTED
                                .atTime(LocalTime.NOON)
                                .atZone(Timeline.AMSTERDAM)
                                .toOffsetDateTime())
                .update();
    }

    private void putOnALadderAgain() {
        runtime.createMessageCorrelation("dunning.ladderChanged").correlate();
        timeline.settleDown();
    }

    private List<String> where(String ladder) {
        return runtime.getActiveActivityIds(runtime.createProcessInstanceQuery()
                .processDefinitionKey(ladder)
                .singleResult()
                .getId());
    }

    private long caseId() {
        return jdbc.sql("select id from dunning_case").query(Long.class).single();
    }

    /** Read from the model, by the drawn line alone. */
    private static Stage expected(String ladder, int rung) {
        BpmnModel model = Models.ladders().stream()
                .filter(candidate -> candidate.process().getId().equals(ladder))
                .findFirst()
                .orElseThrow();
        List<Stage> stages = stages(model);
        return stages.stream().filter(stage -> stage.rung() > rung).findFirst().orElse(stages.get(stages.size() - 1));
    }

    private static List<Stage> stages(BpmnModel model) {
        List<Stage> stages = new ArrayList<>();
        FlowNode here = model.all(StartEvent.class).iterator().next();
        IntermediateCatchEvent wait = null;
        while (!(here instanceof EndEvent)) {
            here = here.getSucceedingNodes().singleResult();
            if (here instanceof IntermediateCatchEvent timer) {
                wait = timer;
            } else if (BpmnModel.rung(here).isPresent() || here instanceof EndEvent) {
                stages.add(stage(
                        Objects.requireNonNull(wait), here, BpmnModel.rung(here).orElse(0)));
            }
        }
        return stages;
    }

    private static Stage stage(IntermediateCatchEvent wait, FlowNode next, int rung) {
        TimerEventDefinition timer =
                (TimerEventDefinition) wait.getEventDefinitions().iterator().next();
        return new Stage(wait.getId(), timer.getTimeDate().getTextContent(), next, rung);
    }

    /** What the expression of a wait means for a case that was contacted on the day of this test. */
    private LocalDate day(String expression) {
        Matcher wait = WAIT.matcher(expression);
        assertThat(wait.matches()).as(expression).isTrue();
        int days = Integer.parseInt(wait.group("days"));
        return switch (wait.group("from")) {
            case "after" -> calendar.after("NL", CONTACTED, days);
            case "afterDays" -> calendar.onOrAfter("NL", CONTACTED.plusDays(days));
            case "afterReceipt" ->
                calendar.onOrAfter(
                        "NL",
                        calendar.after("NL", CONTACTED, Integer.parseInt(wait.group("delivery")))
                                .plusDays(days + 1L));
            default -> throw new IllegalArgumentException(expression);
        };
    }

    private static String heard(Stage stage) {
        if (stage.next() instanceof ServiceTask) {
            return "mail at rung " + stage.rung();
        }
        @Nullable String called = stage.next().getAttributeValue("calledElement");
        if (called == null) {
            return stage.rung() == 0 ? "decideNextStep" : "confirmHandOver";
        }
        return switch (called) {
            case "phoneCall" -> "callCustomer";
            case "letter" -> "postLetters";
            case "registeredLetter" -> "postRegisteredLetter";
            case "salesEscalation" -> "talkToCustomer";
            default -> throw new IllegalArgumentException(called);
        };
    }
}
