package org.dunlin.scoring;

import java.time.Clock;
import java.time.LocalDate;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.platform.engine.ModelBean;

/** Step of the daily run: fresh facts about every customer. */
@ModelBean("dailyRefreshProfiles")
class RefreshProfilesDelegate implements JavaDelegate {

    private final Profiles profiles;
    private final RunProgress progress;
    private final Clock clock;

    RefreshProfilesDelegate(Profiles profiles, RunProgress progress, Clock clock) {
        this.profiles = profiles;
        this.progress = progress;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        int changed = profiles.refreshAll(
                LocalDate.now(clock),
                progress.of(execution, DailyRunProcess.CUSTOMERS_TO_PROFILE, DailyRunProcess.CUSTOMERS_PROFILED));
        execution.setVariable(DailyRunProcess.PROFILES_CHANGED, changed);
    }
}
