package org.dunlin.platform.engine;

import java.util.stream.Stream;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEnginePlugin;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Settings of the engine that the design of the cases relies on; plain values stand in {@code application.yaml}. */
@Configuration(proxyBeanMethods = false)
class EngineConfiguration {

    @Bean
    ProcessEnginePlugin dunlinEngineSettings(
            ObjectProvider<BpmnParseListener> parseListeners, TaskCompletion completion) {
        return new AbstractProcessEnginePlugin() {
            @Override
            public void preInit(ProcessEngineConfigurationImpl engine) {
                // Otherwise an error that no model catches ends a case silently.
                engine.setEnableExceptionsAfterUnhandledBpmnError(true);
                // Frame, ladder and step of one case never run at the same time.
                engine.setJobExecutorAcquireExclusiveOverProcessHierarchies(true);
                // After an outage what was due first comes first, also before what has no date.
                engine.setJobExecutorAcquireByDueDate(true);
                // Ten years, the longest for which books and records behind a claim must be kept in the countries we
                // serve.
                engine.setHistoryTimeToLive("P3650D");
                engine.setTaskService(new ExplainedTasks(completion));
                engine.setFormService(new ExplainedForms(completion));
                engine.getCustomPostBPMNParseListeners()
                        .addAll(parseListeners.orderedStream().toList());
            }
        };
    }

    /** Flyway owns the engine's tables too. */
    @Bean
    static BeanFactoryPostProcessor engineAfterFlyway() {
        return factory -> Stream.of("processEngineConfigurationImpl", "processEngineFactoryBean")
                .filter(factory::containsBeanDefinition)
                .forEach(name -> factory.getBeanDefinition(name).setDependsOn("flywayInitializer"));
    }

    /** {@link EngineRunner} alone starts and stops the job executor, when models and users are in place. */
    @Bean
    static BeanDefinitionRegistryPostProcessor executorIsNotStartedByItself() {
        return registry -> Stream.of("jobExecutorStartingEventListener")
                .filter(registry::containsBeanDefinition)
                .forEach(registry::removeBeanDefinition);
    }
}
