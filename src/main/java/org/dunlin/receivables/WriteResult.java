package org.dunlin.receivables;

import java.util.Collections;
import java.util.List;

/**
 * What became of a list of rows.
 *
 * @param outcomes one for each row, in the order given
 * @param problems rejections and warnings, by row
 */
public record WriteResult(List<Outcome> outcomes, List<RowProblem> problems) {

    /** What became of a row. */
    public enum Outcome {
        INSERTED,
        CHANGED,
        /** It was there already, exactly so. */
        UNCHANGED,
        REJECTED
    }

    public WriteResult {
        outcomes = List.copyOf(outcomes);
        problems = List.copyOf(problems);
    }

    /** How many rows ended so. */
    public int count(Outcome outcome) {
        return Collections.frequency(outcomes, outcome);
    }

    public List<RowProblem> rejections() {
        return problems.stream()
                .filter(problem -> problem.severity() == RowProblem.Severity.REJECTED)
                .toList();
    }

    public List<RowProblem> warnings() {
        return problems.stream()
                .filter(problem -> problem.severity() == RowProblem.Severity.WARNING)
                .toList();
    }
}
