package org.dunlin.contact.post;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.platform.engine.ModelBean;

@ModelBean("formPrintRun")
class FormPrintRunDelegate implements JavaDelegate {

    private final PrintRuns runs;

    FormPrintRunDelegate(PrintRuns runs) {
        this.runs = runs;
    }

    @Override
    public void execute(DelegateExecution execution) {
        PrintRun run = runs.form(execution.getProcessInstanceId());
        execution.setVariable(PrintRunProcess.RUN_ID, run.id());
        execution.setVariable(PrintRunProcess.LETTERS_TO_POST, run.state() == PrintRun.State.PRINTED);
    }
}
