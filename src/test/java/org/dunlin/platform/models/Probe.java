package org.dunlin.platform.models;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.platform.engine.ModelBean;
import org.springframework.transaction.annotation.Transactional;

/** A bean for models, as any module of the product may have one; wrapped in a proxy like many of them. */
@ModelBean("probe")
class Probe implements JavaDelegate {

    @Override
    @Transactional
    public void execute(DelegateExecution execution) {
        execution.setVariable("probed", true);
    }

    public String key(DelegateExecution execution, int times) {
        return execution.getProcessBusinessKey().repeat(times);
    }

    public String getSecret() {
        return "secret";
    }

    public static String leak() {
        return "leak";
    }
}
