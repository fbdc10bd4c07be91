package org.dunlin.platform.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.util.ClassDelegateUtil;
import org.camunda.bpm.engine.variable.Variables;
import org.dunlin.DunlinTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Promise R9 behind the guard: what an expression, script or class can do once it is in the engine: nothing. */
@DunlinTest
class ModelExpressionsTest {

    @Autowired
    ProcessEngineConfigurationImpl engine;

    @Autowired
    RepositoryService repository;

    @Autowired
    RuntimeService runtime;

    private String deployment;
    private String instance;

    @BeforeEach
    void start() {
        deployment = repository
                .createDeployment()
                .addClasspathResource("models/harmless.bpmn")
                .addClasspathResource("models/harmless.dmn")
                .deploy()
                .getId();
        instance = runtime.startProcessInstanceByKey(
                        "harmless",
                        "K-2",
                        Map.of("text", "abc", "list", new ArrayList<>(List.of("x")), "map", Map.of("key", "value")))
                .getId();
    }

    @AfterEach
    void end() {
        repository.deleteDeployment(deployment, true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${''.getClass()}",
                "${''.class}",
                "${''['class']}",
                "${''.getClass().forName('java.lang.Runtime').getMethod('getRuntime').invoke(null).exec('id')}",
                "#{1.getClass()}",
                "${text.length()}",
                "${text.concat('x')}",
                "${list.add('y')}",
                "${list.getClass()}",
                "${map.put('a', 'b')}",
                "${map.values()}",
                "${execution.processEngineServices}",
                "${execution.processEngine}",
                "${execution['processEngineServices']}",
                "${execution.getProcessEngineServices().getRuntimeService()}",
                "${execution.setVariable('text', 'x')}",
                "${execution.bpmnModelInstance}",
                "${execution.class}",
                "${execution.variables}",
                "${execution.getVariable('text').getClass()}",
                "${dataSource}",
                "${jdbcClient}",
                "${environment}",
                "${systemProperties}",
                "${systemEnvironment}",
                "${applicationContext}",
                "${runtimeService}",
                "${processEngine}",
                "${org.springframework.boot.SpringApplication}",
                "${probe.getClass()}",
                "${probe.class}",
                "${probe.secret}",
                "${probe['secret']}",
                "${probe.hashCode()}",
                "${probe.toString()}",
                "${probe.leak()}",
                "${probe.wait()}",
                "${probe.key()}",
                "${probe.getTargetSource()}",
                "${dateTime().getClass()}",
                "${now().getClass()}",
                "${currentUserGroups().getClass()}",
                "${exec('id')}"
            })
    void an_expression_reaches_nothing_but_variables_and_model_beans(String expression) {
        assertThatThrownBy(() -> evaluate(expression)).isInstanceOf(RuntimeException.class);
        assertThat(runtime.getVariable(instance, "text")).isEqualTo("abc");
        assertThat(runtime.getVariable(instance, "list")).isEqualTo(List.of("x"));
    }

    @Test
    void an_expression_reads_variables_keys_and_model_beans() {
        assertThat(evaluate("${text}")).isEqualTo("abc");
        assertThat(evaluate("${list[0]}")).isEqualTo("x");
        assertThat(evaluate("${map.key}")).isEqualTo("value");
        assertThat(evaluate("${text == 'abc' && not empty list}")).isEqualTo(true);
        assertThat(evaluate("#{execution.processBusinessKey}")).isEqualTo("K-2");
        assertThat(evaluate("${execution.currentActivityId}")).isEqualTo("wait");
        assertThat(evaluate("${probe.key(execution, 3)}")).isEqualTo("K-2K-2K-2");
        assertThat(evaluate("${probe.getSecret()}")).isEqualTo("secret");
        assertThat(evaluate("Case ${execution.processBusinessKey}")).isEqualTo("Case K-2");
    }

    @Test
    void a_variable_cannot_take_the_place_of_a_bean() {
        runtime.setVariable(instance, "probe", "mine");
        assertThat(evaluate("${probe.getSecret()}")).isEqualTo("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"juel", "javascript", "groovy", "feel", "python", "ecmascript"})
    void no_script_runs_in_any_language(String language) {
        assertThatThrownBy(() -> engine.getCommandExecutorTxRequired()
                        .execute(context -> engine.getScriptingEngines().getScriptEngineForLanguage(language)))
                .isInstanceOf(ProcessEngineException.class)
                .hasMessageContaining("no scripts");
    }

    @Test
    void no_class_of_a_model_is_made() {
        assertThatThrownBy(() -> engine.getCommandExecutorTxRequired()
                        .execute(context -> ClassDelegateUtil.instantiateDelegate(Intruder.class.getName(), List.of())))
                .hasMessageContaining("name no classes");
        assertThat(Intruder.RAN).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"input-in-juel.dmn", "cell-in-juel.dmn", "cell-in-javascript.dmn", "literal-in-juel.dmn"})
    void a_decision_that_slipped_in_runs_nothing(String attack) {
        assertThatThrownBy(() -> decide("attackDecision", "/attacks/" + attack)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void feel_calls_no_java() {
        Object result;
        try {
            result = decide("external", "/models/feel-external-function.dmn");
        } catch (RuntimeException e) {
            result = null;
        }
        assertThat(result).isNull();
        assertThat(System.getProperty("dunlin.attacked")).isNull();
    }

    private Object decide(String decision, String file) {
        return engine.getCommandExecutorTxRequired().execute(context -> {
            DmnEngine dmn = engine.getDmnEngine();
            DmnDecision parsed = dmn.parseDecision(decision, getClass().getResourceAsStream(file));
            return dmn.evaluateDecision(parsed, Variables.putValue("segment", "A"))
                    .getSingleEntry();
        });
    }

    private Object evaluate(String expression) {
        String waiting = runtime.createExecutionQuery()
                .processInstanceId(instance)
                .activityId("wait")
                .singleResult()
                .getId();
        return engine.getCommandExecutorTxRequired().execute(context -> {
            ExecutionEntity execution = context.getExecutionManager().findExecutionById(waiting);
            return engine.getExpressionManager().createExpression(expression).getValue(execution);
        });
    }
}
