package org.dunlin.dunning.engine;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.dunning.LadderChoice;
import org.dunlin.dunning.LadderChoice.Choice;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;

@ModelBean("scoreAndChooseLadder")
class ScoreAndChooseLadderDelegate implements JavaDelegate {

    private final LadderChoice ladders;

    ScoreAndChooseLadderDelegate(LadderChoice ladders) {
        this.ladders = ladders;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Choice choice = ladders.choose(TypedVariables.of(execution).requireLong(DunningCaseProcess.CASE_ID));
        execution.setVariable(DunningCaseProcess.LADDER, choice.ladder());
        execution.setVariable(DunningCaseProcess.SEGMENT, choice.segment());
    }
}
