package org.dunlin.contact.conversation;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.contact.log.Occurrence;
import org.dunlin.dunning.engine.DunningCaseProcess;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;

/** A call is due: somebody calls about this case, or is calling about another one, or has just done so. */
@ModelBean("joinConversation")
class JoinConversationDelegate implements JavaDelegate {

    /** Whether this case calls: {@value #SPEAK}, {@value #COVERED} or {@value #WAIT}. */
    static final String TURN = "turn";

    static final String SPEAK = "speak";
    static final String COVERED = "covered";
    static final String WAIT = "wait";

    private final CallTurns calls;

    JoinConversationDelegate(CallTurns calls) {
        this.calls = calls;
    }

    @Override
    public void execute(DelegateExecution execution) {
        TypedVariables step = TypedVariables.of(execution);
        Turn turn = calls.join(
                step.requireLong(DunningCaseProcess.CASE_ID),
                step.integer(DunningCaseProcess.RUNG, 0),
                new Occurrence(execution.getProcessInstanceId(), execution.getCurrentActivityId()));
        execution.setVariable(TURN, word(turn));
    }

    private static String word(Turn turn) {
        if (turn instanceof Turn.Speak) {
            return SPEAK;
        }
        return turn instanceof Turn.Covered ? COVERED : WAIT;
    }
}
