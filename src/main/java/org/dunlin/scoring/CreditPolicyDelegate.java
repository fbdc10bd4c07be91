package org.dunlin.scoring;

import java.time.Clock;
import java.time.LocalDate;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.platform.engine.ModelBean;

/** Step of the daily run: who gets no new orders on credit, and who does again. */
@ModelBean("dailyCreditPolicy")
class CreditPolicyDelegate implements JavaDelegate {

    private final CreditStops stops;
    private final RunProgress progress;
    private final Clock clock;

    CreditPolicyDelegate(CreditStops stops, RunProgress progress, Clock clock) {
        this.stops = stops;
        this.progress = progress;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        CreditStops.Applied applied = progress.during(
                execution,
                DailyRunProcess.CUSTOMERS_TO_CHECK,
                DailyRunProcess.CUSTOMERS_CHECKED,
                shown -> stops.applyAll(LocalDate.now(clock), shown));
        execution.setVariable(DailyRunProcess.CREDIT_STOPS_SET, applied.set());
        execution.setVariable(DailyRunProcess.CREDIT_STOPS_LIFTED, applied.lifted());
        execution.setVariable(DailyRunProcess.CREDIT_POLICY_FAILURES, applied.failed());
    }
}
