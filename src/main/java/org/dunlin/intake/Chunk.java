package org.dunlin.intake;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.dunlin.receivables.RowProblem.Severity;

/** Rows that are written together, with the records made from them. */
final class Chunk {

    private final List<Line> lines = new ArrayList<>();

    /**
     * A row of the file.
     *
     * @param row     its number in the file, the header being 0
     * @param records what it makes; none when it is not good
     */
    record Line(long row, CsvSource.Row source, List<Made> records, List<IntakeProblem> problems) {

        boolean isRejected() {
            return problems.stream().anyMatch(problem -> problem.severity() == Severity.REJECTED);
        }
    }

    /** A record, and the rule that made it. */
    record Made(FieldReader rule, Object record) {}

    Chunk() {}

    private Chunk(List<Line> lines) {
        this.lines.addAll(lines);
    }

    int size() {
        return lines.size();
    }

    List<Line> lines() {
        return lines;
    }

    Chunk part(int from, int to) {
        return new Chunk(lines.subList(from, to));
    }

    /** Makes the row's records: all of them, or none when one of its values is wrong. */
    void add(long row, CsvSource.Row source, List<FieldReader> rules, RecordFactory factory) {
        List<IntakeProblem> problems = new ArrayList<>();
        List<Made> records = new ArrayList<>();
        String broken = source.broken();
        if (broken != null) {
            problems.add(new IntakeProblem(
                    source.line(),
                    Severity.REJECTED,
                    null,
                    "row",
                    String.join(",", source.fields()),
                    broken,
                    "correct the row; a value with a delimiter, a line end or a quotation mark stands in quotation marks, its own"
                            + " doubled"));
        } else {
            boolean good = true;
            for (FieldReader rule : rules) {
                if (rule.turnTo(source, problems)) {
                    Object record = factory.make(rule);
                    if (record == null) {
                        good = false;
                    } else {
                        records.add(new Made(rule, record));
                    }
                }
            }
            if (!good) {
                records.clear();
            }
        }
        lines.add(new Line(row, source, records, unique(problems)));
    }

    /** Two records made from one column find the same fault in it. */
    private static List<IntakeProblem> unique(List<IntakeProblem> problems) {
        if (problems.size() < 2) {
            return problems;
        }
        Set<String> seen = new HashSet<>();
        List<IntakeProblem> unique = new ArrayList<>();
        for (IntakeProblem problem : problems) {
            if (seen.add(problem.field() + '\n' + problem.value() + '\n' + problem.reason())) {
                unique.add(problem);
            }
        }
        return unique;
    }

    /** The records of one type, each with the index of its line. */
    <T> Records<T> records(Class<T> type) {
        List<T> records = new ArrayList<>();
        List<Integer> owners = new ArrayList<>();
        List<FieldReader> rules = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            for (Made made : lines.get(i).records()) {
                if (type.isInstance(made.record())) {
                    records.add(type.cast(made.record()));
                    owners.add(i);
                    rules.add(made.rule());
                }
            }
        }
        return new Records<>(records, owners, rules);
    }

    /** Records of one type, with the index of the line and the rule that each comes from. */
    record Records<T>(List<T> rows, List<Integer> lines, List<FieldReader> rules) {}
}
