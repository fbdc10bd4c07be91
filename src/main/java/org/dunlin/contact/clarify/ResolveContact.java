package org.dunlin.contact.clarify;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;

/** What a person found out about a message of unknown result. */
@ModelBean("resolveContact")
class ResolveContact implements JavaDelegate {

    private final UnknownContacts contacts;

    ResolveContact(UnknownContacts contacts) {
        this.contacts = contacts;
    }

    @Override
    public void execute(DelegateExecution execution) {
        TypedVariables form = TypedVariables.of(execution);
        contacts.resolve(
                form.requireLong(ClarifyContactProcess.CONTACT_ID),
                form.requireText(ClarifyContactProcess.OUTCOME),
                form.text(ClarifyContactProcess.NOTE));
    }
}
