package org.dunlin.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.Error;
import org.camunda.bpm.model.bpmn.instance.Escalation;
import org.camunda.bpm.model.bpmn.instance.EscalationEventDefinition;
import org.camunda.bpm.model.bpmn.instance.EventDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.Message;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.RootElement;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.ThrowEvent;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputParameter;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaTaskListener;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/** Walks every model: what it names exists, it reads well, and it runs no code of its own. */
class ModelsTest {

    /** The topic of the channel that the customer has chosen. */
    private static final String BY_CHOICE = "${channels.chosen(execution)}";

    private static final Pattern WORDS = Pattern.compile("[a-z][a-zA-Z]*");
    private static final Pattern NAME = Pattern.compile("\\b[a-zA-Z]\\w*\\b(?:\\.\\w+)*");
    private static final Pattern CALL = Pattern.compile("(\\w+)\\.(\\w+)\\(([^)]*)\\)");
    private static final Pattern BEAN = Pattern.compile("\\$\\{(\\w+)}");
    private static final Pattern COMPARISON = Pattern.compile("(\\w+) == '(\\w+)'");
    private static final Pattern WAIT = Pattern.compile(
            "\\$\\{workdays\\.(after|afterDays)\\(execution, [1-9]\\d?\\)}|\\$\\{workdays\\.afterReceipt\\(execution, [1-9], [1-9]\\d?\\)}");
    private static final Pattern DUE = Pattern.compile(
            "\\$\\{(workdays|holdDates|contactDates|answerCustomer|detailDates)\\.due\\(execution, \\d+\\)}|\\$\\{printRunDates\\.due\\(execution\\)}|\\$\\{holdDates\\.deadline\\(execution\\)}|\\$\\{operatorsDay\\.due\\(execution\\)}");
    private static final Set<String> VARIABLES = Set.of(
            "ladder",
            "outcome",
            "agencyOutcome",
            "withAgency",
            "fileClosed",
            "callAgain",
            "moreToDo",
            "onHold",
            "planAgreed",
            "holdResult",
            "department",
            "disputeResult",
            "putOff",
            "paperCameBack",
            "covered",
            "turn",
            "lettersToPost",
            "postedByService");
    private static final List<Integer> RUNGS = List.of(10, 20, 30, 40, 50, 60, 70);
    private static final Set<String> GROUPS = Set.of(
            "juniorCollectors",
            "seniorCollectors",
            "sales",
            "mailroom",
            "admins",
            "${collectors.group(execution)}",
            "${answerCustomer.group(execution)}",
            "${department}");

    private final OurCode code = OurCode.INSTANCE;

    static List<BpmnModel> bpmn() {
        return Models.bpmn();
    }

    static List<BpmnModel> ladders() {
        return Models.ladders();
    }

    static List<DmnModel> dmn() {
        return Models.dmn();
    }

    static List<Form> forms() {
        return Models.forms();
    }

    // --- what a model names exists ---

    @ParameterizedTest
    @MethodSource("bpmn")
    void expressions_name_only_our_beans_and_known_variables(BpmnModel model) {
        model.expressions().forEach((where, expression) -> {
            String bare = expression.replaceAll("'[^']*'", "");
            Set<String> names = NAME.matcher(bare)
                    .results()
                    .map(MatchResult::group)
                    .filter(name -> !name.equals("execution.processBusinessKey"))
                    .map(name -> name.replaceAll("\\..*", ""))
                    .collect(Collectors.toSet());
            names.removeAll(VARIABLES);
            names.remove("execution");
            assertThat(code.modelBeans().keySet()).as(where).containsAll(names);
        });
    }

    @ParameterizedTest
    @MethodSource("bpmn")
    void methods_called_in_expressions_exist(BpmnModel model) {
        model.expressions().forEach((where, expression) -> CALL.matcher(expression)
                .results()
                .forEach(call -> {
                    Class<?> bean = code.modelBeans().get(call.group(1));
                    assertThat(bean).as(where).isNotNull();
                    int arguments = call.group(3).isBlank() ? 0 : call.group(3).split(",").length;
                    assertThat(Arrays.stream(bean.getMethods()))
                            .as(where)
                            .anyMatch(method ->
                                    method.getName().equals(call.group(2)) && method.getParameterCount() == arguments);
                }));
    }

