package org.dunlin.platform.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.dmn.feel.impl.FeelEngine;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.context.VariableContext;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.dunlin.DunlinTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@DunlinTest
class DecisionsTest {

    @Autowired
    Decisions decisions;

    @Autowired
    RepositoryService repository;

    @Autowired
    IdentityService identity;

    @Autowired
    HistoryService history;

    private final List<String> deployments = new ArrayList<>();

    @AfterEach
    void undeploy() {
        deployments.forEach(id -> repository.deleteDeployment(id, true));
        identity.clearAuthentication();
    }

    @Test
    void an_answer_comes_with_the_rule_that_gave_it_and_its_words() {
        deploy(
                "fee",
                "UNIQUE",
                rule("small", "< 10", "\"low\"", "Too little to bother"),
                rule("big", ">= 10", "\"high\"", ""));

        DecisionResult result = decisions.evaluate("fee", Map.of("amount", 9));

        assertThat(result.text("answer")).isEqualTo("low");
        assertThat(result.outputs()).containsExactly(Map.of("answer", "low"));
        assertThat(result.rules())
                .containsExactly(new MatchedRule(
                        "fee", "Fee", "small", "Too little to bother", List.of("Amount"), Map.of("answer", "low")));
        assertThat(decisions
                        .evaluate("fee", Map.of("amount", 10))
                        .rules()
                        .get(0)
                        .text())
                .isEmpty();
    }

    @Test
    void points_are_added_up_and_each_rule_keeps_its_own() {
        deploy(
                "points",
                "COLLECT\" aggregation=\"SUM",
                rule("always", "", "5", "Everybody"),
                rule("many", "> 3", "20", "More than three"),
                rule("few", "<= 3", "1", "Few"));

        DecisionResult result = decisions.evaluate("points", Map.of("amount", 4));

        assertThat(result.number()).isEqualTo(25);
        assertThat(result.outputs()).isEmpty();
        assertThat(result.rules()).extracting(MatchedRule::id).containsExactly("always", "many");
        assertThat(result.rules().get(0).criteria()).isEmpty();
    }

    @Test
    void a_newly_deployed_version_answers_from_then_on() {
        deploy("version", "FIRST", rule("one", "", "\"first\"", ""));
        DeployedDecision held = decisions.latest("version");
        assertThat(decisions.evaluate("version", Map.of()).text("answer")).isEqualTo("first");

        deploy("version", "FIRST", rule("one", "", "\"second\"", ""));

        assertThat(decisions.evaluate("version", Map.of()).text("answer")).isEqualTo("second");
        assertThat(decisions.latest("version").version()).isEqualTo(2);
        assertThat(held.evaluate(Map.of()).text("answer"))
                .as("a run keeps to one version")
                .isEqualTo("first");
    }

    @Test
    void answers_are_remembered_by_what_the_table_looks_at() {
        deploy("memory", "FIRST", rule("one", "< 10", "\"low\"", ""), rule("two", "", "\"other\"", ""));

        DecisionResult first = decisions.evaluate("memory", Map.of("amount", 1, "unrelated", "x"));

        assertThat(decisions.evaluate("memory", Map.of("amount", 1, "unrelated", "y")))
                .isSameAs(first);
        assertThat(decisions.evaluate("memory", Map.of("amount", 2))).isNotSameAs(first);
    }

    @Test
    void several_rules_where_one_may_apply_are_an_error_that_names_decision_and_facts() {
        deploy("unclear", "UNIQUE", rule("one", "< 10", "\"a\"", ""), rule("two", "< 20", "\"b\"", ""));

        assertThatThrownBy(() -> decisions.evaluate("unclear", Map.of("amount", 5)))
                .isInstanceOf(DecisionFailedException.class)
                .hasMessageContaining("unclear")
                .hasMessageContaining("amount=5");
    }

    @Test
    void a_gap_is_an_error_only_for_who_needs_the_answer() {
        deploy("gap", "UNIQUE", rule("one", "< 10", "\"a\"", ""));

        DecisionResult result = decisions.evaluate("gap", Map.of("amount", 10));

        assertThat(result.outputs()).isEmpty();
        assertThatThrownBy(() -> result.text("answer"))
                .isInstanceOf(DecisionFailedException.class)
                .hasMessageContaining("no rule applies");
        assertThatThrownBy(result::number).isInstanceOf(DecisionFailedException.class);
    }

    @Test
    void an_unknown_decision_and_a_broken_cell_are_named() {
        assertThatThrownBy(() -> decisions.evaluate("nowhere", Map.of()))
                .isInstanceOf(DecisionFailedException.class)
                .hasMessage("Decision nowhere: is not deployed");

        deploy("broken", "UNIQUE", rule("one", "< < 10", "\"a\"", ""));
        assertThatThrownBy(() -> decisions.evaluate("broken", Map.of("amount", 10)))
                .isInstanceOf(DecisionFailedException.class)
                .hasMessageContaining("broken");
    }

