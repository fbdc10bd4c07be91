package org.dunlin.platform.models;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.springframework.stereotype.Component;

/** Builds the engine with the guards around models, and with nothing left in it that runs code from a model. */
@Component
class GuardedEngine extends AbstractProcessEnginePlugin {

    private final ModelGuard guard;
    private final ModelBeans beans;

    GuardedEngine(ModelGuard guard, ModelBeans beans) {
        this.guard = guard;
        this.beans = beans;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        engine.setExpressionManager(new ModelExpressions(beans));
        engine.setArtifactFactory(new NoClasses());
        engine.setScriptEngineResolver(new NoScripts());
        engine.setEnableFetchScriptEngineFromProcessApplication(false);
        engine.setEnableXxeProcessing(false);
        engine.setJavaSerializationFormatEnabled(false);
        // Whoever asks the engine for tasks may send no expression; filters that are kept may, for "my groups".
        engine.setEnableExpressionsInAdhocQueries(false);
        engine.setEnableExpressionsInStoredQueries(true);
        List<Deployer> first = new ArrayList<>();
        first.add(guard);
        if (engine.getCustomPreDeployers() != null) {
            first.addAll(engine.getCustomPreDeployers());
        }
        engine.setCustomPreDeployers(first);
    }
}
