package org.dunlin.dunning.engine;

import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.jspecify.annotations.Nullable;

/** Who is acting, and on which passing of a rung. */
final class Acting {

    private Acting() {}

    /** Login of the person whose action is being carried out; null when the engine works by itself. */
    static @Nullable String user(DelegateExecution execution) {
        IdentityService identity = execution.getProcessEngineServices().getIdentityService();
        Authentication authentication = identity.getCurrentAuthentication();
        return authentication == null ? null : authentication.getUserId();
    }

    /** A step's process instance is started anew each time a rung is passed. */
    static String occurrence(DelegateExecution execution) {
        return execution.getProcessInstanceId() + ":" + execution.getCurrentActivityId();
    }

    /** The same where a process may come back to the step: each passing is one of its own. */
    static String passing(DelegateExecution execution) {
        String instance = execution.getActivityInstanceId();
        return occurrence(execution) + ":" + instance.substring(instance.lastIndexOf(':') + 1);
    }
}
