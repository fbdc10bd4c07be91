package org.dunlin.dunning.engine;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.scoring.DailyRunProcess;

@ModelBean("dailyOrderTasks")
class DailyOrderTasksDelegate implements JavaDelegate {

    private final TaskOrder order;

    DailyOrderTasksDelegate(TaskOrder order) {
        this.order = order;
    }

    @Override
    public void execute(DelegateExecution execution) {
        execution.setVariable(DailyRunProcess.TASKS_REORDERED, order.refresh(null));
    }
}
