package org.dunlin.dunning.engine;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.dunning.Holds;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;

/** A notice about a hold went out as a letter. */
@ModelBean("recordNoticeLetter")
class RecordNoticeLetterDelegate implements JavaDelegate {

    private final Holds holds;

    RecordNoticeLetterDelegate(Holds holds) {
        this.holds = holds;
    }

    @Override
    public void execute(DelegateExecution execution) {
        TypedVariables form = TypedVariables.of(execution);
        holds.posted(
                form.requireLong(HoldProcesses.HOLD_ID),
                Acting.passing(execution),
                form.requireText(HoldProcesses.NOTICE),
                form.text(StepProcesses.LETTER_TEXT),
                Acting.user(execution));
    }
}
