package org.dunlin.platform.models;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.repository.ResourceDefinition;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.dunlin.platform.engine.StartUpStep;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Deploys the models and forms that come with the product, where they changed. A model whose live version a designer deployed
 * is left alone: their version stays, and that is logged and listed in {@link #keptForDesigners()}.
 */
@Component
@Order(StartUpStep.MODELS)
public class ModelDeployer implements StartUpStep {

    /** Source of the deployments made here; whatever else is live belongs to a designer. */
    public static final String SOURCE = "dunlin";

    private static final Logger log = LoggerFactory.getLogger(ModelDeployer.class);

    private final RepositoryService repository;
    private final ProcessEngineConfigurationImpl engine;
    private final ObjectMapper json;
    private volatile List<String> kept = List.of();

    ModelDeployer(RepositoryService repository, ProcessEngineConfigurationImpl engine, ObjectMapper json) {
        this.repository = repository;
        this.engine = engine;
        this.json = json;
    }

    /** File names of models of the product that were not deployed at this start, because a designer's version is live. */
    public List<String> keptForDesigners() {
        return kept;
    }

    @Override
    public void run() {
        DeploymentBuilder deployment =
                repository.createDeployment().name("Dunlin").source(SOURCE).enableDuplicateFiltering(true);
        List<String> keep = new ArrayList<>();
        for (Resource model : models()) {
            String name = Objects.requireNonNull(model.getFilename());
            if (definitions(model).anyMatch(this::isDesigners)) {
                log.warn("{} is not deployed: the live version was deployed by a designer and stays", name);
                keep.add(name);
            } else {
                try (InputStream content = model.getInputStream()) {
                    deployment.addInputStream(name, content);
                } catch (IOException e) {
                    throw new UncheckedIOException("Cannot read model " + name, e);
                }
            }
        }
        if (!deployment.getResourceNames().isEmpty()) {
            deployment.deploy();
        }
        kept = List.copyOf(keep);
    }

    private static List<Resource> models() {
        var resolver = new PathMatchingResourcePatternResolver();
        List<Resource> found = new ArrayList<>();
        try {
            for (String pattern : List.of("bpmn/**/*.bpmn", "bpmn/**/*.dmn", "forms/**/*.form")) {
                found.addAll(List.of(resolver.getResources("classpath*:" + pattern)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list the models", e);
        }
        return found;
    }

    private Stream<? extends ResourceDefinition> definitions(Resource model) {
        String name = Objects.requireNonNull(model.getFilename());
        try (InputStream content = model.getInputStream()) {
            if (name.endsWith(".bpmn")) {
                return Bpmn.readModelFromStream(content).getModelElementsByType(Process.class).stream()
                        .map(process -> repository
                                .createProcessDefinitionQuery()
                                .processDefinitionKey(process.getId())
                                .latestVersion()
                                .singleResult())
                        .flatMap(Stream::ofNullable);
            }
            if (name.endsWith(".dmn")) {
                return Dmn.readModelFromStream(content).getModelElementsByType(Decision.class).stream()
                        .map(decision -> repository
                                .createDecisionDefinitionQuery()
                                .decisionDefinitionKey(decision.getId())
                                .latestVersion()
                                .singleResult())
                        .flatMap(Stream::ofNullable);
            }
            String formId = json.readTree(content).path("id").asText();
            ResourceDefinition form = engine.getCommandExecutorTxRequired()
                    .execute(
                            context -> context.getCamundaFormDefinitionManager().findLatestDefinitionByKey(formId));
            return Stream.ofNullable(form);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read model " + name, e);
        }
    }

    private boolean isDesigners(ResourceDefinition live) {
        Deployment deployment = repository
                .createDeploymentQuery()
                .deploymentId(live.getDeploymentId())
                .singleResult();
        return !SOURCE.equals(deployment.getSource());
    }
}
