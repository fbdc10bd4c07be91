package org.dunlin.dunning.engine;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.dunning.LadderChanges;
import org.dunlin.platform.engine.ModelBean;

@ModelBean("dailyAdaptLadders")
class DailyAdaptLaddersDelegate implements JavaDelegate {

    private final LadderChanges changes;

    DailyAdaptLaddersDelegate(LadderChanges changes) {
        this.changes = changes;
    }

    @Override
    public void execute(DelegateExecution execution) {
        execution.setVariable("casesAdapted", changes.adapt());
    }
}
