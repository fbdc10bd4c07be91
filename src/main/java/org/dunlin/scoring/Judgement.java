package org.dunlin.scoring;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.dunlin.platform.models.DecisionFailedException;
import org.dunlin.platform.models.DecisionResult;
import org.dunlin.platform.models.Decisions;
import org.dunlin.platform.models.DeployedDecision;
import org.dunlin.platform.models.MatchedRule;
import org.dunlin.scoring.CustomerScore.Reason;
import org.jspecify.annotations.Nullable;

/**
 * From facts to score and segment by the decision tables {@code scorecard} and {@code segment}, and from these to the terms that
 * {@code paymentTerms} recommends, in the versions that were live when it was made. Every fact is offered to the tables by name, so that a criterion can be added without code.
 */
final class Judgement {

    private static final int WORST = 0;
    private static final int BEST = 100;

    private final DeployedDecision scorecard;
    private final DeployedDecision segment;
    private final DeployedDecision paymentTerms;

    private Judgement(DeployedDecision scorecard, DeployedDecision segment, DeployedDecision paymentTerms) {
        this.scorecard = scorecard;
        this.segment = segment;
        this.paymentTerms = paymentTerms;
    }

    /** @throws org.dunlin.platform.models.DecisionFailedException when a table is missing or unreadable */
    static Judgement latest(Decisions decisions) {
        return new Judgement(
                decisions.latest("scorecard"), decisions.latest("segment"), decisions.latest("paymentTerms"));
    }

    /** Stands for the versions used: what was concluded with others has to be concluded again. */
    UUID versions() {
        return UUID.nameUUIDFromBytes(
                (scorecard.id() + " " + segment.id() + " " + paymentTerms.id()).getBytes(StandardCharsets.UTF_8));
    }

    /** @throws org.dunlin.platform.models.DecisionFailedException when the tables have no usable answer for these facts */
    Conclusion of(Map<String, @Nullable Object> facts) {
        DecisionResult points = scorecard.evaluate(facts);
        // The points of our own table stay within the scale; in an edited one whatever is beyond counts as its end.
        int score = Math.max(WORST, Math.min(BEST, points.number().intValue()));
        Map<String, @Nullable Object> known = new HashMap<>(facts);
        known.put("score", score);
        DecisionResult place = segment.evaluate(known);
        List<Reason> reasons = new ArrayList<>();
        points.rules().forEach(rule -> reasons.add(pointsReason(rule)));
        place.rules().forEach(rule -> reasons.add(new Reason(rule.subject(), said(rule, rule.subject()), null)));
        known.put("segment", place.text("segment"));
        known.put("behaviour", place.textAnywhere("behaviour"));
        known.put("size", place.textAnywhere("size"));
        return new Conclusion(
                score,
                place.text("segment"),
                place.text("cell"),
                place.textAnywhere("behaviour"),
                place.textAnywhere("size"),
                reasons,
                terms(known));
    }

    /** A recommendation must not keep anybody from being scored: where the table has none, it says so instead. */
    private PaymentTerms terms(Map<String, @Nullable Object> known) {
        try {
            DecisionResult answer = paymentTerms.evaluate(known);
            return new PaymentTerms(
                    answer.text("payment"),
                    Integer.valueOf(answer.text("days")),
                    answer.text("delivery"),
                    said(answer.rules().get(0), paymentTerms.key()));
        } catch (DecisionFailedException | NumberFormatException e) {
            return new PaymentTerms(null, null, null, "No recommendation: " + e.getMessage());
        }
    }

    private static Reason pointsReason(MatchedRule rule) {
        String criterion = rule.criteria().isEmpty() ? rule.subject() : String.join(", ", rule.criteria());
        Object points = rule.outputs().values().stream().findFirst().orElse(null);
        return new Reason(criterion, said(rule, criterion), points instanceof Number number ? number.intValue() : null);
    }

    private static String said(MatchedRule rule, String otherwise) {
        return rule.text().isEmpty() ? otherwise : rule.text();
    }
}
