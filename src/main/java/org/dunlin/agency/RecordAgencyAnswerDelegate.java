package org.dunlin.agency;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.dunning.InvalidOutcomeException;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;

/** What a person of ours found or answered about a report of an agency. */
@ModelBean("recordAgencyAnswer")
class RecordAgencyAnswerDelegate implements JavaDelegate {

    private final AgencyReports reports;

    RecordAgencyAnswerDelegate(AgencyReports reports) {
        this.reports = reports;
    }

    @Override
    public void execute(DelegateExecution execution) {
        TypedVariables form = TypedVariables.of(execution);
        long report = form.requireLong(AgencyStep.REPORT_ID);
        if (reports.get(report).kind() == AgencyReport.Kind.MORE_INFORMATION) {
            long message = reports.answer(report, form.text(AgencyStep.ANSWER), Actor.of(execution));
            execution.setVariable(AgencyStep.MESSAGE_ID, message);
            return;
        }
        String found = form.text(AgencyStep.OUTCOME);
        if (found == null) {
            throw new InvalidOutcomeException(AgencyStep.OUTCOME, "Say what you found");
        }
        String note = form.text(AgencyStep.NOTE);
        reports.checked(report, note == null ? found : found + ": " + note, Actor.of(execution));
    }
}
