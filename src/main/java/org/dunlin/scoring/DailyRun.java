package org.dunlin.scoring;

import org.camunda.bpm.engine.RuntimeService;
import org.springframework.stereotype.Component;

/** The run that brings everything up to date each working morning. */
@Component
public class DailyRun {

    private final RuntimeService runtime;

    DailyRun(RuntimeService runtime) {
        this.runtime = runtime;
    }

    /**
     * Starts a run now, beside the clock's own; harmless when one was made today already.
     *
     * @return id of the process instance
     */
    public String requestNow() {
        return runtime.startProcessInstanceByMessage(DailyRunProcess.REQUESTED).getId();
    }
}
