package org.dunlin.platform.models;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionEvaluationEvent;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionLogicEvaluationEvent;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationEvent;
import org.camunda.bpm.dmn.engine.delegate.DmnEvaluatedDecisionRule;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Asks the decision tables that are deployed. Evaluated by Camunda's DMN engine, but outside of the process engine: nothing is
 * written to the history, because what a decision answered is kept, with its reasons, by whoever asked. Only FEEL is understood:
 * a table in another language fails, and can reach neither beans nor classes.
 */
@Component
public class Decisions {

    private final ProcessEngineConfigurationImpl engine;
    private final DmnEngine dmn;
    private final ThreadLocal<DmnDecisionEvaluationEvent> latestEvent = new ThreadLocal<>();
    private final Map<String, DeployedDecision> byKey = new ConcurrentHashMap<>();

    Decisions(ProcessEngineConfigurationImpl engine) {
        this.engine = engine;
        this.dmn = feelOnly(latestEvent);
    }

    /**
     * Asks the latest version.
     *
     * @param key    id of the decision in its model
     * @param inputs by variable name
     * @throws DecisionFailedException when there is no such decision or it cannot be evaluated
     */
    public DecisionResult evaluate(String key, Map<String, ? extends @Nullable Object> inputs) {
        return latest(key).evaluate(inputs);
    }

    /**
     * The version that is live now. Whoever asks many times asks this once and then the result: all answers then come from one
     * version, and the database is not looked at again.
     *
     * @throws DecisionFailedException when no such decision is deployed, or it cannot be read
     */
    public DeployedDecision latest(String key) {
        // Whoever is logged in may not be allowed to look at models; what the models say holds for everybody.
        DecisionDefinition live = withoutAuthorization(
                context -> context.getDecisionDefinitionManager().findLatestDecisionDefinitionByKey(key));
        if (live == null) {
            throw new DecisionFailedException(key, "is not deployed");
        }
        DeployedDecision known = byKey.get(key);
        if (known == null || !known.id().equals(live.getId())) {
            known = read(live);
            byKey.put(key, known);
        }
        return known;
    }

    private DeployedDecision read(DecisionDefinition definition) {
        byte[] file = withoutAuthorization(context -> context.getResourceManager()
                .findResourceByDeploymentIdAndResourceName(definition.getDeploymentId(), definition.getResourceName())
                .getBytes());
        DmnModelInstance model = Dmn.readModelFromStream(new ByteArrayInputStream(file));
        try {
            DmnDecision decision = dmn.parseDecision(definition.getKey(), model);
            Map<String, RuleWords> words = words(model);
            return new DeployedDecision(
                    definition.getId(),
                    definition.getKey(),
                    definition.getVersion(),
                    model,
                    inputs -> ask(decision, inputs, words));
        } catch (ProcessEngineException | IllegalArgumentException e) {
            throw new DecisionFailedException(definition.getKey(), "cannot be read: " + e.getMessage(), e);
        }
    }

    private DecisionResult ask(
            DmnDecision decision, Map<String, @Nullable Object> inputs, Map<String, RuleWords> words) {
        try {
            DmnDecisionResult answer = dmn.evaluateDecision(decision, new HashMap<>(inputs));
            DmnDecisionEvaluationEvent event = latestEvent.get();
            List<DmnDecisionLogicEvaluationEvent> tables = new ArrayList<>(event.getRequiredDecisionResults());
            tables.add(event.getDecisionResult());
            List<MatchedRule> rules = new ArrayList<>();
            Object aggregated = null;
            for (DmnDecisionLogicEvaluationEvent table : tables) {
                if (table instanceof DmnDecisionTableEvaluationEvent evaluated) {
                    String key = evaluated.getDecision().getKey();
                    String subject = evaluated.getDecision().getName();
                    evaluated.getMatchingRules().forEach(rule -> rules.add(matched(key, subject, rule, words)));
                    aggregated = evaluated.getCollectResultValue() == null
                            ? null
                            : evaluated.getCollectResultValue().getValue();
                }
            }
            List<Map<String, Object>> outputs = aggregated != null
                    ? List.of()
                    : answer.getResultList().stream().map(Map::copyOf).toList();
            return new DecisionResult(decision.getKey(), outputs, aggregated, rules);
        } catch (RuntimeException e) {
            throw new DecisionFailedException(decision.getKey(), e.getMessage() + " for " + inputs, e);
        } finally {
            latestEvent.remove();
        }
    }

    private static MatchedRule matched(
            String key, String subject, DmnEvaluatedDecisionRule rule, Map<String, RuleWords> words) {
        Map<String, Object> outputs = new LinkedHashMap<>();
        rule.getOutputEntries().forEach((name, output) -> {
            Object value = output.getValue().getValue();
            if (value != null) {
                outputs.put(name, value);
            }
        });
        RuleWords said = words.getOrDefault(rule.getId(), RuleWords.NONE);
        return new MatchedRule(key, subject, rule.getId(), said.annotation(), said.criteria(), outputs);
    }

    /** What a person reads in a rule; the engine itself forgets it. */
    private record RuleWords(String annotation, List<String> criteria) {
        static final RuleWords NONE = new RuleWords("", List.of());
    }

    private static Map<String, RuleWords> words(DmnModelInstance model) {
        Map<String, RuleWords> words = new HashMap<>();
        for (DecisionTable table : model.getModelElementsByType(DecisionTable.class)) {
            List<Input> inputs = List.copyOf(table.getInputs());
            for (Rule rule : table.getRules()) {
                List<String> criteria = new ArrayList<>();
                int column = 0;
                for (var entry : rule.getInputEntries()) {
                    String condition = entry.getTextContent().strip();
                    if (!condition.isEmpty() && !condition.equals("-")) {
                        criteria.add(label(inputs.get(column)));
                    }
                    column++;
                }
                String annotation = rule.getDescription() == null
                        ? ""
                        : rule.getDescription().getTextContent().strip();
                words.put(rule.getId(), new RuleWords(annotation, criteria));
            }
        }
        return words;
    }

    private static String label(Input input) {
        String label = input.getLabel();
        return label != null && !label.isBlank()
                ? label
                : input.getInputExpression().getTextContent().strip();
    }

    private <T extends @Nullable Object> T withoutAuthorization(Command<T> command) {
        return engine.getCommandExecutorTxRequired()
                .execute(context -> context.runWithoutAuthorization(() -> command.execute(context)));
    }

    private static DmnEngine feelOnly(ThreadLocal<DmnDecisionEvaluationEvent> latestEvent) {
        DefaultDmnEngineConfiguration configuration = new DefaultDmnEngineConfiguration();
        configuration.customPostDecisionEvaluationListeners(List.of(latestEvent::set));
        configuration.setFeelEngineFactory(new ParsedOnceFeel());
        configuration.setElProvider(expression -> {
            throw new IllegalStateException("Only FEEL is allowed in decisions, not " + expression);
        });
        configuration.setScriptEngineResolver(language -> {
            throw new IllegalStateException("Only FEEL is allowed in decisions, not " + language);
        });
        return configuration.buildEngine();
    }
}
