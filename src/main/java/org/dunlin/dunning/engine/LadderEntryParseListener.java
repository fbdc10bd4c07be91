package org.dunlin.dunning.engine;

import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.bpmn.behavior.NoneStartEventActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.dunlin.dunning.DunningCases;
import org.dunlin.platform.engine.TypedVariables;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Lets a case enter a ladder above the rungs it has climbed. A ladder is known by its steps, which say on which rung they stand;
 * designers draw nothing for it.
 */
@Component
class LadderEntryParseListener extends AbstractBpmnParseListener {

    /** Asked for when a case comes, because models may be read before there are cases. */
    private final ObjectProvider<DunningCases> cases;

    LadderEntryParseListener(ObjectProvider<DunningCases> cases) {
        this.cases = cases;
    }

    @Override
    public void parseProcess(Element element, ProcessDefinitionEntity process) {
        ActivityImpl start = process.getInitial();
        // The frame hands over on a rung too, but is no ladder.
        if (start == null
                || DunningCaseProcess.KEY.equals(process.getKey())
                || !(start.getActivityBehavior() instanceof NoneStartEventActivityBehavior)) {
            return;
        }
        LadderLine line = new LadderLine(start, rungs(element));
        if (line.hasSteps()) {
            start.setActivityBehavior(new LadderEntry(this::climbed, line, start));
        }
    }

    /** A ladder that somebody starts by hand, for no case, begins at its bottom. */
    private int climbed(DelegateExecution execution) {
        return execution.getVariable(DunningCaseProcess.CASE_ID) == null
                ? 0
                : cases.getObject()
                        .get(TypedVariables.of(execution).requireLong(DunningCaseProcess.CASE_ID))
                        .rung();
    }

    private static Map<String, Integer> rungs(Element process) {
        Map<String, Integer> rungs = new HashMap<>();
        for (Element step : process.elements()) {
            RungParseListener.rung(step).ifPresent(rung -> rungs.put(step.attribute("id"), rung));
        }
        return rungs;
    }
}
