package org.dunlin.contact.bounce;

import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.dunning.InvalidOutcomeException;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;

/** A letter that the post brought back, as somebody has recorded it in the form {@code letterReturned}. */
@ModelBean("recordReturnedLetter")
class RecordReturnedLetter implements JavaDelegate {

    static final String KEY = "letterReturned";
    static final String NUMBER = "returnedNumber";
    static final String REASON = "returnedReason";

    /** What the envelope says, by the key in the form. */
    private static final Map<String, Reason> REASONS = Map.of(
            "unknownAddress", new Reason(true, "moved, or unknown at this address"),
            "incompleteAddress", new Reason(true, "the address is not complete"),
            "notCollected", new Reason(false, "not collected"),
            "refused", new Reason(false, "acceptance refused"));

    /** @param wrong whether the address is wrong */
    private record Reason(boolean wrong, String words) {}

    private final Bounces bounces;

    RecordReturnedLetter(Bounces bounces) {
        this.bounces = bounces;
    }

    @Override
    public void execute(DelegateExecution execution) {
        TypedVariables form = TypedVariables.of(execution);
        String number = form.requireText(NUMBER);
        Reason reason = REASONS.get(form.requireText(REASON));
        if (reason == null) {
            throw new InvalidOutcomeException(REASON, "Say what the envelope says");
        }
        long letter = bounces.letter(number)
                .orElseThrow(() -> new InvalidOutcomeException(
                        NUMBER, "No letter was posted under this number: check it on the letter"));
        bounces.note(letter, reason.wrong(), "The letter came back: " + reason.words());
    }
}
