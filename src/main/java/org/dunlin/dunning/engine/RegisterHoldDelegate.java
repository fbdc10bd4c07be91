package org.dunlin.dunning.engine;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.dunlin.dunning.Hold;
import org.dunlin.dunning.Holds;
import org.dunlin.platform.engine.ModelBean;

/** First step of a hold's process: keeps the hold, if a person started the process by its form. */
@ModelBean("registerHold")
class RegisterHoldDelegate implements JavaDelegate {

    private final Holds holds;
    private final HoldForm forms;

    RegisterHoldDelegate(Holds holds, HoldForm forms) {
        this.holds = holds;
        this.forms = forms;
    }

    @Override
    public void execute(DelegateExecution execution) {
        if (execution.getVariable(HoldProcesses.HOLD_ID) != null) {
            return;
        }
        String process = ((ExecutionEntity) execution).getProcessDefinition().getKey();
        Hold hold = holds.raiseFor(
                forms.wanted(process, execution, Acting.user(execution)), execution.getProcessInstanceId());
        execution.setProcessBusinessKey(holds.businessKey(hold));
        execution.setVariable(HoldProcesses.HOLD_ID, hold.id());
        execution.setVariable(HoldProcesses.CUSTOMER_ID, hold.customerId());
        execution.setVariable(HoldProcesses.PLAN_AGREED, false);
    }
}
