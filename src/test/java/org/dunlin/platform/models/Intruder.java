package org.dunlin.platform.models;

import java.util.concurrent.atomic.AtomicBoolean;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;

/** A class that an attacker finds on the class path and would like a model to name. */
public class Intruder implements JavaDelegate, TaskListener, ExecutionListener {

    static final AtomicBoolean RAN = new AtomicBoolean();

    public Intruder() {
        RAN.set(true);
    }

    @Override
    public void execute(DelegateExecution execution) {
        RAN.set(true);
    }

    @Override
    public void notify(DelegateTask task) {
        RAN.set(true);
    }

    @Override
    public void notify(DelegateExecution execution) {
        RAN.set(true);
    }
}
