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
    private final Clock clock;

    RefreshProfilesDelegate(Profiles profiles, Clock clock) {
        this.profiles = profiles;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        execution.setVariable(DailyRunProcess.PROFILES_CHANGED, profiles.refreshAll(LocalDate.now(clock)));
    }
}
