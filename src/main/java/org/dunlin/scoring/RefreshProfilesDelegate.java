package org.dunlin.scoring;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.platform.engine.ModelBean;

/** Step of the daily run: fresh facts about every customer. */
@ModelBean("dailyRefreshProfiles")
class RefreshProfilesDelegate implements JavaDelegate {

    private final Profiles profiles;
    private final List<Learning> learning;
    private final Clock clock;

    RefreshProfilesDelegate(Profiles profiles, List<Learning> learning, Clock clock) {
        this.profiles = profiles;
        this.learning = learning;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        learning.forEach(Learning::handIn);
        execution.setVariable(DailyRunProcess.PROFILES_CHANGED, profiles.refreshAll(LocalDate.now(clock)));
    }
}
