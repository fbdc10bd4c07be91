package org.dunlin.dunning.engine;

import java.util.Optional;
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
        rung(element)
                .ifPresent(rung -> activity.addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener)
                        execution -> execution.setVariableLocal(DunningCaseProcess.RUNG, rung)));
    }

    /** The rung an element says it stands on. */
    static Optional<Integer> rung(Element element) {
        Element extensions = element.element(EXTENSIONS);
        Element properties = extensions == null ? null : extensions.element("properties");
        return properties == null
                ? Optional.empty()
                : properties.elements("property").stream()
                        .filter(property -> DunningCaseProcess.RUNG.equals(property.attribute("name")))
                        .map(property -> Integer.valueOf(property.attribute("value")))
                        .findFirst();
    }
}
