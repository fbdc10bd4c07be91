package org.dunlin.contact.clarify;

import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.dunlin.contact.Contact;
import org.dunlin.contact.Contacts;
import org.dunlin.dunning.CaseFacts;
import org.dunlin.dunning.HoldFacts;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;

/** Puts what is known of the case, or of the hold, beside a new task about a contact, and the customer into its name. */
@ModelBean("contactTaskFacts")
class ContactTaskFacts implements TaskListener {

    private final Contacts contacts;
    private final CaseFacts caseFacts;
    private final HoldFacts holdFacts;

    ContactTaskFacts(Contacts contacts, CaseFacts caseFacts, HoldFacts holdFacts) {
        this.contacts = contacts;
        this.caseFacts = caseFacts;
        this.holdFacts = holdFacts;
    }

    @Override
    public void notify(DelegateTask task) {
        long contactId = TypedVariables.of(task).requireLong(ClarifyContactProcess.CONTACT_ID);
        Map<String, Object> shown = facts(contacts.find(contactId).orElseThrow());
        task.setVariablesLocal(shown);
        task.setName(task.getName() + ": " + shown.get("customerName"));
    }

    private Map<String, Object> facts(Contact contact) {
        return contact.caseId() != null
                ? caseFacts.forTask(contact.caseId(), contact.rung())
                : holdFacts.forTask(Objects.requireNonNull(contact.holdId()));
    }
}
