package org.dunlin.dunning.engine;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.security.Groups;

/**
 * Gives a task that nobody has taken to the level above: junior, senior, manager. The task stays the same one, with its age and what
 * stands in its form. Which task: the one at whose border the timer stands that leads here.
 */
@ModelBean("handToNextLevel")
class HandToNextLevelDelegate implements JavaDelegate {

    private static final Map<String, String> ABOVE = Map.of(
            Groups.JUNIOR_COLLECTORS, Groups.SENIOR_COLLECTORS,
            Groups.SENIOR_COLLECTORS, Groups.MANAGERS);

    private static final Map<String, String> NAMES =
            Map.of(Groups.JUNIOR_COLLECTORS, "juniors", Groups.SENIOR_COLLECTORS, "seniors");

    /** Short, for a card. */
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.UK);

    private final TaskService tasks;
    private final AuthorizationService authorizations;
    private final Clock clock;

    HandToNextLevelDelegate(TaskService tasks, AuthorizationService authorizations, Clock clock) {
        this.tasks = tasks;
        this.authorizations = authorizations;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Set<String> watched = watched((FlowNode) execution.getBpmnModelElementInstance());
        if (watched.isEmpty()) {
            throw new IllegalStateException(
                    "No timer at the border of a task leads to " + execution.getCurrentActivityId());
        }
        tasks.createTaskQuery()
                .processInstanceId(execution.getProcessInstanceId())
                .taskDefinitionKeyIn(watched.toArray(String[]::new))
                // Whoever has claimed it is at work.
                .taskUnassigned()
                .list()
                .forEach(this::handOn);
    }

    /** Ids of the tasks at whose borders the events stand that lead to the step, whatever gateways lie between. */
    private static Set<String> watched(FlowNode step) {
        Set<String> found = new HashSet<>();
        for (SequenceFlow flow : step.getIncoming()) {
            if (flow.getSource() instanceof BoundaryEvent event) {
                found.add(event.getAttachedTo().getId());
            } else if (flow.getSource() instanceof Gateway gateway) {
                found.addAll(watched(gateway));
            }
        }
        return found;
    }

    private void handOn(Task task) {
        List<String> levels = tasks.getIdentityLinksForTask(task.getId()).stream()
                .map(IdentityLink::getGroupId)
                .filter(Objects::nonNull)
                .filter(ABOVE::containsKey)
                .toList();
        if (levels.isEmpty()) {
            return;
        }
        for (String level : levels) {
            tasks.addCandidateGroup(task.getId(), Objects.requireNonNull(ABOVE.get(level)));
            tasks.deleteCandidateGroup(task.getId(), level);
            // The engine gives a candidate group its rights and does not take them back.
            authorizations
                    .createAuthorizationQuery()
                    .resourceType(Resources.TASK)
                    .resourceId(task.getId())
                    .groupIdIn(level)
                    .list()
                    .forEach(right -> authorizations.deleteAuthorization(right.getId()));
        }
        tasks.setVariablesLocal(
                task.getId(), Map.of(StepProcesses.HANDED_ON, true, StepProcesses.HANDED_ON_TEXT, text(levels)));
    }

    private String text(Collection<String> levels) {
        return "%s, %s"
                .formatted(
                        String.join(", ", levels.stream().map(NAMES::get).toList()),
                        DAY.format(clock.instant().atZone(ZoneOffset.UTC)));
    }
}
