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

    /** The rules of one decision: this one or one it requires. */
    public List<MatchedRule> rulesOf(String decisionKey) {
        return rules.stream()
                .filter(rule -> rule.decision().equals(decisionKey))
                .toList();
    }

    /**
     * What a decision that this one requires, or this one itself, put into the named output.
     *
     * @throws DecisionFailedException when not exactly one rule of that decision applied, or it has no such output
     */
    public String text(String decisionKey, String output) {
        List<MatchedRule> found = rulesOf(decisionKey);
        if (found.size() != 1 || !found.get(0).outputs().containsKey(output)) {
            throw new DecisionFailedException(
                    decisionKey, "no single rule applies that says something about " + output);
        }
        return String.valueOf(found.get(0).outputs().get(output));
    }
}