    @Test
    void a_cell_in_another_language_than_feel_cannot_do_anything() {
        String juel = rule("one", "", "\"a\"", "")
                .replace("<outputEntry ", "<outputEntry expressionLanguage=\"juel\" ")
                .replace("\"a\"</text>", "${''.getClass()}</text>");
        assertThatThrownBy(() -> {
                    deploy("foreign", "UNIQUE", juel);
                    decisions.evaluate("foreign", Map.of("amount", 10));
                })
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void who_may_not_read_models_is_still_judged_by_them_and_nothing_is_written_to_the_history() {
        deploy("quiet", "UNIQUE", rule("one", "", "\"a\"", ""));
        identity.setAuthentication("nobody", List.of());

        assertThat(decisions.evaluate("quiet", Map.of()).text("answer")).isEqualTo("a");

        identity.clearAuthentication();
        assertThat(history.createHistoricDecisionInstanceQuery()
                        .decisionDefinitionKey("quiet")
                        .count())
                .isZero();
    }

    /** What makes the FEEL engine fast must not change what it says. */
    @Test
    void the_answers_are_those_of_camundas_engine_as_it_comes() {
        DmnEngine asItComes =
                DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
        Random random = new Random(7);
        DmnDecision scorecard = parse(asItComes, "scorecard");
        DmnDecision segment = parse(asItComes, "segment");
        for (int i = 0; i < 60; i++) {
            Map<String, Object> facts = facts(random);
            Object points = asItComes
                    .evaluateDecision(scorecard, facts)
                    .getFirstResult()
                    .getFirstEntry();
            assertThat(decisions.evaluate("scorecard", facts).number())
                    .as("%s", facts)
                    .isEqualTo(points);
            assertThat(decisions.evaluate("segment", facts).outputs())
                    .as("%s", facts)
                    .isEqualTo(asItComes.evaluateDecision(segment, facts).getResultList());
        }
    }

    @Test
    void a_cell_that_is_asked_about_the_same_value_again_still_looks_at_the_other_variables() {
        deploy(
                "compared",
                "UNIQUE",
                rule("less", "< limit", "\"less\"", ""),
                rule("more", ">= limit", "\"at \" + string(limit)", ""));

        assertThat(compared(5, 10)).isEqualTo("less");
        assertThat(compared(5, 5)).isEqualTo("at 5");
        assertThat(compared(5, 3)).isEqualTo("at 3");
        assertThat(compared(5, 10)).isEqualTo("less");
    }

    private String compared(int amount, int limit) {
        return decisions
                .evaluate("compared", Map.of("amount", amount, "limit", limit))
                .text("answer");
    }

    /** Asked beside the answers that are remembered per set of inputs. */
    @Test
    void a_cell_with_a_function_is_evaluated_each_time() {
        FeelEngine feel = new ParsedOnceFeel().createInstance();
        VariableContext one =
                Variables.createVariables().putValue("cellInput", 1).asVariableContext();

        assertThat(feel.<Object>evaluateSimpleExpression("random number()", one))
                .isNotEqualTo(feel.<Object>evaluateSimpleExpression("random number()", one));
        assertThat(feel.<Object>evaluateSimpleExpression("1 + 2", one)).isEqualTo(3L);
        assertThat(feel.evaluateSimpleUnaryTests("not(1, null)", "cellInput", one))
                .isFalse();
        assertThat(feel.evaluateSimpleUnaryTests("[1..2)", "cellInput", one)).isTrue();
        assertThat(feel.evaluateSimpleUnaryTests("[1..2)", "cellInput", one)).isTrue();
    }

    private DmnDecision parse(DmnEngine engine, String key) {
        DecisionDefinition live = repository
                .createDecisionDefinitionQuery()
                .decisionDefinitionKey(key)
                .latestVersion()
                .singleResult();
        DmnModelInstance model = repository.getDmnModelInstance(live.getId());
        return engine.parseDecision(key, model);
    }

    private static Map<String, Object> facts(Random random) {
        Map<String, Object> facts = new HashMap<>();
        facts.put("kind", random.nextInt(5) == 0 ? "CONSUMER" : "COMPANY");
        facts.put("employees", random.nextBoolean() ? random.nextInt(80) : null);
        facts.put("sector", List.of("food", "government", "hospitality", "x").get(random.nextInt(4)));
        facts.put("externalRating", random.nextBoolean() ? random.nextInt(101) : null);
        facts.put("monthsOfHistory", random.nextInt(40));
        facts.put("invoicesPaid", random.nextInt(3));
        facts.put("shareLatePercent", random.nextInt(101));
        facts.put("weightedDaysLate", BigDecimal.valueOf(random.nextInt(800), 1));
        facts.put("oldestOverdueDays", random.nextInt(80));
        facts.put("disputedPercent", random.nextInt(40));
        facts.put("creditUsePercent", random.nextBoolean() ? random.nextInt(130) : null);
        facts.put("promisesKept", random.nextInt(4));
        facts.put("promisesBroken", random.nextInt(4));
        facts.put("plansBroken", random.nextInt(2));
        facts.put("score", random.nextInt(101));
        return facts;
    }

    private void deploy(String key, String hitPolicy, String... rules) {
        String name = key.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + key.substring(1);
        String type = hitPolicy.startsWith("COLLECT") ? "integer" : "string";
        String xml =
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n"
                             xmlns:camunda="http://camunda.org/schema/1.0/dmn">
                  <decision id="%s" name="%s" camunda:historyTimeToLive="1">
                    <decisionTable id="t" hitPolicy="%s">
                      <input id="i" label="Amount"><inputExpression id="ie" typeRef="integer"><text>amount</text></inputExpression></input>
                      <output id="o" name="answer" typeRef="%s" />
                      %s
                    </decisionTable>
                  </decision>
                </definitions>
                """
                        .formatted(key, name, hitPolicy, type, String.join("\n", rules));
        assertThat(Dmn.readModelFromStream(stream(xml))).isNotNull();
        deployments.add(repository
                .createDeployment()
                .name(key)
                .addInputStream(key + ".dmn", stream(xml))
                .deploy()
                .getId());
    }

    private static InputStream stream(String xml) {
        return new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8));
    }

    private static String rule(String id, String condition, String output, String words) {
        return """
                <rule id="%s"><description>%s</description>
                <inputEntry id="%s-in"><text>%s</text></inputEntry>
                <outputEntry id="%s-out"><text>%s</text></outputEntry></rule>
                """
                .formatted(id, words, id, condition.replace("<", "&lt;"), id, output);
    }
}
