package org.dunlin.scoring;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.platform.engine.ModelBean;

@ModelBean("dailyCreditPolicy")
class DailyCreditPolicyDelegate implements JavaDelegate {

    @Override
    public void execute(DelegateExecution execution) {
        execution.setVariable("creditStopsChanged", 0);
    }
}
