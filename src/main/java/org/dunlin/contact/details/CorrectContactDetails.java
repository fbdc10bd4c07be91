package org.dunlin.contact.details;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;

/** What a person found out about an address that did not work. */
@ModelBean("correctContactDetails")
class CorrectContactDetails implements JavaDelegate {

    private final ContactDetails details;

    CorrectContactDetails(ContactDetails details) {
        this.details = details;
    }

    @Override
    public void execute(DelegateExecution execution) {
        TypedVariables form = TypedVariables.of(execution);
        Authentication person =
                execution.getProcessEngineServices().getIdentityService().getCurrentAuthentication();
        details.settle(
                form.requireLong(CorrectDetailsProcess.DETAIL_ID),
                form.requireText(CorrectDetailsProcess.OUTCOME),
                new Correction(
                        form.text(CorrectDetailsProcess.EMAIL),
                        form.text(CorrectDetailsProcess.PHONE),
                        form.text(CorrectDetailsProcess.STREET),
                        form.text(CorrectDetailsProcess.POSTAL_CODE),
                        form.text(CorrectDetailsProcess.CITY)),
                person == null ? "unknown" : person.getUserId());
    }
}
