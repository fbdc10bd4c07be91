package org.dunlin.platform.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ParseException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.repository.Deployment;
import org.dunlin.DunlinTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Promise R9: no model, table or form runs foreign code. Each file under {@code attacks} says in its comment why it is refused. */
@DunlinTest
class ModelGuardTest {

    private static final String MARK = "Refused with: ";

    @Autowired
    RepositoryService repository;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ModelGuard guard;

    static Stream<Attack> attacks() throws IOException {
        return resources("attacks/*").map(resource -> new Attack(resource.getFilename(), content(resource)));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void an_attack_is_refused_at_deployment(Attack attack) {
        assertThatThrownBy(() -> repository
                        .createDeployment()
                        .name("attack")
                        .addInputStream(attack.name, new java.io.ByteArrayInputStream(attack.content))
                        .deploy())
                .isInstanceOf(ParseException.class)
                .hasMessageContaining(attack.name)
                .hasMessageContaining(attack.reason());
        assertThat(repository.createDeploymentQuery().deploymentName("attack").count())
                .isZero();
        assertThat(Intruder.RAN).isFalse();
    }

    @Test
    void there_are_many_attacks() throws IOException {
        assertThat(attacks()).hasSizeGreaterThan(75);
    }

    @Test
    void a_refusal_names_element_and_line_for_the_modelling_tool() throws IOException {
        Attack attack = attacks()
                .filter(each -> each.name.equals("task-listener-class.bpmn"))
                .findFirst()
                .orElseThrow();
        assertThat(guard.check(attack.name, attack.content)).singleElement().satisfies(problem -> {
            assertThat(problem.getMainElementId()).isEqualTo("step");
            assertThat(problem.getLine()).isPositive();
            assertThat(problem.getMessage()).startsWith("Element 'step': 'class' is not allowed");
        });
    }

    @Test
    void all_problems_of_a_file_are_named_at_once() {
        String model = new String(
                        content(resources("attacks/engine-services-in-a-condition.bpmn")
                                .findFirst()
                                .orElseThrow()),
                        StandardCharsets.UTF_8)
                .replace("<bpmn:userTask id=\"step\" />", "<bpmn:scriptTask id=\"step\" camunda:class=\"x\" />");
        assertThat(guard.check("two.bpmn", model.getBytes(StandardCharsets.UTF_8)))
                .extracting(problem -> problem.getMessage())
                .anyMatch(message -> message.contains("processEngineServices"))
                .anyMatch(message -> message.contains("<scriptTask>"))
                .anyMatch(message -> message.contains("'class'"));
    }

    @Test
    void what_models_may_do_is_deployed_and_runs() {
        Deployment deployment = repository
                .createDeployment()
                .name("harmless")
                .addClasspathResource("models/harmless.bpmn")
                .addClasspathResource("models/harmless.dmn")
                .deploy();
        try {
            String instance =
                    runtime.startProcessInstanceByKey("harmless", "K-1").getId();
            assertThat(runtime.getVariable(instance, "probed")).isEqualTo(true);
            assertThat(runtime.getVariable(instance, "keyTwice")).isEqualTo("K-1K-1");
        } finally {
            repository.deleteDeployment(deployment.getId(), true);
        }
    }

    static Stream<Resource> modelsOfTheProduct() {
        return Stream.of("bpmn/**/*.bpmn", "bpmn/**/*.dmn", "forms/**/*.form").flatMap(ModelGuardTest::resources);
    }

    @ParameterizedTest
    @MethodSource("modelsOfTheProduct")
    void every_model_of_the_product_passes(Resource model) {
        assertThat(guard.check(Objects.requireNonNull(model.getFilename()), content(model)))
                .isEmpty();
    }

    private static Stream<Resource> resources(String pattern) {
        try {
            return Arrays.stream(new PathMatchingResourcePatternResolver().getResources("classpath*:" + pattern));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] content(Resource resource) {
        try {
            return resource.getContentAsByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    record Attack(String name, byte[] content) {

        String reason() {
            List<String> lines =
                    new String(content, StandardCharsets.UTF_8).lines().toList();
            String line =
                    lines.stream().filter(l -> l.contains(MARK)).findFirst().orElseThrow();
            return line.substring(line.indexOf(MARK) + MARK.length()).replaceAll("( -->|\",)$", "");
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
