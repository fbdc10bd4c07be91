package org.dunlin.agency;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;

/** What a person found out about a message to an agency of unknown result. */
@ModelBean("resolveDelivery")
class ResolveDeliveryDelegate implements JavaDelegate {

    private final HandOvers handOvers;

    ResolveDeliveryDelegate(HandOvers handOvers) {
        this.handOvers = handOvers;
    }

    @Override
    public void execute(DelegateExecution execution) {
        TypedVariables form = TypedVariables.of(execution);
        handOvers.resolve(
                form.requireLong(AgencyStep.MESSAGE_ID),
                form.requireText(AgencyStep.OUTCOME),
                form.text(AgencyStep.NOTE),
                Actor.of(execution));
    }
}
