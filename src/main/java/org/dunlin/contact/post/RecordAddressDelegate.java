package org.dunlin.contact.post;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.dunlin.contact.details.ContactDetails;
import org.dunlin.dunning.DunningCases;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.RefusedException;
import org.dunlin.platform.engine.TypedVariables;

/** Somebody found out where a customer can be reached by letter, or did not. */
@ModelBean("recordAddress")
class RecordAddressDelegate implements JavaDelegate {

    private final DunningCases cases;
    private final ContactDetails details;

    RecordAddressDelegate(DunningCases cases, ContactDetails details) {
        this.cases = cases;
        this.details = details;
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
        details.addressLearnt(customer, street, form.text(CorrectAddress.POSTAL_CODE), city, person(execution));
    }

    private static String person(DelegateExecution execution) {
        Authentication person =
                execution.getProcessEngineServices().getIdentityService().getCurrentAuthentication();
        return person == null ? "unknown" : person.getUserId();
    }
}
