package org.dunlin.dunning.engine;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.dunning.Settlement;
import org.dunlin.platform.engine.ModelBean;

@ModelBean("dailyReconcile")
class DailyReconcileDelegate implements JavaDelegate {

    private static final int BATCH = 1000;

    private final Settlement settlement;

    DailyReconcileDelegate(Settlement settlement) {
        this.settlement = settlement;
    }

    @Override
    public void execute(DelegateExecution execution) {
        execution.setVariable(DailyOpenCasesDelegate.MORE_TO_DO, settlement.reconcile(BATCH) == BATCH);
    }
}
