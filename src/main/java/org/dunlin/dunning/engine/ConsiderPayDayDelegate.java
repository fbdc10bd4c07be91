package org.dunlin.dunning.engine;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.dunning.PayDays;
import org.dunlin.dunning.PayDays.PayDay;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;

@ModelBean("considerPayDay")
class ConsiderPayDayDelegate implements JavaDelegate {

    private final PayDays payDays;

    ConsiderPayDayDelegate(PayDays payDays) {
        this.payDays = payDays;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String reason = payDays.consider(TypedVariables.of(execution).requireLong(DunningCaseProcess.CASE_ID))
                .map(PayDay::reason)
                .orElse(null);
        execution.setVariable(DunningCaseProcess.PAY_DAY, reason);
    }
}
