package org.dunlin.operations;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.dunlin.operations.Problem.Kind;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;

/** Puts what went wrong beside the task that asks somebody to attend to it, and into its name. */
@ModelBean("problemFacts")
class ProblemTaskListener implements TaskListener {

    private final ProblemList list;
    private final ProblemWords words;

    ProblemTaskListener(ProblemList list, ProblemWords words) {
        this.list = list;
        this.words = words;
    }

    @Override
    public void notify(DelegateTask task) {
        Problem problem = list.find(TypedVariables.of(task).requireLong(AttendToProblemProcess.PROBLEM_ID))
                .orElseThrow();
        // What was answered yesterday must not stand in the form today.
        Set<String> answers = new HashSet<>(Set.of(AttendToProblemProcess.NOTE));
        Arrays.stream(Kind.values()).forEach(kind -> answers.add(kind.answer));
        task.getExecution().removeVariables(answers);
        task.setVariablesLocal(words.forTask(problem));
        task.setName(words.title(problem));
    }
}
