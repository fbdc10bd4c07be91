package org.dunlin.agency;

import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.variable.Variables;
import org.dunlin.dunning.DunningCases;
import org.dunlin.platform.engine.EngineBatch;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The one place that starts processes of agencies and sends them messages. */
@Component
class AgencyProcesses {

    private final RuntimeService runtime;
    private final EngineBatch engine;
    private final DunningCases cases;

    AgencyProcesses(RuntimeService runtime, EngineBatch engine, DunningCases cases) {
        this.runtime = runtime;
        this.engine = engine;
        this.cases = cases;
    }

    /** Carries a message to an agency, in a process of its own that outlives the case; starts in the caller's transaction. */
    void tell(long caseId, long messageId) {
        engine.run(() -> runtime.startProcessInstanceByKey(
                AgencyStep.TELL_AGENCY,
                cases.get(caseId).number(),
                Variables.putValue(AgencyStep.CASE_ID, caseId).putValue(AgencyStep.MESSAGE_ID, messageId)));
    }

    /**
     * Tells the step of a case what its agency reported, in the caller's transaction.
     *
     * @throws org.camunda.bpm.engine.MismatchingMessageCorrelationException when it does not wait for that
     */
    void reported(String instance, AgencyReport report) {
        if (report.kind().outcome() != null) {
            runtime.createMessageCorrelation(AgencyStep.MESSAGE_CONCLUDED)
                    .processInstanceId(instance)
                    .setVariable(AgencyStep.REPORT_ID, report.id())
                    .correlate();
            return;
        }
        Map<String, @Nullable Object> own = new HashMap<>();
        own.put(AgencyStep.REPORT_ID, report.id());
        own.put(AgencyStep.AGENCY_OUTCOME, report.kind().word());
        // There from the beginning, so that what is set later stays within the report it is about.
        own.put(AgencyStep.MESSAGE_ID, null);
        own.put(AgencyStep.ANSWER, null);
        own.put(AgencyStep.OUTCOME, null);
        own.put(AgencyStep.NOTE, null);
        runtime.createMessageCorrelation(AgencyStep.MESSAGE_REPORTED)
                .processInstanceId(instance)
                .setVariablesToTriggeredScope(own)
                .correlate();
    }
}
