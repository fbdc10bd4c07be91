package org.dunlin.platform.models;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
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
import org.springframework.beans.factory.annotation.Autowired;
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
    private final Supplier<List<Resource>> models;
    private volatile List<String> kept = List.of();

    @Autowired
    ModelDeployer(RepositoryService repository, ProcessEngineConfigurationImpl engine, ObjectMapper json) {
        this(repository, engine, json, ModelDeployer::modelsOfTheProduct);
    }

    /** @param models the files to deploy, asked for at each run */
    ModelDeployer(
            RepositoryService repository,
            ProcessEngineConfigurationImpl engine,
            ObjectMapper json,
            Supplier<List<Resource>> models) {
        this.repository = repository;
        this.engine = engine;
        this.json = json;
        this.models = models;
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
        for (Resource model : models.get()) {
            String name = Objects.requireNonNull(model.getFilename());
            byte[] content = content(model);
            List<? extends ResourceDefinition> designers =
                    definitions(name, content).filter(this::isDesigners).toList();
            if (designers.isEmpty()) {
                deployment.addInputStream(name, new ByteArrayInputStream(content));
            } else if (designers.stream().anyMatch(live -> !Arrays.equals(content, content(live)))) {
                log.warn("{} is not deployed: the live version was deployed by a designer and stays", name);
                keep.add(name);
            }
        }
        if (!deployment.getResourceNames().isEmpty()) {
            deployment.deploy();
        }
        kept = List.copyOf(keep);
    }

    private static List<Resource> modelsOfTheProduct() {
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

    /** The live definitions of what a file defines. */
    private Stream<? extends ResourceDefinition> definitions(String name, byte[] content) {
        if (name.endsWith(".bpmn")) {
            return Bpmn.readModelFromStream(new ByteArrayInputStream(content))
                    .getModelElementsByType(Process.class)
                    .stream()
                    .map(process -> repository
                            .createProcessDefinitionQuery()
                            .processDefinitionKey(process.getId())
                            .latestVersion()
                            .singleResult())
                    .flatMap(Stream::ofNullable);
        }
        if (name.endsWith(".dmn")) {
            return Dmn.readModelFromStream(new ByteArrayInputStream(content))
                    .getModelElementsByType(Decision.class)
                    .stream()
                    .map(decision -> repository
                            .createDecisionDefinitionQuery()
                            .decisionDefinitionKey(decision.getId())
                            .latestVersion()
                            .singleResult())
                    .flatMap(Stream::ofNullable);
        }
        ResourceDefinition form = engine.getCommandExecutorTxRequired()
                .execute(context ->
                        context.getCamundaFormDefinitionManager().findLatestDefinitionByKey(formId(name, content)));
        return Stream.ofNullable(form);
    }

    private String formId(String name, byte[] content) {
        try {
            return json.readTree(content).path("id").asText();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read form " + name, e);
        }
    }

    private static byte[] content(Resource model) {
        try {
            return model.getContentAsByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read model " + model, e);
        }
    }

    private byte[] content(ResourceDefinition live) {
        try (InputStream content = repository.getResourceAsStream(live.getDeploymentId(), live.getResourceName())) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the live " + live.getResourceName(), e);
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
