package org.dunlin.agency;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.jspecify.annotations.Nullable;

/** Who is acting. */
final class Actor {

    private Actor() {}

    /** Login of the person whose action is being carried out; null when the engine works by itself. */
    static @Nullable String of(DelegateExecution execution) {
        Authentication person =
                execution.getProcessEngineServices().getIdentityService().getCurrentAuthentication();
        return person == null ? null : person.getUserId();
    }
}
