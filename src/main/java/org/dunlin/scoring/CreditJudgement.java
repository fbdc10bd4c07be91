package org.dunlin.scoring;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.dunlin.platform.models.DecisionFailedException;
import org.dunlin.platform.models.DecisionResult;
import org.dunlin.platform.models.Decisions;
import org.dunlin.platform.models.DeployedDecision;
import org.dunlin.platform.models.MatchedRule;
import org.jspecify.annotations.Nullable;

/**
 * From facts to credit stops by the decision tables {@code creditPolicy} and {@code creditStopLift}, in the versions that were
 * live when it was made.
 */
final class CreditJudgement {

    private final DeployedDecision policy;
    private final DeployedDecision lift;

    private CreditJudgement(DeployedDecision policy, DeployedDecision lift) {
        this.policy = policy;
        this.lift = lift;
    }

    /** A reason to stop a customer. */
    record Stop(String reason, String text, String liftedWhen) {}

    /** A stop that ends, and why. */
    record Lift(String reason, String because) {}

    /** What changes for one customer. */
    record Verdict(List<Stop> stops, List<Lift> lifts) {}

    /** @throws DecisionFailedException when a table is missing or unreadable */
    static CreditJudgement latest(Decisions decisions) {
        return new CreditJudgement(decisions.latest("creditPolicy"), decisions.latest("creditStopLift"));
    }

    /** Stands for the versions used: what was judged with others has to be judged again. */
    UUID versions() {
        return UUID.nameUUIDFromBytes((policy.id() + " " + lift.id()).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param inForce reasons for which the policy has stopped the customer until now
     * @throws DecisionFailedException when the tables have no usable answer for these facts
     */
    Verdict of(Map<String, @Nullable Object> facts, Set<String> inForce) {
        Map<String, Stop> due = new LinkedHashMap<>();
        for (MatchedRule rule : policy.evaluate(facts).rules()) {
            if (yes(policy, rule, "stop")) {
                String reason = text(rule, "reason");
                due.putIfAbsent(reason, new Stop(reason, text(rule, "text"), text(rule, "liftedWhen")));
            }
        }
        List<Lift> lifts = new ArrayList<>();
        for (String reason : inForce) {
            // What the policy would stop again at once stays: otherwise the customer would be free every other day.
            if (!due.containsKey(reason)) {
                Map<String, @Nullable Object> asked = new HashMap<>(facts);
                asked.put("reason", reason);
                DecisionResult answer = lift.evaluate(asked);
                MatchedRule rule = answer.rules().stream()
                        .findFirst()
                        .orElseThrow(() -> new DecisionFailedException(lift.key(), "no rule applies to " + reason));
                if (yes(lift, rule, "lift")) {
                    lifts.add(new Lift(reason, rule.text().isEmpty() ? reason : rule.text()));
                }
            }
        }
        inForce.forEach(due::remove);
        return new Verdict(List.copyOf(due.values()), lifts);
    }

    private static boolean yes(DeployedDecision decision, MatchedRule rule, String output) {
        if (rule.outputs().get(output) instanceof Boolean answer) {
            return answer;
        }
        throw new DecisionFailedException(decision.key(), output + " is neither true nor false in " + rule.id());
    }

    private String text(MatchedRule rule, String output) {
        Object value = rule.outputs().get(output);
        if (value == null || value.toString().isBlank()) {
            throw new DecisionFailedException(policy.key(), "rule " + rule.id() + " says nothing about " + output);
        }
        return value.toString();
    }
}
