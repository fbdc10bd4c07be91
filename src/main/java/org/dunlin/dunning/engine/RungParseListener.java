package org.dunlin.dunning.engine;

import java.util.Map;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.stereotype.Component;

/**
 * A designer writes the rung of a step once, as extension property {@code rung}; the step then finds it as a variable of its
 * own scope, and so does whatever it calls.
 */
@Component
class RungParseListener extends AbstractBpmnParseListener {

    private static final String EXTENSIONS = "extensionElements";

    @Override
    public void parseCallActivity(Element element, ScopeImpl scope, ActivityImpl activity) {
        Element extensions = element.element(EXTENSIONS);
        if (extensions == null) {
            return;
        }
        Element properties = extensions.element("properties");
        if (properties == null) {
            return;
        }
        properties.elements("property").stream()
                .map(property -> Map.entry(property.attribute("name"), property.attribute("value")))
                .filter(property -> property.getKey().equals(DunningCaseProcess.RUNG))
                .mapToInt(property -> Integer.parseInt(property.getValue()))
                .findFirst()
                .ifPresent(rung -> activity.addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener)
                        execution -> execution.setVariableLocal(DunningCaseProcess.RUNG, rung)));
    }
}
