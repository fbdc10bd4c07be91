package org.dunlin.dunning.engine;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.dunning.Hold.Outcome;
import org.dunlin.dunning.Holds;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;

/** What a senior collector decided about an insolvent customer; waiting changes nothing. */
@ModelBean("recordInsolvency")
class RecordInsolvencyDelegate implements JavaDelegate {

    private final Holds holds;

    RecordInsolvencyDelegate(Holds holds) {
        this.holds = holds;
    }

    @Override
    public void execute(DelegateExecution execution) {
        TypedVariables form = TypedVariables.of(execution);
        long holdId = form.requireLong(HoldProcesses.HOLD_ID);
        String note = form.text(DunningCaseProcess.NOTE);
        switch (form.requireText(DunningCaseProcess.OUTCOME)) {
            case "writeOff" -> holds.end(holdId, Outcome.WRITTEN_OFF, Acting.user(execution), note);
            case "goOn" -> holds.end(holdId, Outcome.OVER, Acting.user(execution), note);
            default -> holds.explain(holdId, note);
        }
    }
}
