package org.dunlin.contact.post;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.dunning.DunningCases;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.RefusedException;
import org.dunlin.platform.engine.TypedVariables;
import org.dunlin.receivables.Receivables;

/** Somebody found out where a customer can be reached by letter, or did not. */
@ModelBean("recordAddress")
class RecordAddressDelegate implements JavaDelegate {

    private final DunningCases cases;
    private final Receivables receivables;

    RecordAddressDelegate(DunningCases cases, Receivables receivables) {
        this.cases = cases;
        this.receivables = receivables;
    }

    @Override
    public void execute(DelegateExecution execution) {
        TypedVariables form = TypedVariables.of(execution);
        if (!CorrectAddress.CORRECTED.equals(form.text(CorrectAddress.OUTCOME))) {
            return;
        }
        String street = form.text(CorrectAddress.STREET);
        String city = form.text(CorrectAddress.CITY);
        if (street == null || city == null) {
            throw new RefusedException("An address has a street and a town. Nothing was recorded.");
        }
        long customer = cases.get(form.requireLong(CorrectAddress.CASE_ID)).customerId();
        receivables.correctAddress(customer, street, form.text(CorrectAddress.POSTAL_CODE), city);
    }
}
