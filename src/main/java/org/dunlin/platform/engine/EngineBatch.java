package org.dunlin.platform.engine;

import java.util.function.Supplier;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.stereotype.Component;

/**
 * Runs many engine calls as one engine command: one flush of the engine's cache instead of one each, which is what makes a
 * hundred starts or correlations fast. All of it is one transaction; the first failure takes everything back.
 *
 * <p>It is the product that acts here, whoever's request made it do so: that they may is said by the rule of the endpoint or by the
 * task they had, and not by their rights in the engine. A junior who records a promise has no right to pause a case, a manager who
 * brings in payments none to end one.
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
        return engine.getCommandExecutorTxRequired().execute(context -> context.runWithoutAuthorization(calls::get));
    }

    /** Like {@link #run}, but in a command and transaction of its own even where the caller is in one. */
    public void runInNewTransaction(Runnable calls) {
        callInNewTransaction(() -> {
            calls.run();
            return true;
        });
    }

    public <T> T callInNewTransaction(Supplier<T> calls) {
        return engine.getCommandExecutorTxRequiresNew().execute(context -> context.runWithoutAuthorization(calls::get));
    }
}