    @ParameterizedTest
    @MethodSource("bpmn")
    void service_tasks_are_delegates_or_topics_of_a_worker(BpmnModel model) {
        for (ServiceTask task : model.all(ServiceTask.class)) {
            if ("external".equals(task.getCamundaType())) {
                assertThat(task.getCamundaTopic())
                        .as(task.getId())
                        .satisfiesAnyOf(topic -> assertThat(code.topics()).contains(topic), topic -> assertThat(topic)
                                .isEqualTo(BY_CHOICE));
            } else {
                assertThat(bean(task.getCamundaDelegateExpression()))
                        .as(task.getId())
                        .isAssignableTo(JavaDelegate.class);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("bpmn")
    void user_tasks_have_a_form_a_group_a_due_date_and_their_facts(BpmnModel model) {
        Set<String> forms = Models.forms().stream().map(Form::id).collect(Collectors.toSet());
        for (UserTask task : model.all(UserTask.class)) {
            if (task.getCamundaFormKey() == null) {
                assertThat(forms).as(task.getId()).contains(task.getCamundaFormRef());
                assertThat(task.getCamundaFormRefBinding()).as(task.getId()).isEqualTo("latest");
            } else {
                assertThat(task.getCamundaFormRef()).as(task.getId()).isNull();
                assertThat(Path.of(task.getCamundaFormKey().replace("embedded:/", "")))
                        .as(task.getId())
                        .exists();
            }
            assertThat(task.getCamundaDueDate()).as(task.getId()).matches(DUE);
            assertThat(task.getCamundaCandidateGroups()).as(task.getId()).isIn(GROUPS);
            assertThat(BpmnModel.extensions(task, CamundaTaskListener.class))
                    .as(task.getId())
                    .singleElement()
                    .satisfies(listener -> {
                        assertThat(listener.getCamundaEvent()).isEqualTo("create");
                        assertThat(bean(listener.getCamundaDelegateExpression()))
                                .isAssignableTo(TaskListener.class);
                    });
        }
    }

    @ParameterizedTest
    @MethodSource("bpmn")
    void called_processes_exist_and_are_the_latest(BpmnModel model) {
        Set<String> processes = processIds(Models.bpmn());
        for (CallActivity call : model.all(CallActivity.class)) {
            assertThat(call.getCamundaCalledElementBinding()).as(call.getId()).isIn(null, "latest");
            if (!call.getCalledElement().equals("${ladder}")) {
                assertThat(processes).as(call.getId()).contains(call.getCalledElement());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("bpmn")
    void called_decisions_exist(BpmnModel model) {
        Set<String> decisions = Models.dmn().stream()
                .flatMap(dmn -> dmn.decisions().stream().map(Decision::getId))
                .collect(Collectors.toSet());
        for (BusinessRuleTask task : model.all(BusinessRuleTask.class)) {
            if (task.getCamundaDelegateExpression() != null) {
                assertThat(bean(task.getCamundaDelegateExpression()))
                        .as(task.getId())
                        .isAssignableTo(JavaDelegate.class);
            } else {
                assertThat(decisions).as(task.getId()).contains(task.getCamundaDecisionRef());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("bpmn")
    void messages_and_error_codes_are_sent_by_our_code(BpmnModel model) {
        for (Message message : model.all(Message.class)) {
            assertThat(message.getName()).matches("[a-z]+\\.[a-z][a-zA-Z]*");
            assertThat(code.names(message.getName())).as(message.getName()).isTrue();
        }
        for (Error error : model.all(Error.class)) {
            assertThat(error.getErrorCode()).matches(WORDS);
            assertThat(code.names(error.getErrorCode()))
                    .as(error.getErrorCode())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("bpmn")
    void fixed_inputs_of_our_delegates_are_words_they_know(BpmnModel model) {
        for (CamundaInputParameter input : model.all(CamundaInputParameter.class)) {
            assertThat(code.names(input.getCamundaName()))
                    .as(input.getCamundaName())
                    .isTrue();
            assertThat(code.names(input.getTextContent()))
                    .as(input.getTextContent())
                    .isTrue();
        }
    }

    @Test
    void each_escalation_that_is_caught_is_thrown_and_the_other_way_round() {
        Set<String> thrown = new HashSet<>();
        Set<String> caught = new HashSet<>();
        for (BpmnModel model : Models.bpmn()) {
            for (EscalationEventDefinition definition : model.all(EscalationEventDefinition.class)) {
                Escalation escalation = Objects.requireNonNull(definition.getEscalation(), definition.getId());
                (definition.getParentElement() instanceof ThrowEvent ? thrown : caught)
                        .add(escalation.getEscalationCode());
            }
        }
        assertThat(thrown).isNotEmpty().isEqualTo(caught);
    }

    @ParameterizedTest
    @MethodSource("bpmn")
    void what_a_gateway_compares_with_can_happen(BpmnModel model) {
        for (SequenceFlow flow : model.all(SequenceFlow.class)) {
            if (flow.getConditionExpression() == null) {
                continue;
            }
            COMPARISON
                    .matcher(flow.getConditionExpression().getTextContent())
                    .results()
                    .forEach(comparison -> {
                        boolean chosen = Models.forms().stream().anyMatch(form -> form.choices(comparison.group(1))
                                .contains(comparison.group(2)));
                        assertThat(chosen || code.names(comparison.group(2)))
                                .as("%s: %s", flow.getId(), comparison.group())
                                .isTrue();
                    });
        }
    }

    // --- nothing runs that is not ours ---

    @ParameterizedTest
    @MethodSource("bpmn")
    void models_contain_no_scripts_and_no_class_names(BpmnModel model) {
        for (Element element : model.xml()) {
            assertThat(element.getLocalName()).isNotIn("script", "scriptTask", "connector", "connectorId", "field");
            for (String attribute : List.of("class", "scriptFormat", "resource", "language", "expressionLanguage")) {
                assertThat(Stream.of("", "http://camunda.org/schema/1.0/bpmn", "http://activiti.org/bpmn")
                                .anyMatch(namespace -> element.hasAttributeNS(namespace, attribute)))
                        .as("%s has %s", element.getAttribute("id"), attribute)
                        .isFalse();
            }
        }
    }

    // --- a reader finds the way ---

    @ParameterizedTest
    @MethodSource("bpmn")
    void ids_are_words_and_files_are_called_after_them(BpmnModel model) {
        assertThat(model.all(Process.class)).hasSize(1);
        assertThat(Models.nameWithoutExtension(model.file()))
                .isEqualTo(Models.kebabCase(model.process().getId()));
        assertThat(Stream.of(Process.class, FlowElement.class, RootElement.class, EventDefinition.class)
                        .flatMap(type -> model.all(type).stream())
                        .map(BaseElement::getId))
                .allMatch(id -> WORDS.matcher(id).matches());
    }

    @ParameterizedTest
    @MethodSource("bpmn")
    void each_process_step_event_and_gateway_says_what_it_means(BpmnModel model) {
        assertThat(Stream.of(Process.class, FlowNode.class)
                        .flatMap(type -> model.all(type).stream())
                        .filter(element -> element.getDocumentations().stream()
                                .allMatch(text -> text.getTextContent().isBlank()))
                        .map(BaseElement::getId))
                .isEmpty();
        assertThat(model.all(FlowNode.class).stream()
                        .filter(node ->
                                node.getName() == null && node.getOutgoing().size() > 1)
                        .map(BaseElement::getId))
                .as("without label")
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("bpmn")
    void processes_run_and_keep_their_history(BpmnModel model) {
        assertThat(model.process().isExecutable()).isTrue();
        assertThat(model.process().getCamundaHistoryTimeToLiveString()).isEqualTo("3650");
    }

    @ParameterizedTest
    @MethodSource("bpmn")
    void everything_is_drawn(BpmnModel model) {
        Set<String> drawn = Stream.concat(
                        model.all(BpmnShape.class).stream()
                                .map(shape -> shape.getBpmnElement().getId()),
                        model.all(BpmnEdge.class).stream()
                                .map(edge -> edge.getBpmnElement().getId()))
                .collect(Collectors.toSet());
        assertThat(model.all(FlowElement.class)).extracting(BaseElement::getId).isSubsetOf(drawn);
    }

    @ParameterizedTest
    @MethodSource("bpmn")
    void flows_do_not_cross_and_nothing_lies_on_anything_else(BpmnModel model) {
        Drawing drawing = new Drawing(model);
        assertThat(drawing.crossings()).isEmpty();
        assertThat(drawing.overlaps()).isEmpty();
    }

    // --- ladders ---

    @ParameterizedTest
    @MethodSource("ladders")
    void a_ladder_starts_with_a_wait_and_has_one_before_each_rung_and_rungs_ascend(BpmnModel ladder) {
        List<StartEvent> starts = List.copyOf(ladder.all(StartEvent.class));
        assertThat(starts).hasSize(1);
        climb(starts.get(0), 0, false, Set.of());
    }

    @ParameterizedTest
    @MethodSource("ladders")
    void the_waits_of_a_ladder_count_days_from_the_last_contact(BpmnModel ladder) {
        for (TimerEventDefinition timer : ladder.all(TimerEventDefinition.class)) {
            assertThat(timer.getTimeDate()).as(timer.getId()).isNotNull();
            assertThat(timer.getTimeDate().getTextContent()).as(timer.getId()).matches(WAIT);
        }
    }

    @ParameterizedTest
    @MethodSource("ladders")
    void a_letter_in_place_of_a_mail_stands_on_the_rung_of_the_mail_with_the_same_text(BpmnModel ladder) {
        for (BoundaryEvent unusable : ladder.all(BoundaryEvent.class)) {
            CallActivity letter =
                    (CallActivity) unusable.getOutgoing().iterator().next().getTarget();
            Activity mail = unusable.getAttachedTo();
            assertThat(BpmnModel.rung(letter)).isEqualTo(BpmnModel.rung(mail));
            assertThat(BpmnModel.extensions(letter, CamundaIn.class))
                    .filteredOn(in -> "template".equals(in.getCamundaTarget()))
                    .extracting(CamundaIn::getCamundaSourceExpression)
                    .containsExactly(BpmnModel.property(mail, "template").orElseThrow());
        }
    }

    @ParameterizedTest
    @MethodSource("ladders")
    void each_mail_has_a_text_and_a_way_out_when_the_address_is_unusable(BpmnModel ladder) {
        for (ServiceTask mail : ladder.all(ServiceTask.class)) {
            assertThat(BpmnModel.property(mail, "template")).as(mail.getId()).isPresent();
            assertThat(ladder.all(BoundaryEvent.class)).as(mail.getId()).anyMatch(event -> event.getAttachedTo()
                    .equals(mail));
        }
    }

    @ParameterizedTest
    @MethodSource("bpmn")
    void called_steps_get_the_case_and_their_rung(BpmnModel model) {
        Set<String> steps = processIds(Models.bpmn().stream()
                .filter(called -> called.folder().equals("steps"))
                .toList());
        for (CallActivity call : model.all(CallActivity.class)) {
            List<CamundaIn> in = BpmnModel.extensions(call, CamundaIn.class);
            assertThat(in).as(call.getId()).anyMatch(mapping -> "#{execution.processBusinessKey}"
                    .equals(mapping.getCamundaBusinessKey()));
            assertThat(in).as(call.getId()).anyMatch(mapping -> passes(mapping, "caseId"));
            if (steps.contains(call.getCalledElement())) {
                assertThat(in).as(call.getId()).anyMatch(mapping -> passes(mapping, "rung"));
                // What came back stands on the rung on which it was sent, which the message says.
                if (!call.getId().equals("sayByLetter")) {
                    assertThat(RUNGS)
                            .as(call.getId())
                            .contains(BpmnModel.rung(call).orElseThrow());
                }
            }
        }
    }

    @Test
    void there_is_a_model_for_every_step_and_none_that_nobody_calls() {
        Set<String> called = Models.bpmn().stream()
                .flatMap(model -> model.all(CallActivity.class).stream())
                .map(CallActivity::getCalledElement)
                .collect(Collectors.toSet());
        assertThat(processIds(Models.bpmn().stream()
                        .filter(model -> model.folder().equals("steps"))
                        .toList()))
                .isSubsetOf(called);
    }

    // --- decisions ---

    @ParameterizedTest
    @MethodSource("dmn")
    void decisions_are_words_and_files_are_called_after_them(DmnModel model) {
        assertThat(model.decisions())
                .isNotEmpty()
                .allMatch(decision -> WORDS.matcher(decision.getId()).matches())
                .anyMatch(decision ->
                        Models.kebabCase(decision.getId()).equals(Models.nameWithoutExtension(model.file())));
    }

    @Test
    void each_ladder_that_can_be_chosen_exists_and_each_ladder_but_the_baseline_can_be_chosen() {
        Set<String> chosen = Models.dmn().stream()
                .flatMap(model -> model.outputs("ladder").stream())
                .collect(Collectors.toSet());
        Set<String> ladders = new HashSet<>(processIds(Models.ladders()));

        assertThat(ladders.remove("baseline")).isTrue();
        assertThat(chosen).isEqualTo(ladders);
    }

    // --- forms ---

    @ParameterizedTest
    @MethodSource("forms")
    void forms_are_called_after_their_id_and_used(Form form) {
        assertThat(Models.nameWithoutExtension(form.file())).isEqualTo(Models.kebabCase(form.id()));
        Stream<String> used = Models.bpmn().stream()
                .flatMap(model -> Stream.concat(
                        model.all(UserTask.class).stream().map(UserTask::getCamundaFormRef),
                        model.all(StartEvent.class).stream().map(StartEvent::getCamundaFormRef)));
        // One beside a page is what tasks of older versions of the model show, and models of designers that name it.
        Path page = Path.of("forms", Models.nameWithoutExtension(form.file()) + ".html");
        assertThat(Files.exists(page) || used.anyMatch(form.id()::equals))
                .as(form.id())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void forms_show_only_facts_that_the_task_has(Form form) {
        assertThat(form.shown()).allMatch(code::names);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void forms_use_only_what_tasklist_can_show(Form form) {
        // The form library of Camunda 7.24 is form-js 1.8.7. File pickers break the form, dynamic lists block Complete.
        assertThat(form.json().path("schemaVersion").asInt()).isLessThanOrEqualTo(16);
        assertThat(form.json().path("executionPlatform").asText()).isEqualTo("Camunda Platform");
        assertThat(form.components())
                .extracting(component -> component.path("type").asText())
                .isSubsetOf("text", "group", "radio", "select", "textfield", "textarea", "number", "datetime");
    }

    /** A number of the browser is a double; money travels as text. */
    @ParameterizedTest
    @MethodSource("forms")
    void amounts_leave_the_form_as_text(Form form) {
        assertThat(form.components())
                .filteredOn(component -> component.path("type").asText().equals("number"))
                .allMatch(component -> component.path("serializeToString").asBoolean());
    }

    private Class<?> bean(String expression) {
        var matcher = BEAN.matcher(expression);
        assertThat(matcher.matches()).as(expression).isTrue();
        return Objects.requireNonNull(code.modelBeans().get(matcher.group(1)), expression);
    }

    private static Set<String> processIds(Collection<BpmnModel> models) {
        return models.stream().map(model -> model.process().getId()).collect(Collectors.toSet());
    }

    private static boolean passes(CamundaIn mapping, String variable) {
        return variable.equals(mapping.getCamundaSource()) && variable.equals(mapping.getCamundaTarget());
    }

    /** Follows every way up from here; {@code waited} says whether a wait has passed since the last rung. */
    private static void climb(FlowNode node, int rung, boolean waited, Set<FlowNode> passed) {
        assertThat(passed).as("a ladder does not lead back").doesNotContain(node);
        int reached = rung;
        boolean waiting = waited || node instanceof IntermediateCatchEvent;
        if (isStep(node)) {
            assertThat(waited).as("a wait before %s", node.getId()).isTrue();
            assertThat(BpmnModel.rung(node)).as(node.getId()).get().satisfies(own -> {
                assertThat(RUNGS).contains(own);
                assertThat(own).isGreaterThan(rung);
            });
            reached = BpmnModel.rung(node).orElseThrow();
            waiting = false;
        }
        Set<FlowNode> here = new HashSet<>(passed);
        here.add(node);
        for (FlowNode next : node.getSucceedingNodes().list()) {
            climb(next, reached, waiting, here);
        }
    }

    private static boolean isStep(FlowNode node) {
        return node instanceof Activity
                || (node instanceof EndEvent end
                        && end.getEventDefinitions().stream().anyMatch(EscalationEventDefinition.class::isInstance));
    }
}
