package org.dunlin.platform.models;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.InputValues;
import org.camunda.bpm.model.dmn.instance.LiteralExpression;
import org.camunda.bpm.model.dmn.instance.Text;
import org.camunda.bpm.model.dmn.instance.UnaryTests;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ConcurrentLruCache;

/**
 * One version of a decision, ready to be asked many times. Remembers its latest answers, because a FEEL table costs far more
 * than looking an answer up, and customers resemble each other.
 */
public final class DeployedDecision {

    /** How many answers are remembered; the least recently used go first. */
    private static final int REMEMBERED = 5_000;

    /** A text in a list of them, in FEEL. */
    private static final Pattern LISTED = Pattern.compile("\"([^\"]*)\"");

    private final String id;
    private final String key;
    private final int version;
    private final String words;
    private final Map<String, List<String>> values;
    private final Map<String, Boolean> used = new java.util.concurrent.ConcurrentHashMap<>();
    private final ConcurrentLruCache<Question, DecisionResult> answers;

    DeployedDecision(
            String id,
            String key,
            int version,
            DmnModelInstance model,
            Function<Map<String, @Nullable Object>, DecisionResult> evaluation) {
        this.id = id;
        this.key = key;
        this.version = version;
        this.words = words(model);
        this.values = values(model, key);
        this.answers = new ConcurrentLruCache<>(REMEMBERED, question -> evaluation.apply(question.inputs()));
    }

    /** Id of the definition in the engine. */
    public String id() {
        return id;
    }

    public String key() {
        return key;
    }

    /** Counts up with each deployment of a changed table. */
    public int version() {
        return version;
    }

    /**
     * The texts that a column of the table may be asked with, in the order in which its model lists them.
     *
     * @param input the expression of the column, as a rule a variable
     * @return empty when the model lists none, or there is no such column
     */
    public List<String> valuesOf(String input) {
        return values.getOrDefault(input, List.of());
    }

    /**
     * @param inputs by variable name; null is a value of its own ("not known"). Inputs the decision does not mention are ignored
     * @throws DecisionFailedException when the table cannot be evaluated: a broken expression, an unexpected type, several
     *                                 rules where one may apply
     */
    public DecisionResult evaluate(Map<String, ? extends @Nullable Object> inputs) {
        Map<String, @Nullable Object> relevant = new HashMap<>();
        inputs.forEach((name, value) -> {
            if (used.computeIfAbsent(name, words::contains)) {
                relevant.put(name, value);
            }
        });
        return answers.get(Question.of(relevant));
    }

    /**
     * What is looked up. The hash of a map is a sum in which small numbers cancel out: thousands of customers would share one.
     *
     * @param inputs equal ones have equal answers
     */
    private record Question(Map<String, @Nullable Object> inputs, int hash) {

        static Question of(Map<String, @Nullable Object> inputs) {
            int hash = 0;
            for (Map.Entry<String, @Nullable Object> input : inputs.entrySet()) {
                int mixed = (31 * input.getKey().hashCode() + Objects.hashCode(input.getValue())) * 0x9E3779B9;
                hash += mixed ^ (mixed >>> 15);
            }
            return new Question(inputs, hash);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Question question && inputs.equals(question.inputs);
        }
    }

    private static Map<String, List<String>> values(DmnModelInstance model, String key) {
        Map<String, List<String>> values = new HashMap<>();
        ModelElementInstance decision = model.getModelElementById(key);
        if (decision == null) {
            return values;
        }
        for (DecisionTable table : decision.getChildElementsByType(DecisionTable.class)) {
            for (Input input : table.getInputs()) {
                InputValues listed = input.getInputValues();
                if (listed != null && input.getInputExpression() != null) {
                    values.put(
                            input.getInputExpression().getTextContent().strip(),
                            LISTED.matcher(listed.getTextContent())
                                    .results()
                                    .map(match -> match.group(1))
                                    .toList());
                }
            }
        }
        return values;
    }

    /** Every expression in the file. A variable that is used stands in one of them, so this never finds too few. */
    private static String words(DmnModelInstance model) {
        Set<String> texts = new HashSet<>();
        model.getModelElementsByType(Text.class).forEach(text -> texts.add(text.getTextContent()));
        model.getModelElementsByType(LiteralExpression.class).forEach(text -> texts.add(text.getTextContent()));
        model.getModelElementsByType(UnaryTests.class).forEach(text -> texts.add(text.getTextContent()));
        return texts.stream().collect(Collectors.joining("\n"));
    }
}
