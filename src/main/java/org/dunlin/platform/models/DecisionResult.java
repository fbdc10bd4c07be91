package org.dunlin.platform.models;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a decision answered, and why.
 *
 * @param decision   key of the decision
 * @param outputs    one entry per result, by output name; a decision that aggregates has none
 * @param aggregated the sum, minimum, maximum or count where the decision aggregates, and some rule applied
 * @param rules      every rule that applied, those of required decisions first
 */
public record DecisionResult(
        String decision, List<Map<String, Object>> outputs, @Nullable Object aggregated, List<MatchedRule> rules) {

    public DecisionResult {
        outputs = List.copyOf(outputs);
        rules = List.copyOf(rules);
    }

    /**
     * The value of an output of the one result.
     *
     * @throws DecisionFailedException when there is not exactly one result, or it has no such output
     */
    public String text(String output) {
        if (outputs.size() != 1) {
            throw new DecisionFailedException(decision, outputs.isEmpty() ? "no rule applies" : "several rules apply");
        }
        Object value = outputs.get(0).get(output);
        if (value == null) {
            throw new DecisionFailedException(decision, "the rule that applies says nothing about " + output);
        }
        return value.toString();
    }

    /**
     * The aggregated value of a decision that aggregates.
     *
     * @throws DecisionFailedException when no rule applied, or the value is not a number
     */
    public Number number() {
        if (aggregated instanceof Number number) {
            return number;
        }
        throw new DecisionFailedException(
                decision, aggregated == null ? "no rule applies" : "not a number: " + aggregated);
    }

    /**
     * The value of an output of the one result or, where it has none, of the last decision required for it that has.
     *
     * @throws DecisionFailedException when no rule that applied says anything about it
     */
    public String textAnywhere(String output) {
        for (int i = rules.size() - 1; i >= 0; i--) {
            Object value = rules.get(i).outputs().get(output);
            if (value != null) {
                return value.toString();
            }
        }
        throw new DecisionFailedException(decision, "no rule that applies says anything about " + output);
    }
}
