package org.dunlin.contact.post;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.platform.engine.ModelBean;

@ModelBean("presumeReceipt")
class PresumeReceiptDelegate implements JavaDelegate {

    private final Receipts receipts;

    PresumeReceiptDelegate(Receipts receipts) {
        this.receipts = receipts;
    }

    @Override
    public void execute(DelegateExecution execution) {
        receipts.presumed(execution.getProcessInstanceId());
    }
}
