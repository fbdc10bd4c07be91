package org.dunlin.contact.clarify;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.dunlin.platform.engine.ModelBean;

/** What a person found out about a message of unknown result. */
@ModelBean("resolveContact")
class ResolveContact implements JavaDelegate {

    private final UnknownContacts contacts;

    ResolveContact(UnknownContacts contacts) {
        this.contacts = contacts;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Authentication person =
                execution.getProcessEngineServices().getIdentityService().getCurrentAuthentication();
        contacts.resolve(
                (Long) execution.getVariable(ClarifyContactProcess.CONTACT_ID),
                (String) execution.getVariable(ClarifyContactProcess.OUTCOME),
                (String) execution.getVariable(ClarifyContactProcess.NOTE),
                person == null ? "unknown" : person.getUserId());
    }
}
