package org.dunlin.platform.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.dunlin.DunlinTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;

/** Starts of Dunlin in a row: what is deployed again, and what designers deployed between them. */
@DunlinTest
@ExtendWith(OutputCaptureExtension.class)
class ModelDeployerTest {

    private static final String KEY = "deployedStep";

    @Autowired
    RepositoryService repository;

    @Autowired
    ProcessEngineConfigurationImpl engine;

    @Autowired
    ObjectMapper json;

    @Autowired
    ModelDeployer product;

    private String shipped;
    private ModelDeployer deployer;

    @BeforeEach
    void shipFirstEdition() throws IOException {
        shipped = new ClassPathResource("models/step.bpmn").getContentAsString(StandardCharsets.UTF_8);
        deployer = new ModelDeployer(repository, engine, json, () -> List.of(file(shipped)));
        deployer.run();
    }

    @AfterEach
    void removeAllEditions() {
        repository.createProcessDefinitionQuery().processDefinitionKey(KEY).list().stream()
                .map(ProcessDefinition::getDeploymentId)
                .distinct()
                .forEach(deployment -> repository.deleteDeployment(deployment, true));
    }

    @Test
    void an_unchanged_model_is_not_deployed_again() {
        deployer.run();
        deployer.run();

        assertThat(live().getVersion()).isEqualTo(1);
    }

    @Test
    void a_changed_model_of_the_product_is_deployed() {
        shipped = shipped.replace("First edition", "Second edition");
        deployer.run();

        assertThat(live().getVersion()).isEqualTo(2);
        assertThat(live().getName()).isEqualTo("Second edition");
        assertThat(deployer.keptForDesigners()).isEmpty();
    }

    @Test
    void a_designers_version_stays_at_every_start_and_is_logged_and_listed(CapturedOutput output) {
        deployByDesigner(shipped.replace("First edition", "The designer's"));

        deployer.run();
        shipped = shipped.replace("First edition", "Second edition");
        deployer.run();

        assertThat(live().getName()).isEqualTo("The designer's");
        assertThat(live().getVersion()).isEqualTo(2);
        assertThat(deployer.keptForDesigners()).containsExactly("step.bpmn");
        assertThat(output).contains("step.bpmn is not deployed: the live version was deployed by a designer and stays");
    }

    @Test
    void a_model_that_a_designer_deployed_unchanged_is_not_worth_a_word() {
        deployByDesigner(shipped);

        deployer.run();

        assertThat(live().getVersion()).isEqualTo(2);
        assertThat(deployer.keptForDesigners()).isEmpty();
    }

    @Test
    void the_product_is_live_again_when_the_designer_takes_the_version_back() {
        Deployment designers = deployByDesigner(shipped.replace("First edition", "The designer's"));
        deployer.run();
        repository.deleteDeployment(designers.getId());
        shipped = shipped.replace("First edition", "Second edition");

        deployer.run();

        assertThat(live().getName()).isEqualTo("Second edition");
        assertThat(deployer.keptForDesigners()).isEmpty();
    }

    @Test
    void the_ladders_of_the_product_stay_with_their_designer_too() throws IOException {
        String standard =
                new ClassPathResource("bpmn/ladders/standard.bpmn").getContentAsString(StandardCharsets.UTF_8);
        Deployment designers = repository
                .createDeployment()
                .name("A designer's ladder")
                .addString("standard.bpmn", standard.replace("<bpmn:documentation>", "<bpmn:documentation>Ours: "))
                .deploy();
        try {
            int version = version("standard");
            product.run();

            assertThat(version("standard")).isEqualTo(version);
            assertThat(product.keptForDesigners()).containsExactly("standard.bpmn");
        } finally {
            repository.deleteDeployment(designers.getId(), true);
            product.run();
        }
        assertThat(product.keptForDesigners()).isEmpty();
    }

    private Deployment deployByDesigner(String model) {
        return repository
                .createDeployment()
                .name("A designer's")
                .addString("from-the-modeler.bpmn", model)
                .deploy();
    }

    private int version(String key) {
        return repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(key)
                .latestVersion()
                .singleResult()
                .getVersion();
    }

    private ProcessDefinition live() {
        return repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(KEY)
                .latestVersion()
                .singleResult();
    }

    private static Resource file(String content) {
        return new ByteArrayResource(content.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public String getFilename() {
                return "step.bpmn";
            }
        };
    }
}
