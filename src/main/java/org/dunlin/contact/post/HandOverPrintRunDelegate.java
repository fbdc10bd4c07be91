package org.dunlin.contact.post;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;

@ModelBean("handOverPrintRun")
class HandOverPrintRunDelegate implements JavaDelegate {

    private final PostalService service;

    HandOverPrintRunDelegate(PostalService service) {
        this.service = service;
    }

    @Override
    public void execute(DelegateExecution execution) {
        long runId = TypedVariables.of(execution).requireLong(PrintRunProcess.RUN_ID);
        execution.setVariable(PrintRunProcess.POSTED_BY_SERVICE, service.submit(runId));
    }
}
