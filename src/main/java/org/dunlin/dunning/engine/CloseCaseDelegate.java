package org.dunlin.dunning.engine;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.dunning.CaseClosing;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;

@ModelBean("closeCase")
class CloseCaseDelegate implements JavaDelegate {

    private final CaseClosing closing;

    CloseCaseDelegate(CaseClosing closing) {
        this.closing = closing;
    }

    @Override
    public void execute(DelegateExecution execution) {
        TypedVariables variables = TypedVariables.of(execution);
        closing.close(
                variables.requireLong(DunningCaseProcess.CASE_ID),
                CaseClosing.Reason.valueOf(variables.requireText(DunningCaseProcess.CLOSE_REASON)));
    }
}
