package org.dunlin.scoring;

import java.time.Clock;
import java.time.LocalDate;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.platform.engine.ModelBean;

/** Step of the daily run: fresh facts about every customer, and when each open invoice should be paid. */
@ModelBean("dailyRefreshProfiles")
class RefreshProfilesDelegate implements JavaDelegate {

    private final Profiles profiles;
    private final PaymentForecasts forecasts;
    private final Clock clock;

    RefreshProfilesDelegate(Profiles profiles, PaymentForecasts forecasts, Clock clock) {
        this.profiles = profiles;
        this.forecasts = forecasts;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        LocalDate today = LocalDate.now(clock);
        execution.setVariable(DailyRunProcess.PROFILES_CHANGED, profiles.refreshAll(today));
        execution.setVariable(DailyRunProcess.FORECASTS_CHANGED, forecasts.refreshAll(today));
    }
}
