package org.dunlin.contact.post;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.RefusedException;
import org.dunlin.platform.engine.TypedVariables;

@ModelBean("keepTrackingNumber")
class KeepTrackingNumberDelegate implements JavaDelegate {

    private final Receipts receipts;

    KeepTrackingNumberDelegate(Receipts receipts) {
        this.receipts = receipts;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String number = TypedVariables.of(execution).text(RegisteredLetter.TRACKING_NUMBER);
        if (number == null) {
            throw new RefusedException("Enter the tracking number of the post. Nothing was recorded.");
        }
        receipts.posted(execution.getProcessInstanceId(), number);
    }
}
