package org.dunlin.dunning;

import java.util.stream.Collectors;
import org.dunlin.platform.models.DecisionResult;
import org.dunlin.platform.models.Decisions;
import org.dunlin.platform.models.MatchedRule;
import org.dunlin.scoring.CustomerScore;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Chooses the ladder for a case: fresh facts of the customer, then the decision table {@code chooseLadder}. */
@Service
public class LadderChoice {

    private final JdbcClient jdbc;
    private final DunningCases cases;
    private final CustomerStanding standing;
    private final Decisions decisions;

    LadderChoice(JdbcClient jdbc, DunningCases cases, CustomerStanding standing, Decisions decisions) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.standing = standing;
        this.decisions = decisions;
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
        DecisionResult result = decisions.evaluate("chooseLadder", CustomerStanding.inputs(score));
        Choice choice = new Choice(
                result.text("ladder"),
                score.segment(),
                result.rules().stream().map(MatchedRule::text).collect(Collectors.joining("; ")));
        jdbc.sql("update dunning_case set segment = :segment, ladder = :ladder, ladder_reason = :reason where id = :id")
                .param("segment", choice.segment())
                .param("ladder", choice.ladder())
                .param("reason", choice.reason())
                .param("id", caseId)
                .update();
        return choice;
    }
}
