package org.dunlin.dunning;

import java.util.stream.Collectors;
import org.dunlin.platform.models.DecisionResult;
import org.dunlin.platform.models.Decisions;
import org.dunlin.platform.models.DeployedDecision;
import org.dunlin.platform.models.MatchedRule;
import org.dunlin.scoring.CustomerScore;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Chooses the ladder for a case: fresh facts of the customer, then the decision table {@code chooseLadder}. */
@Service
public class LadderChoice {

    private static final String TABLE = "chooseLadder";

    private final DunningCases cases;
    private final CustomerStanding standing;
    private final Decisions decisions;
    private final LadderHistory history;

    LadderChoice(DunningCases cases, CustomerStanding standing, Decisions decisions, LadderHistory history) {
        this.cases = cases;
        this.standing = standing;
        this.decisions = decisions;
        this.history = history;
    }

    /**
     * @param ladder process id of the ladder
     * @param reason the rule that chose it, in words
     */
    public record Choice(String ladder, String segment, String reason) {}

    /** Scores the customer as of today, chooses, and keeps choice and reason with the case. */
    @Transactional
    public Choice choose(long caseId) {
        DunningCase dunningCase = cases.get(caseId);
        CustomerScore score = standing.asOf(dunningCase.customerId(), cases.today(dunningCase));
        Choice choice = choice(table(), score);
        history.put(caseId, choice);
        return choice;
    }

    /** The table as it is live now. */
    DeployedDecision table() {
        return decisions.latest(TABLE);
    }

    /** @throws org.dunlin.platform.models.DecisionFailedException when the table has no answer for this customer */
    static Choice choice(DeployedDecision table, CustomerScore score) {
        DecisionResult result = table.evaluate(CustomerStanding.inputs(score));
        return new Choice(
                result.text("ladder"),
                score.segment(),
                result.rules().stream().map(MatchedRule::text).collect(Collectors.joining("; ")));
    }
}
