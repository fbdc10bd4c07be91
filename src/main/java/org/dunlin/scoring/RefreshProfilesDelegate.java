package org.dunlin.scoring;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.platform.engine.ModelBean;

/** Step of the daily run: fresh facts about every customer, and when each open invoice should be paid. */
@ModelBean("dailyRefreshProfiles")
class RefreshProfilesDelegate implements JavaDelegate {

    private final Profiles profiles;
    private final PaymentForecasts forecasts;
    private final List<Learning> learning;
    private final RunProgress progress;
    private final Clock clock;

    RefreshProfilesDelegate(
            Profiles profiles, PaymentForecasts forecasts, List<Learning> learning, RunProgress progress, Clock clock) {
        this.profiles = profiles;
        this.forecasts = forecasts;
        this.learning = learning;
        this.progress = progress;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        learning.forEach(Learning::handIn);
        LocalDate today = LocalDate.now(clock);
        int changed = progress.during(
                execution,
                DailyRunProcess.CUSTOMERS_TO_PROFILE,
                DailyRunProcess.CUSTOMERS_PROFILED,
                shown -> profiles.refreshAll(today, shown));
        execution.setVariable(DailyRunProcess.PROFILES_CHANGED, changed);
        execution.setVariable(DailyRunProcess.FORECASTS_CHANGED, forecasts.refreshAll(today));
    }
}
