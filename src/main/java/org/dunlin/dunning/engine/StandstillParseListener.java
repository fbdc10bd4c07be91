package org.dunlin.dunning.engine;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandContextListener;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.dunlin.dunning.DunningCases;
import org.dunlin.platform.engine.TypedVariables;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * What a case on hold calls stands still from its first moment. The frame itself goes on during a hold: a ladder may be chosen then, or
 * a senior may decide what comes next, and the engine would let run what follows.
 */
@Component
class StandstillParseListener extends AbstractBpmnParseListener {

    /** Asked for when something is called, because models may be read before there are cases. */
    private final ObjectProvider<DunningCases> cases;

    StandstillParseListener(ObjectProvider<DunningCases> cases) {
        this.cases = cases;
    }

    @Override
    public void parseProcess(Element element, ProcessDefinitionEntity process) {
        process.addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener) this::begin);
    }

    private void begin(DelegateExecution called) {
        if (called.getSuperExecution() == null || called.getVariable(DunningCaseProcess.CASE_ID) == null) {
            return;
        }
        long caseId = TypedVariables.of(called).requireLong(DunningCaseProcess.CASE_ID);
        if (cases.getObject().isHeldFromNowOn(caseId)) {
            Context.getCommandContext().registerCommandContextListener(new Stop(called.getProcessInstanceId()));
        }
    }

    /** At the end of the command, when everything that begins with the instance is there to be stopped. */
    private record Stop(String instance) implements CommandContextListener {

        @Override
        public void onCommandContextClose(CommandContext command) {
            // Whoever set the case in motion need not be allowed to stop processes.
            command.runWithoutAuthorization(() -> {
                command.getProcessEngineConfiguration().getRuntimeService().suspendProcessInstanceById(instance);
                return null;
            });
        }

        @Override
        public void onCommandFailed(CommandContext command, Throwable reason) {
            // Then nothing has begun.
        }
    }
}
