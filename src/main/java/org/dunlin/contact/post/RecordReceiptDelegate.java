package org.dunlin.contact.post;

import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.dunlin.contact.post.Receipts.Outcome;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.RefusedException;
import org.dunlin.platform.engine.TypedVariables;

/** What the post says about a registered letter. */
@ModelBean("recordReceipt")
class RecordReceiptDelegate implements JavaDelegate {

    private static final Map<String, Outcome> OUTCOMES = Map.of(
            RegisteredLetter.RECEIVED, Outcome.RECEIVED,
            RegisteredLetter.REFUSED, Outcome.REFUSED,
            RegisteredLetter.UNCLAIMED, Outcome.UNCLAIMED,
            RegisteredLetter.UNKNOWN_ADDRESS, Outcome.UNKNOWN_ADDRESS);

    private final Receipts receipts;

    RecordReceiptDelegate(Receipts receipts) {
        this.receipts = receipts;
    }

    @Override
    public void execute(DelegateExecution execution) {
        TypedVariables form = TypedVariables.of(execution);
        Outcome outcome = OUTCOMES.get(String.valueOf(form.text(RegisteredLetter.OUTCOME)));
        if (outcome == null) {
            throw new RefusedException("Say what became of the letter. Nothing was recorded.");
        }
        Authentication person =
                execution.getProcessEngineServices().getIdentityService().getCurrentAuthentication();
        receipts.received(
                execution.getProcessInstanceId(),
                outcome,
                form.date(RegisteredLetter.RECEIVED_ON),
                person == null ? null : person.getUserId());
    }
}
