package org.dunlin.contact.email;

import java.util.Map;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.dunlin.contact.Channel;
import org.dunlin.contact.log.NewContact;
import org.dunlin.contact.log.Occurrence;
import org.jspecify.annotations.Nullable;

/** What a model says about a step that sends an e-mail. */
final class Rung {

    static final String TOPIC = "email";
    static final String CASE_ID = "caseId";
    static final String ADDRESS_UNUSABLE = "addressUnusable";

    private static final String RUNG = "rung";
    private static final String TEMPLATE = "template";

    private Rung() {}

    static Occurrence occurrence(LockedExternalTask task) {
        return new Occurrence(task.getProcessInstanceId(), task.getActivityId());
    }

    /** @throws IllegalArgumentException when the model or the instance does not say what is needed */
    static NewContact contact(LockedExternalTask task) {
        Map<String, String> properties = task.getExtensionProperties();
        String rung = required(properties.get(RUNG), "extension property " + RUNG);
        String template = required(properties.get(TEMPLATE), "extension property " + TEMPLATE);
        if (!(task.getVariables().get(CASE_ID) instanceof Number caseId)) {
            throw new IllegalArgumentException(task.getActivityId() + ": no variable " + CASE_ID);
        }
        return new NewContact(caseId.longValue(), occurrence(task), Integer.parseInt(rung), Channel.EMAIL, template);
    }

    private static String required(@Nullable String value, String what) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("The step has no " + what);
        }
        return value;
    }
}
