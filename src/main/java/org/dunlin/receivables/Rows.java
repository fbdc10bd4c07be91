package org.dunlin.receivables;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.dunlin.receivables.RowProblem.Severity;
import org.dunlin.receivables.WriteResult.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Rows on their way into the ledger, with what becomes of each. A key that comes several times in one list is written in as
 * many waves, so that the result is the same as if the rows had come one after the other.
 */
final class Rows<T> {

    private final List<T> rows;
    private final @Nullable Outcome[] outcomes;
    private final List<RowProblem> problems = new ArrayList<>();
    private final Map<Integer, Integer> twins = new HashMap<>();
    private final List<List<Integer>> waves = new ArrayList<>();

    Rows(List<T> rows, Function<T, Object> key) {
        this.rows = rows;
        this.outcomes = new Outcome[rows.size()];
        Map<Object, Integer> latest = new HashMap<>();
        int[] wave = new int[rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            Integer before = latest.get(key.apply(rows.get(i)));
            if (before != null && rows.get(before).equals(rows.get(i))) {
                twins.put(i, before);
                continue;
            }
            wave[i] = before == null ? 0 : wave[before] + 1;
            if (wave[i] == waves.size()) {
                waves.add(new ArrayList<>());
            }
            waves.get(wave[i]).add(i);
            latest.put(key.apply(rows.get(i)), i);
        }
    }

    static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** An amount as a person writes it, without needless decimals. */
    static String plain(BigDecimal amount) {
        return amount.stripTrailingZeros().toPlainString();
    }

    T get(int index) {
        return rows.get(index);
    }

    List<T> all() {
        return rows;
    }

    /** Indexes, key by key different within each list. */
    List<List<Integer>> waves() {
        return waves;
    }

    void outcome(int index, Outcome outcome) {
        outcomes[index] = outcome;
    }

    /** Nothing was said of the row yet. */
    boolean isUndecided(int index) {
        return outcomes[index] == null;
    }

    void reject(int index, String field, @Nullable Object value, String reason, String advice) {
        outcomes[index] = Outcome.REJECTED;
        problems.add(new RowProblem(index, Severity.REJECTED, field, text(value), reason, advice));
    }

    void warn(int index, String field, @Nullable Object value, String reason, String advice) {
        problems.add(new RowProblem(index, Severity.WARNING, field, text(value), reason, advice));
    }

    /** A row of which nothing else was said was there already. */
    WriteResult result() {
        for (int i = 0; i < outcomes.length; i++) {
            Integer twin = twins.get(i);
            if (twin != null && outcomes[twin] == Outcome.REJECTED) {
                outcomes[i] = Outcome.REJECTED;
                for (RowProblem problem : List.copyOf(problems)) {
                    if (problem.row() == twin && problem.severity() == Severity.REJECTED) {
                        reject(i, problem.field(), problem.value(), problem.reason(), problem.advice());
                    }
                }
            } else if (outcomes[i] == null) {
                outcomes[i] = Outcome.UNCHANGED;
            }
        }
        List<Outcome> all = new ArrayList<>(outcomes.length);
        for (Outcome outcome : outcomes) {
            all.add(Objects.requireNonNull(outcome));
        }
        return new WriteResult(all, problems);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
