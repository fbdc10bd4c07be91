package org.dunlin.agency;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.agency.AgencyReports.Told;
import org.dunlin.dunning.InvalidOutcomeException;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;

/** What an agency reported, by the form or by its own program. */
@ModelBean("recordAgencyReport")
class RecordAgencyReportDelegate implements JavaDelegate {

    private final AgencyReports reports;

    RecordAgencyReportDelegate(AgencyReports reports) {
        this.reports = reports;
    }

    @Override
    public void execute(DelegateExecution execution) {
        TypedVariables form = TypedVariables.of(execution);
        AgencyReport report = execution.getVariable(AgencyStep.REPORT_ID) == null
                ? reports.record(form.requireLong(AgencyStep.CASE_ID), told(form), Actor.of(execution))
                : reports.conclude(form.requireLong(AgencyStep.REPORT_ID));
        execution.setVariable(AgencyStep.AGENCY_OUTCOME, report.kind().word());
        execution.setVariable(AgencyStep.FILE_CLOSED, report.kind().outcome() != null);
    }

    private static Told told(TypedVariables form) {
        String word = form.text(AgencyStep.AGENCY_OUTCOME);
        AgencyReport.Kind kind = AgencyReport.Kind.of(word == null ? "" : word)
                .orElseThrow(
                        () -> new InvalidOutcomeException(AgencyStep.AGENCY_OUTCOME, "Say what the agency reports"));
        boolean paid = kind == AgencyReport.Kind.PAID_DIRECTLY;
        boolean money = paid || kind == AgencyReport.Kind.COLLECTED;
        return new Told(
                null,
                kind,
                money ? form.decimal(AgencyStep.AMOUNT) : null,
                paid ? form.date(AgencyStep.PAID_ON) : null,
                form.text(AgencyStep.NOTE));
    }
}
