package org.dunlin.dunning.engine;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.dunning.CaseOpening;
import org.dunlin.platform.engine.ModelBean;

@ModelBean("dailyOpenCases")
class DailyOpenCasesDelegate implements JavaDelegate {

    static final String MORE_TO_DO = "moreToDo";

    /** Customers per job: the process starts of a batch share one engine command and one flush. */
    private static final int BATCH = 200;

    private final CaseOpening opening;

    DailyOpenCasesDelegate(CaseOpening opening) {
        this.opening = opening;
    }

    @Override
    public void execute(DelegateExecution execution) {
        if (!Boolean.TRUE.equals(execution.getVariable(MORE_TO_DO))) {
            opening.findCandidates();
        }
        execution.setVariable(MORE_TO_DO, opening.openNext(BATCH));
    }
}
