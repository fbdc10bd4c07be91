package org.dunlin.dunning;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.RuntimeService;
import org.dunlin.dunning.engine.DunningCaseProcess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Tells cases that a message of theirs came back. */
@Service
public class MessagesBack {

    private static final Logger log = LoggerFactory.getLogger(MessagesBack.class);

    private final DunningCases cases;
    private final RuntimeService runtime;

    MessagesBack(DunningCases cases, RuntimeService runtime) {
        this.cases = cases;
        this.runtime = runtime;
    }

    /**
     * The case says the same by another channel, if it is still open and no agency has it.
     *
     * @param template of the message
     * @param paper    whether it was a letter
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void cameBack(long caseId, int rung, String template, boolean paper) {
        cases.lock(List.of(caseId));
        DunningCase dunningCase = cases.get(caseId);
        String frame = dunningCase.processInstanceId();
        if (!dunningCase.isOpen() || frame == null || dunningCase.handedOverOn() != null) {
            return;
        }
        try {
            runtime.createMessageCorrelation(DunningCaseProcess.MESSAGE_CAME_BACK)
                    .processInstanceId(frame)
                    .setVariablesToTriggeredScope(Map.of(
                            DunningCaseProcess.RUNG, rung,
                            DunningCaseProcess.TEMPLATE, template,
                            DunningCaseProcess.PAPER_CAME_BACK, paper))
                    .correlate();
        } catch (MismatchingMessageCorrelationException e) {
            log.debug("The case {} does not wait for what comes back", dunningCase.number(), e);
        }
    }
}
