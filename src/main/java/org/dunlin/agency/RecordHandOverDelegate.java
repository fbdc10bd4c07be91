package org.dunlin.agency;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.dunning.InvalidOutcomeException;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;
import org.jspecify.annotations.Nullable;

/** What a senior collector decided about a hand-over. */
@ModelBean("recordHandOver")
class RecordHandOverDelegate implements JavaDelegate {

    private final HandOvers handOvers;

    RecordHandOverDelegate(HandOvers handOvers) {
        this.handOvers = handOvers;
    }

    @Override
    public void execute(DelegateExecution execution) {
        TypedVariables form = TypedVariables.of(execution);
        long caseId = form.requireLong(AgencyStep.CASE_ID);
        String instance = execution.getProcessInstanceId();
        @Nullable String note = form.text(AgencyStep.NOTE);
        @Nullable String by = Actor.of(execution);
        switch (form.requireText(AgencyStep.OUTCOME)) {
            case AgencyStep.HANDED_OVER -> {
                String agency = form.requireText(AgencyStep.AGENCY);
                long message = handOvers.confirm(caseId, agency, note, by, instance);
                execution.setVariable(AgencyStep.MESSAGE_ID, message);
            }
            case AgencyStep.NOT_YET ->
                handOvers.putOff(
                        caseId,
                        instance + ":" + execution.getCurrentActivityId(),
                        form.integer(AgencyStep.RUNG, HandOvers.RUNG),
                        note,
                        by);
            default -> throw new InvalidOutcomeException(AgencyStep.OUTCOME, "Choose whether to hand over");
        }
    }
}
