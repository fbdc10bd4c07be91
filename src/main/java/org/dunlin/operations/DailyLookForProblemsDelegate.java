package org.dunlin.operations;

import java.util.List;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.dunning.Repairs;
import org.dunlin.dunning.Repairs.Count;
import org.dunlin.platform.engine.ModelBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Last step of the daily run: what needs a person comes onto the list, and what was repaired is told. */
@ModelBean("dailyLookForProblems")
class DailyLookForProblemsDelegate implements JavaDelegate {

    /** Integer: how many problems wait for a person. */
    static final String PROBLEMS_FOUND = "problemsFound";

    /** Integer: how many differences were put right since the last run told it. */
    static final String REPAIRS_MADE = "repairsMade";

    /** The same by kind, in words; for Cockpit. */
    static final String REPAIRS_TEXT = "repairsText";

    private static final Logger log = LoggerFactory.getLogger(DailyLookForProblemsDelegate.class);

    private final ProblemFinder finder;
    private final Repairs repairs;

    DailyLookForProblemsDelegate(ProblemFinder finder, Repairs repairs) {
        this.finder = finder;
        this.repairs = repairs;
    }

    @Override
    public void execute(DelegateExecution execution) {
        List<Count> counts = repairs.tell(execution.getProcessInstanceId());
        int made = counts.stream().mapToInt(Count::times).sum();
        String text = counts.stream()
                .map(count -> count.times() + " × " + count.kind())
                .collect(Collectors.joining(", "));
        int problems = finder.look();
        execution.setVariable(REPAIRS_MADE, made);
        execution.setVariable(REPAIRS_TEXT, made == 0 ? "Nothing had to be repaired" : text);
        execution.setVariable(PROBLEMS_FOUND, problems);
        if (made + problems > 0) {
            log.info("Daily run: {} repaired ({}), {} problems wait for a person", made, text, problems);
        }
    }
}
