package org.dunlin.agency;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.agency.AgencyChoice.Choice;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;

/** Chooses the agency; a case that an agency has already, because somebody started it again, stays there. */
@ModelBean("chooseAgency")
class ChooseAgencyDelegate implements JavaDelegate {

    private final AgencyChoice choice;
    private final RestartedFiles restarted;

    ChooseAgencyDelegate(AgencyChoice choice, RestartedFiles restarted) {
        this.choice = choice;
        this.restarted = restarted;
    }

    @Override
    public void execute(DelegateExecution execution) {
        long caseId = TypedVariables.of(execution).requireLong(AgencyStep.CASE_ID);
        boolean there = restarted.isWithAgency(caseId, execution.getProcessInstanceId());
        execution.setVariable(AgencyStep.WITH_AGENCY, there);
        if (!there) {
            Choice chosen = choice.choose(caseId);
            execution.setVariable(AgencyStep.AGENCY, chosen.agency().id());
            execution.setVariable(AgencyStep.AGENCY_REASON, chosen.reason());
        }
    }
}
