package org.dunlin.contact.delivery;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.camunda.bpm.engine.runtime.VariableInstance;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what the steps of a batch need, in one query for all of them. */
@Component
class StepReader {

    /** Where nobody knows whose step it is. */
    private static final long NOBODY = 0;

    private final RuntimeService runtime;
    private final JdbcClient jdbc;

    StepReader(RuntimeService runtime, JdbcClient jdbc) {
        this.runtime = runtime;
        this.jdbc = jdbc;
    }

    /**
     * What is known of a step.
     *
     * @param variables  that it sees, of those that steps need
     * @param customerId 0 when there is no such case or hold
     */
    record Step(LockedExternalTask task, Map<String, @Nullable Object> variables, long customerId) {}

    List<Step> read(List<LockedExternalTask> tasks) {
        if (tasks.isEmpty()) {
            return List.of();
        }
        Map<String, Map<String, @Nullable Object>> variables = variables(tasks);
        Map<String, Long> customers = customers(variables.values());
        return tasks.stream()
                .map(task -> {
                    Map<String, @Nullable Object> seen = variables.getOrDefault(task.getId(), Map.of());
                    return new Step(task, seen, customers.getOrDefault(subject(seen), NOBODY));
                })
                .toList();
    }

    private Map<String, Map<String, @Nullable Object>> variables(List<LockedExternalTask> tasks) {
        Map<String, List<VariableInstance>> byProcess = runtime
                .createVariableInstanceQuery()
                .processInstanceIdIn(tasks.stream()
                        .map(LockedExternalTask::getProcessInstanceId)
                        .distinct()
                        .toArray(String[]::new))
                .variableNameIn(DeliveryStep.variables().toArray(String[]::new))
                .list()
                .stream()
                .collect(Collectors.groupingBy(VariableInstance::getProcessInstanceId));
        return tasks.stream()
                .collect(Collectors.toMap(
                        LockedExternalTask::getId,
                        task -> visible(task, byProcess.getOrDefault(task.getProcessInstanceId(), List.of()))));
    }

    private Map<String, @Nullable Object> visible(LockedExternalTask task, List<VariableInstance> variables) {
        String process = task.getProcessInstanceId();
        if (!variables.stream().allMatch(variable -> process.equals(variable.getExecutionId()))) {
            // Some have a narrower scope: the engine knows which of them this step sees.
            return runtime.getVariables(task.getExecutionId(), DeliveryStep.variables());
        }
        Map<String, @Nullable Object> seen = new HashMap<>();
        variables.forEach(variable -> seen.put(variable.getName(), variable.getValue()));
        return seen;
    }

    private Map<String, Long> customers(Collection<Map<String, @Nullable Object>> steps) {
        record Row(String subject, long customerId) {}
        return jdbc
                .sql(
                        """
                        select 'case ' || id as subject, customer_id from dunning_case where id = any(:cases)
                        union all select 'hold ' || id, customer_id from hold where id = any(:holds)
                        """)
                .param("cases", ids(steps, DeliveryStep.CASE_ID))
                .param("holds", ids(steps, DeliveryStep.HOLD_ID))
                .query(Row.class)
                .list()
                .stream()
                .collect(Collectors.toMap(Row::subject, Row::customerId));
    }

    private static Long[] ids(Collection<Map<String, @Nullable Object>> steps, String variable) {
        return steps.stream()
                .map(seen -> seen.get(variable))
                .filter(Number.class::isInstance)
                .map(id -> ((Number) id).longValue())
                .distinct()
                .toArray(Long[]::new);
    }

    private static String subject(Map<String, @Nullable Object> seen) {
        return seen.get(DeliveryStep.CASE_ID) != null
                ? "case " + seen.get(DeliveryStep.CASE_ID)
                : "hold " + seen.get(DeliveryStep.HOLD_ID);
    }
}
