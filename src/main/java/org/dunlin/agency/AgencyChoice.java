package org.dunlin.agency;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.dunlin.dunning.CaseStatement;
import org.dunlin.dunning.DunningCases;
import org.dunlin.platform.models.DecisionResult;
import org.dunlin.platform.models.Decisions;
import org.dunlin.platform.models.MatchedRule;
import org.dunlin.receivables.Customer;
import org.dunlin.receivables.Receivables;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Chooses the agency for a case: the decision table {@code chooseAgency}. */
@Component
class AgencyChoice {

    private static final String TABLE = "chooseAgency";

    private final DunningCases cases;
    private final Receivables receivables;
    private final Decisions decisions;
    private final Agencies agencies;

    AgencyChoice(DunningCases cases, Receivables receivables, Decisions decisions, Agencies agencies) {
        this.cases = cases;
        this.receivables = receivables;
        this.decisions = decisions;
        this.agencies = agencies;
    }

    /** @param reason the rule that chose it, in words */
    record Choice(Agency agency, String reason) {}

    /**
     * @throws UnknownAgencyException when the table names one that is not configured
     * @throws org.dunlin.platform.models.DecisionFailedException when the table has no answer
     */
    Choice choose(long caseId) {
        CaseStatement statement = cases.statement(caseId);
        Customer customer = receivables.customer(statement.dunningCase().customerId());
        Map<String, @Nullable Object> facts = new HashMap<>();
        facts.put("country", customer.country());
        facts.put("kind", customer.kind().name());
        facts.put("amount", statement.total().amount());
        facts.put("currency", statement.dunningCase().currency());
        DecisionResult result = decisions.evaluate(TABLE, facts);
        String reason = result.rules().stream().map(MatchedRule::text).collect(Collectors.joining("; "));
        return new Choice(agencies.get(result.text("agency")), reason);
    }
}
