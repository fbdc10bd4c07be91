package org.dunlin.platform.models;

import java.beans.FeatureDescriptor;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Function;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.externaltask.ExternalTask;
import org.camunda.bpm.impl.juel.jakarta.el.ELContext;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;
import org.jspecify.annotations.Nullable;

/**
 * What an expression may read of {@code execution}, {@code task} and {@code externalTask}: names and keys. The way from there to
 * the engine's services, and through them to everything, does not exist.
 */
class ScopeProperties extends ELResolver {

    private static final Map<String, Function<DelegateExecution, @Nullable Object>> OF_EXECUTION = Map.ofEntries(
            Map.entry("id", DelegateExecution::getId),
            Map.entry("processInstanceId", DelegateExecution::getProcessInstanceId),
            Map.entry("processBusinessKey", DelegateExecution::getProcessBusinessKey),
            Map.entry("businessKey", DelegateExecution::getBusinessKey),
            Map.entry("processDefinitionId", DelegateExecution::getProcessDefinitionId),
            Map.entry("activityInstanceId", DelegateExecution::getActivityInstanceId),
            Map.entry("currentActivityId", DelegateExecution::getCurrentActivityId),
            Map.entry("currentActivityName", DelegateExecution::getCurrentActivityName));

    private static final Map<String, Function<DelegateTask, @Nullable Object>> OF_TASK = Map.ofEntries(
            Map.entry("id", DelegateTask::getId),
            Map.entry("name", DelegateTask::getName),
            Map.entry("description", DelegateTask::getDescription),
            Map.entry("assignee", DelegateTask::getAssignee),
            Map.entry("owner", DelegateTask::getOwner),
            Map.entry("priority", DelegateTask::getPriority),
            Map.entry("dueDate", DelegateTask::getDueDate),
            Map.entry("followUpDate", DelegateTask::getFollowUpDate),
            Map.entry("createTime", DelegateTask::getCreateTime),
            Map.entry("taskDefinitionKey", DelegateTask::getTaskDefinitionKey),
            Map.entry("processInstanceId", DelegateTask::getProcessInstanceId));

    private static final Map<String, Function<ExternalTask, @Nullable Object>> OF_EXTERNAL_TASK = Map.of(
            "topicName", ExternalTask::getTopicName,
            "retries", ExternalTask::getRetries,
            "errorMessage", ExternalTask::getErrorMessage);

    /** The names under which an expression reaches these objects, each with the properties that may be read. */
    static final Map<String, Iterable<String>> READABLE = Map.of(
            "execution", OF_EXECUTION.keySet(),
            "task", OF_TASK.keySet(),
            "externalTask", OF_EXTERNAL_TASK.keySet());

    @Override
    public @Nullable Object getValue(ELContext context, @Nullable Object base, @Nullable Object property) {
        if (base instanceof DelegateExecution execution) {
            return read(context, OF_EXECUTION, execution, property);
        }
        if (base instanceof DelegateTask task) {
            return read(context, OF_TASK, task, property);
        }
        if (base instanceof ExternalTask externalTask) {
            return read(context, OF_EXTERNAL_TASK, externalTask, property);
        }
        return null;
    }

    private static <T> @Nullable Object read(
            ELContext context, Map<String, Function<T, @Nullable Object>> readable, T base, @Nullable Object property) {
        Function<T, @Nullable Object> reader = property instanceof String name ? readable.get(name) : null;
        if (reader == null) {
            return null;
        }
        context.setPropertyResolved(true);
        return reader.apply(base);
    }

    @Override
    public @Nullable Class<?> getType(ELContext context, @Nullable Object base, @Nullable Object property) {
        return null;
    }

    @Override
    public void setValue(ELContext context, @Nullable Object base, @Nullable Object property, @Nullable Object value) {
        // Nothing here can be written; the engine says so when no other resolver takes it.
    }

    @Override
    public boolean isReadOnly(ELContext context, @Nullable Object base, @Nullable Object property) {
        return true;
    }

    @Override
    public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, @Nullable Object base) {
        return Collections.emptyIterator();
    }

    @Override
    public Class<?> getCommonPropertyType(ELContext context, @Nullable Object base) {
        return Object.class;
    }
}
