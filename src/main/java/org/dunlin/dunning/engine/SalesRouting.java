package org.dunlin.dunning.engine;

import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.dunlin.dunning.DunningCases;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;
import org.dunlin.receivables.Receivables;
import org.jspecify.annotations.Nullable;

/** Who of sales is asked about a case. */
@ModelBean("sales")
public class SalesRouting {

    private final DunningCases cases;
    private final Receivables receivables;
    private final IdentityService identity;

    SalesRouting(DunningCases cases, Receivables receivables, IdentityService identity) {
        this.cases = cases;
        this.receivables = receivables;
        this.identity = identity;
    }

    /** Login of the customer's account manager; null, so that the group is asked, where there is none who can log in. */
    public @Nullable String accountManager(VariableScope execution) {
        long caseId = TypedVariables.of(execution).requireLong(DunningCaseProcess.CASE_ID);
        String login = receivables.customer(cases.get(caseId).customerId()).accountManager();
        return login != null && identity.createUserQuery().userId(login).count() == 1 ? login : null;
    }
}
