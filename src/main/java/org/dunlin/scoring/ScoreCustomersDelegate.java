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
    private final Clock clock;

    ScoreCustomersDelegate(Scores scores, Clock clock) {
        this.scores = scores;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        execution.setVariable(DailyRunProcess.CUSTOMERS_SCORED, scores.scoreAll(LocalDate.now(clock)));
        execution.setVariable(
                DailyRunProcess.SCORING_FAILURES, scores.failures().size());
    }
}
