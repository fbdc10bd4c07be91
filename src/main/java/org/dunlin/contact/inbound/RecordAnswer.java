package org.dunlin.contact.inbound;

import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;

/** What a person did about something that a customer said. */
@ModelBean("recordAnswer")
class RecordAnswer implements JavaDelegate {

    private final CustomerWords words;
    private final IdentityService identity;

    RecordAnswer(CustomerWords words, IdentityService identity) {
        this.words = words;
        this.identity = identity;
    }

    @Override
    public void execute(DelegateExecution execution) {
        TypedVariables form = TypedVariables.of(execution);
        Authentication person = identity.getCurrentAuthentication();
        words.answered(
                form.requireLong(AnswerCustomerProcess.WORD_ID),
                form.text(AnswerCustomerProcess.OUTCOME),
                form.text(AnswerCustomerProcess.NOTE),
                person == null ? null : person.getUserId());
    }
}
