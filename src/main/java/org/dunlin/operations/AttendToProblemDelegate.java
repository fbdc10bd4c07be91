package org.dunlin.operations;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.RefusedException;
import org.dunlin.platform.engine.TypedVariables;

@ModelBean("attendToProblem")
class AttendToProblemDelegate implements JavaDelegate {

    private final ProblemList list;
    private final ProblemActions actions;

    AttendToProblemDelegate(ProblemList list, ProblemActions actions) {
        this.list = list;
        this.actions = actions;
    }

    @Override
    public void execute(DelegateExecution execution) {
        TypedVariables form = TypedVariables.of(execution);
        Problem problem = list.find(form.requireLong(AttendToProblemProcess.PROBLEM_ID))
                .orElseThrow(() -> new RefusedException("This problem has solved itself meanwhile"));
        boolean putOff =
                actions.perform(problem, form.text(problem.kind().answer), form.text(AttendToProblemProcess.NOTE));
        execution.setVariable(AttendToProblemProcess.PUT_OFF, putOff);
    }
}
