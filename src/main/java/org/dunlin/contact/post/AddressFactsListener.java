package org.dunlin.contact.post;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.dunlin.contact.Channel;
import org.dunlin.contact.ContactFilter;
import org.dunlin.contact.Contacts;
import org.dunlin.dunning.CaseFacts;
import org.dunlin.dunning.DunningCases;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;
import org.dunlin.receivables.Customer;
import org.dunlin.receivables.Receivables;
import org.jspecify.annotations.Nullable;

/** Puts the address that nobody can write to, and what else is known of the customer, beside the task. */
@ModelBean("addressFacts")
class AddressFactsListener implements TaskListener {

    private final CaseFacts facts;
    private final DunningCases cases;
    private final Receivables receivables;
    private final Contacts contacts;

    AddressFactsListener(CaseFacts facts, DunningCases cases, Receivables receivables, Contacts contacts) {
        this.facts = facts;
        this.cases = cases;
        this.receivables = receivables;
        this.contacts = contacts;
    }

    @Override
    public void notify(DelegateTask task) {
        TypedVariables variables = TypedVariables.of(task);
        long caseId = variables.requireLong(CorrectAddress.CASE_ID);
        Map<String, Object> shown = facts.forTask(caseId, variables.integer(CorrectAddress.RUNG, 0));
        Customer customer = receivables.customer(cases.get(caseId).customerId());
        task.getExecution().removeVariables(List.of(CorrectAddress.OUTCOME));
        task.setVariablesLocal(shown);
        task.setVariableLocal("addressProblem", problem(caseId));
        // Not local: the form changes them.
        task.setVariable(CorrectAddress.STREET, orEmpty(customer.street()));
        task.setVariable(CorrectAddress.POSTAL_CODE, orEmpty(customer.postalCode()));
        task.setVariable(CorrectAddress.CITY, orEmpty(customer.city()));
        task.setName(task.getName() + ": " + shown.get("customerName"));
    }

    private String problem(long caseId) {
        return contacts.latest(ContactFilter.ofCase(caseId), 1).stream()
                .map(contact -> contact.channel() == Channel.REGISTERED_LETTER
                        ? "The registered letter came back: unknown at this address"
                        : orEmpty(contact.detail()))
                .findFirst()
                .orElse("");
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
