package org.dunlin.contact.delivery;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.dunlin.contact.Channel;
import org.dunlin.contact.log.NewContact;
import org.dunlin.contact.log.Occurrence;
import org.jspecify.annotations.Nullable;

/**
 * What a model says about a step that a worker does: a rung of a ladder (extension properties {@code rung} and
 * {@code template}, or variables of these names where the ladder calls a process for it), or a notice about a hold (extension property {@code notice}).
 */
final class DeliveryStep {

    static final String ADDRESS_UNUSABLE = "addressUnusable";

    /** The name of the notice is in the process variable {@code notice}, because it depends on what came before. */
    static final String BY_RESULT = "byResult";

    /** Boolean variable: whether nothing was sent because it had been said already. A letter step asks for it. */
    static final String COVERED = "covered";

    static final String CASE_ID = "caseId";
    static final String HOLD_ID = "holdId";
    private static final String RUNG = "rung";
    private static final String TEMPLATE = "template";
    private static final String NOTICE = "notice";

    /** Of a step that a process may come back to with something new to say. */
    private static final String EACH_PASSING = "eachPassing";

    private DeliveryStep() {}

    /** Names of the process variables that a step may need. */
    static List<String> variables() {
        return List.of(CASE_ID, HOLD_ID, NOTICE, RUNG, TEMPLATE);
    }

    /** Two passings of a step on a ladder are one occurrence: what was said on a rung is not said again. */
    static Occurrence occurrence(LockedExternalTask task) {
        return isNotice(task) || task.getExtensionProperties().containsKey(EACH_PASSING)
                ? new Occurrence(task.getProcessInstanceId(), task.getActivityId(), passing(task))
                : new Occurrence(task.getProcessInstanceId(), task.getActivityId());
    }

    /**
     * @param variables of the step, those of {@link #variables()}
     * @throws IllegalArgumentException when the model or the instance does not say what is needed
     */
    static NewContact contact(LockedExternalTask task, Map<String, @Nullable Object> variables, Channel channel) {
        return isNotice(task) ? notice(task, variables, channel) : rung(task, variables, channel);
    }

    /** The rung it stands on; 0 for a notice, and where the model does not say. */
    static int rung(LockedExternalTask task) {
        try {
            return Integer.parseInt(task.getExtensionProperties().getOrDefault(RUNG, "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static NewContact rung(LockedExternalTask task, Map<String, @Nullable Object> variables, Channel channel) {
        String rung = required(said(task, variables, RUNG), RUNG);
        String template = required(said(task, variables, TEMPLATE), TEMPLATE);
        return NewContact.rung(
                id(task, variables, CASE_ID), occurrence(task), Integer.parseInt(rung), channel, template);
    }

    /** By the step itself, or by the ladder that has called its process. */
    private static @Nullable String said(
            LockedExternalTask task, Map<String, @Nullable Object> variables, String name) {
        String own = task.getExtensionProperties().get(name);
        Object handedOn = variables.get(name);
        return own != null ? own : handedOn == null ? null : handedOn.toString();
    }

    private static NewContact notice(
            LockedExternalTask task, Map<String, @Nullable Object> variables, Channel channel) {
        String notice = task.getExtensionProperties().get(NOTICE);
        String template = BY_RESULT.equals(notice) ? (String) variables.get(NOTICE) : notice;
        return NewContact.notice(
                id(task, variables, HOLD_ID), occurrence(task), channel, required(template, "name of a notice"));
    }

    private static boolean isNotice(LockedExternalTask task) {
        return task.getExtensionProperties().containsKey(NOTICE);
    }

    /** The id of an activity instance is the activity, a colon and a number of its own. */
    private static String passing(LockedExternalTask task) {
        String instance = task.getActivityInstanceId();
        return instance.substring(instance.lastIndexOf(':') + 1);
    }

    private static long id(LockedExternalTask task, Map<String, @Nullable Object> variables, String variable) {
        if (variables.get(variable) instanceof Number id) {
            return id.longValue();
        }
        throw new IllegalArgumentException(task.getActivityId() + ": no variable " + variable);
    }

    private static String required(@Nullable String value, String what) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("The step has no " + what);
        }
        return value;
    }
}
