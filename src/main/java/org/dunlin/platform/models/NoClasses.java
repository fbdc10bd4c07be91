package org.dunlin.platform.models;

import org.camunda.bpm.engine.ArtifactFactory;
import org.camunda.bpm.engine.ProcessEngineException;

/** No class named in a model is ever made, should a model with one have come into the database on another way. */
class NoClasses implements ArtifactFactory {

    @Override
    public <T> T getArtifact(Class<T> type) {
        throw new ProcessEngineException(
                "Models name no classes (" + type.getName() + "): use a model bean, ${bean}, or an external task");
    }
}
