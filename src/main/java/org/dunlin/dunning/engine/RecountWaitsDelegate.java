package org.dunlin.dunning.engine;

import java.util.Date;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.dunlin.platform.engine.ModelBean;

/** The wait at which a ladder is counts from a later contact than it did when it began. */
@ModelBean("recountWaits")
class RecountWaitsDelegate implements JavaDelegate {

    private final RuntimeService runtime;
    private final ManagementService management;

    RecountWaitsDelegate(RuntimeService runtime, ManagementService management) {
        this.runtime = runtime;
        this.management = management;
    }

    @Override
    public void execute(DelegateExecution execution) {
        for (ProcessInstance called : runtime.createProcessInstanceQuery()
                .superProcessInstanceId(execution.getProcessInstanceId())
                .list()) {
            for (Job timer : management
                    .createJobQuery()
                    .processInstanceId(called.getId())
                    .timers()
                    .list()) {
                Date before = timer.getDuedate();
                management.recalculateJobDuedate(timer.getId(), false);
                Date now = management
                        .createJobQuery()
                        .jobId(timer.getId())
                        .singleResult()
                        .getDuedate();
                if (now.before(before)) {
                    // It had been put off for another reason, such as a hold.
                    management.setJobDuedate(timer.getId(), before, false);
                }
            }
        }
    }
}
