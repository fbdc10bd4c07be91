package org.dunlin.scoring;

import java.time.Clock;
import java.time.LocalDate;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.platform.engine.ModelBean;

/** Step of the daily run: fresh scores and segments. */
@ModelBean("dailyScore")
class ScoreCustomersDelegate implements JavaDelegate {

    private final Scores scores;
    private final RunProgress progress;
    private final Clock clock;

    ScoreCustomersDelegate(Scores scores, RunProgress progress, Clock clock) {
        this.scores = scores;
        this.progress = progress;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        progress.during(
                execution,
                DailyRunProcess.CUSTOMERS_TO_SCORE,
                DailyRunProcess.CUSTOMERS_SCORED,
                shown -> scores.scoreAll(LocalDate.now(clock), shown));
        execution.setVariable(
                DailyRunProcess.SCORING_FAILURES, scores.failures().size());
    }
}
