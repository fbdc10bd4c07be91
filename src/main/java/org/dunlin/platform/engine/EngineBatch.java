package org.dunlin.platform.engine;

import java.util.function.Supplier;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.stereotype.Component;

/**
 * Runs many engine calls as one engine command: one flush of the engine's cache instead of one each, which is what makes a
 * hundred starts or correlations fast. All of it is one transaction; the first failure takes everything back.
 */
@Component
public class EngineBatch {

    private final ProcessEngineConfigurationImpl engine;

    EngineBatch(ProcessEngineConfigurationImpl engine) {
        this.engine = engine;
    }

    public void run(Runnable calls) {
        call(() -> {
            calls.run();
            return true;
        });
    }

    public <T> T call(Supplier<T> calls) {
        return engine.getCommandExecutorTxRequired().execute(context -> calls.get());
    }

    /** Like {@link #run}, but in a command and transaction of its own even where the caller is in one. */
    public void runInNewTransaction(Runnable calls) {
        callInNewTransaction(() -> {
            calls.run();
            return true;
        });
    }

    public <T> T callInNewTransaction(Supplier<T> calls) {
        return engine.getCommandExecutorTxRequiresNew().execute(context -> calls.get());
    }
}
