package org.dunlin.dunning.engine;

import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Every task about a case or hold gets its priority, without a designer thinking of it. */
@Component
class TaskOrderParseListener extends AbstractBpmnParseListener {

    /** Asked for when a task is created, because models may be read before there are cases. */
    private final ObjectProvider<TaskOrder> order;

    TaskOrderParseListener(ObjectProvider<TaskOrder> order) {
        this.order = order;
    }

    @Override
    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        if (activity.getActivityBehavior() instanceof UserTaskActivityBehavior task) {
            task.getTaskDefinition().addBuiltInTaskListener(TaskListener.EVENTNAME_CREATE, created -> order.getObject()
                    .place(created));
        }
    }
}
