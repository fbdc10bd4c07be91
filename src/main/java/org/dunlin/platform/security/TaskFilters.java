package org.dunlin.platform.security;

import static org.dunlin.platform.security.Groups.ADMINS;
import static org.dunlin.platform.security.Groups.JUNIOR_COLLECTORS;
import static org.dunlin.platform.security.Groups.MANAGERS;
import static org.dunlin.platform.security.Groups.SENIOR_COLLECTORS;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.EntityTypes;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.task.TaskQuery;
import org.springframework.stereotype.Component;

/**
 * The lists a person finds in Tasklist. They are made once and belong to the administrators from then on: a renamed or
 * changed list stays as it is.
 */
@Component
class TaskFilters {

    /** Property of a filter by which we know it again after it was renamed. */
    private static final String KEY = "dunlinFilter";

    private static final String CALL = "callCustomer";

    /** What a card shows: display copies beside the task, in this order. The customer stands in its title. */
    private static final List<Map<String, String>> ON_THE_CARD = List.of(
            Map.of("name", "overdueText", "label", "Overdue"),
            Map.of("name", "daysOverdue", "label", "Days overdue"),
            Map.of("name", "phone", "label", "Phone"),
            Map.of("name", "segment", "label", "Segment"),
            Map.of("name", "rungName", "label", "Step"),
            Map.of("name", "handedOnText", "label", "Left by"));

    /** The same for what operators attend to. */
    private static final List<Map<String, String>> ON_THE_OPERATORS_CARD = List.of(
            Map.of("name", "problemStep", "label", "Where"),
            Map.of("name", "problemSince", "label", "Since"),
            Map.of("name", "customerName", "label", "Customer"));

    private final FilterService filters;
    private final TaskService tasks;
    private final Grants grants;

    TaskFilters(FilterService filters, TaskService tasks, Grants grants) {
        this.filters = filters;
        this.tasks = tasks;
        this.grants = grants;
    }

    void ensure() {
        List<String> everybody = new ArrayList<>(Groups.WITH_TASKS);
        everybody.add(MANAGERS);
        collectors();
        departments();
        ensure(
                new Listed("allTasks", "All tasks", "Everything that waits for a person", "#7a6a53", -20),
                open(),
                List.of(SENIOR_COLLECTORS, MANAGERS));
        ensure(
                new Listed(
                        "groupTasks",
                        "Tasks of my groups",
                        "Tasks that wait for somebody of your groups",
                        "#4a6fa5",
                        -10),
                open().taskCandidateGroupInExpression("${currentUserGroups()}").taskUnassigned(),
                everybody);
        ensure(
                new Listed("myTasks", "My tasks", "Tasks you have claimed", "#2f6f6d", -5),
                open().taskAssigneeExpression("${currentUser()}"),
                everybody);
        ensure(
                new Listed(
                        "problems",
                        "Problems",
                        "Failed steps and cases that stand still",
                        "#a33b3b",
                        -15,
                        ON_THE_OPERATORS_CARD),
                open().taskCandidateGroup(ADMINS).includeAssignedTasks(),
                List.of(ADMINS));
    }

    private void collectors() {
        List<String> collectors = List.of(JUNIOR_COLLECTORS, SENIOR_COLLECTORS);
        List<String> upwards = List.of(SENIOR_COLLECTORS, MANAGERS);
        ensure(
                new Listed("callList", "Call list", "Calls that wait for somebody of your level", "#b8791f", -50),
                ofMyGroups().taskDefinitionKey(CALL).taskUnassigned(),
                collectors);
        ensure(
                new Listed("myCalls", "My calls today", "Calls you have claimed", "#2f6f6d", -48),
                open().taskDefinitionKey(CALL).taskAssigneeExpression("${currentUser()}"),
                collectors);
        ensure(
                new Listed(
                        "promisesDue", "Promises due", "The promised day has come, the money has not", "#6a5a9c", -46),
                ofMyGroups().taskDefinitionKey("lookAfterPromise").includeAssignedTasks(),
                collectors);
        ensure(
                new Listed("escalated", "Escalated to me", "Tasks that the level below has left", "#a33b3b", -44),
                ofMyGroups().taskVariableValueEquals("handedOn", true).includeAssignedTasks(),
                upwards);
        List<String> everybody = new ArrayList<>(Groups.WITH_TASKS);
        everybody.add(MANAGERS);
        ensure(
                new Listed(
                        "waiting",
                        "Waiting longer than 3 days",
                        "Tasks of your groups that came up more than three working days ago",
                        "#8a4f2d",
                        -42),
                ofMyGroups()
                        .taskCreatedBeforeExpression("${ago.workingDays(3)}")
                        .includeAssignedTasks(),
                everybody);
    }

    private void departments() {
        ensure(
                new Listed("salesTalks", "Customers to talk to", "A ladder has come to sales", "#b8791f", -50),
                ofMyGroups().taskDefinitionKey("talkToCustomer").includeAssignedTasks(),
                List.of(Groups.SALES));
        ensure(
                new Listed("disputes", "Disputes", "Disputes that your department has to solve", "#b8791f", -49),
                ofMyGroups()
                        .taskDefinitionKeyIn("resolveDispute", "decideDispute")
                        .includeAssignedTasks(),
                List.of(Groups.DISPUTES, Groups.SALES, Groups.MAILROOM, SENIOR_COLLECTORS));
        ensure(
                new Listed("paper", "Letters", "What has to be printed, posted or brought back", "#b8791f", -50),
                ofMyGroups()
                        .taskDefinitionKeyIn(
                                "postLetters",
                                "postRegisteredLetter",
                                "noteReceipt",
                                "tellCustomerByLetter",
                                "confirmPlanByLetter")
                        .includeAssignedTasks(),
                List.of(Groups.MAILROOM));
    }

    private TaskQuery ofMyGroups() {
        return open().taskCandidateGroupInExpression("${currentUserGroups()}");
    }

    /** The most urgent first; a task put off until later does not show before its day. */
    private TaskQuery open() {
        return tasks.createTaskQuery()
                .active()
                .followUpBeforeOrNotExistentExpression("${now()}")
                .orderByTaskPriority()
                .desc()
                .orderByDueDate()
                .asc();
    }

    private void ensure(Listed listed, TaskQuery query, List<String> groups) {
        if (find(listed).isPresent()) {
            return;
        }
        Map<String, Object> properties = new HashMap<>();
        properties.put(KEY, listed.key);
        properties.put("description", listed.description);
        properties.put("color", listed.color);
        properties.put("priority", listed.priority);
        properties.put("refresh", true);
        properties.put("showUndefinedVariable", false);
        properties.put("variables", listed.variables);
        Filter filter = filters.newTaskFilter(listed.name);
        filter.setQuery(query);
        filter.setProperties(properties);
        Filter saved = filters.saveFilter(filter);
        groups.forEach(group -> grants.ensureFilterIsSeen(saved.getId(), group));
    }

    private Optional<Filter> find(Listed listed) {
        return filters.createFilterQuery().filterResourceType(EntityTypes.TASK).list().stream()
                .filter(filter ->
                        listed.key.equals(filter.getProperties().get(KEY)) || listed.name.equals(filter.getName()))
                .findFirst();
    }

    private record Listed(
            String key,
            String name,
            String description,
            String color,
            int priority,
            List<Map<String, String>> variables) {
        Listed(String key, String name, String description, String color, int priority) {
            this(key, name, description, color, priority, ON_THE_CARD);
        }
    }
}
