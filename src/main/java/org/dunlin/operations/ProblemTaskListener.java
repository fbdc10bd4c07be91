package org.dunlin.operations;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.dunlin.operations.Problem.Kind;
import org.dunlin.operations.ProblemWords.Facts;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;

/** Puts what went wrong beside the task that asks somebody to attend to it, and into its name. */
@ModelBean("problemFacts")
class ProblemTaskListener implements TaskListener {

    private final ProblemList list;
    private final ProblemWords facts;

    ProblemTaskListener(ProblemList list, ProblemWords facts) {
        this.list = list;
        this.facts = facts;
    }

    @Override
    public void notify(DelegateTask task) {
        Problem problem = list.find(TypedVariables.of(task).requireLong(AttendToProblemProcess.PROBLEM_ID))
                .orElseThrow();
        Facts shown = facts.of(problem);
        // What was answered yesterday must not stand in the form today.
        Set<String> answers = new HashSet<>(Set.of(AttendToProblemProcess.NOTE));
        Arrays.stream(Kind.values()).forEach(kind -> answers.add(kind.answer));
        task.getExecution().removeVariables(answers);
        VariableMap variables = Variables.createVariables()
                .putValue(AttendToProblemProcess.KIND, problem.kind().name())
                .putValue(AttendToProblemProcess.TITLE, problem.kind().title)
                .putValue(AttendToProblemProcess.MEANING, problem.kind().meaning)
                .putValue(AttendToProblemProcess.PROCESS, plain(shown.process()))
                .putValue(AttendToProblemProcess.STEP, plain(shown.step()))
                .putValue(AttendToProblemProcess.ERROR, plain(shown.error()))
                .putValue(AttendToProblemProcess.SINCE, shown.since())
                .putValue(AttendToProblemProcess.TIMES, shown.times())
                .putValue(AttendToProblemProcess.CASE_NUMBER, shown.caseNumber())
                .putValue(AttendToProblemProcess.CUSTOMER_NAME, plain(shown.customerName()))
                .putValue(AttendToProblemProcess.CUSTOMER_NUMBER, plain(shown.customerNumber()));
        task.setVariablesLocal(variables);
        task.setName(problem.kind().title + ": " + whom(problem, shown));
    }

    private static String whom(Problem problem, Facts shown) {
        if (problem.caseId() != null) {
            return shown.customerName() + ", " + shown.caseNumber();
        }
        return problem.customerId() == null ? shown.process() : shown.customerName() + ", " + shown.customerNumber();
    }

    /** Forms show texts as Markdown: what a customer or a mail server wrote must not act as markup. */
    private static String plain(String text) {
        return text.replace('<', '‹')
                .replace('>', '›')
                .replace('[', '(')
                .replace(']', ')')
                .replace('|', '/')
                .replace('*', '·')
                .replace('`', '\'')
                .replace('\\', '/')
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
    }
}
