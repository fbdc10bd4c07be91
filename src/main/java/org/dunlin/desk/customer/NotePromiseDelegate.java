package org.dunlin.desk.customer;

import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.dunlin.dunning.Hold;
import org.dunlin.dunning.Holds;
import org.dunlin.dunning.engine.DunningCaseProcess;
import org.dunlin.dunning.engine.HoldProcesses;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;
import org.jspecify.annotations.Nullable;

/** What somebody who looked after a promise on its day wants to be remembered, as a note on the page of the customer. */
@ModelBean("notePromise")
class NotePromiseDelegate implements JavaDelegate {

    private static final Map<String, String> WORDS = Map.of(
            "onItsWay", "says that the money is on its way",
            "notReached", "not reached",
            "cannotKeep", "cannot keep it");

    private final Holds holds;
    private final CustomerNotes notes;

    NotePromiseDelegate(Holds holds, CustomerNotes notes) {
        this.holds = holds;
        this.notes = notes;
    }

    @Override
    public void execute(DelegateExecution execution) {
        TypedVariables form = TypedVariables.of(execution);
        Hold promise = holds.get(form.requireLong(HoldProcesses.HOLD_ID));
        String outcome = WORDS.get(form.requireText(DunningCaseProcess.OUTCOME));
        String note = form.text(DunningCaseProcess.NOTE);
        if (outcome != null || note != null) {
            String text = "Promise " + promise.number() + (outcome == null ? "" : ": " + outcome)
                    + (note == null ? "" : ". " + note);
            notes.add(promise.customerId(), text, user(execution));
        }
    }

    private static String user(DelegateExecution execution) {
        Authentication authentication =
                execution.getProcessEngineServices().getIdentityService().getCurrentAuthentication();
        @Nullable String user = authentication == null ? null : authentication.getUserId();
        return user == null ? "Dunlin" : user;
    }
}
