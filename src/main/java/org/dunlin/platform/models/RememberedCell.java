package org.dunlin.platform.models;

import camundajar.impl.scala.Product;
import camundajar.impl.scala.util.Either;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.camunda.bpm.engine.variable.context.VariableContext;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.camunda.feel.syntaxtree.Exp;
import org.camunda.feel.syntaxtree.ParsedExpression;
import org.camunda.feel.syntaxtree.Ref;
import org.jspecify.annotations.Nullable;

/**
 * What one cell or input expression answered, by the values it depends on: that of the column and those of the variables it names. A
 * value counts as the same only when it is the same to the last digit. An expression with anything in it that may answer
 * differently the next time (a function, such as {@code now()}) is evaluated each time, and so is one about values other than text,
 * numbers, booleans and null. Failures are not remembered.
 */
final class RememberedCell {

    /** Answers per cell. The numbers in question are few: percents, days, months. Amounts may be many, and then it begins anew. */
    private static final int REMEMBERED = 5_000;

    /** The parts of the language whose answer depends on nothing but constants, the value of the column and variables. */
    private static final Set<String> KNOWN = Set.of(
            "ConstNull",
            "ConstInputValue",
            "ConstNumber",
            "ConstString",
            "ConstBool",
            "ConstRange",
            "OpenConstRangeBoundary",
            "ClosedConstRangeBoundary",
            "InputEqualTo",
            "InputLessThan",
            "InputLessOrEqual",
            "InputGreaterThan",
            "InputGreaterOrEqual",
            "InputInRange",
            "UnaryTestExpression",
            "AtLeastOne",
            "Not",
            "Conjunction",
            "Disjunction",
            "Equal",
            "LessThan",
            "LessOrEqual",
            "GreaterThan",
            "GreaterOrEqual",
            "Addition",
            "Subtraction",
            "Multiplication",
            "Division",
            "ArithmeticNegation",
            "If");

    private static final Object NULL = new Object();
    private static final Object MISSING = new Object();

    /** Null: never remembered. */
    private final @Nullable List<String> variables;

    private final Map<Object, Object> answers = new ConcurrentHashMap<>();

    private RememberedCell(@Nullable List<String> variables) {
        this.variables = variables;
    }

    static RememberedCell of(Either<?, ParsedExpression> parsed) {
        Set<String> named = new LinkedHashSet<>();
        boolean known = parsed.isRight() && known(parsed.toOption().get().expression(), named);
        return new RememberedCell(known ? List.copyOf(named) : null);
    }

    /**
     * @param column     name of the variable that holds the value of the column; null where there is none
     * @param evaluation asked when the answer is not known yet
     */
    @Nullable
    Object answer(@Nullable String column, VariableContext context, Supplier<@Nullable Object> evaluation) {
        Object values = values(column, context);
        if (values == null) {
            return evaluation.get();
        }
        Object known = answers.get(values);
        if (known == null) {
            Object answer = evaluation.get();
            known = answer == null ? NULL : answer;
            if (isPlain(known)) {
                if (answers.size() >= REMEMBERED) {
                    answers.clear();
                }
                answers.put(values, known);
            }
        }
        return known == NULL ? null : known;
    }

    /** @return what the answer depends on; null where it cannot be remembered */
    private @Nullable Object values(@Nullable String column, VariableContext context) {
        if (variables == null) {
            return null;
        }
        Object first = column == null ? NULL : value(column, context);
        if (variables.isEmpty()) {
            return isPlain(first) ? first : null;
        }
        List<Object> all = new ArrayList<>(variables.size() + 1);
        all.add(first);
        variables.forEach(name -> all.add(value(name, context)));
        return all.stream().allMatch(RememberedCell::isPlain) ? all : null;
    }

    private static Object value(String name, VariableContext context) {
        if (!context.containsVariable(name)) {
            return MISSING;
        }
        TypedValue value = context.resolve(name);
        return value == null || value.getValue() == null ? NULL : value.getValue();
    }

    private static boolean isPlain(Object value) {
        return value == NULL
                || value == MISSING
                || value instanceof String
                || value instanceof Number
                || value instanceof Boolean;
    }

    private static boolean known(Object node, Set<String> variables) {
        if (node instanceof Ref ref) {
            if (ref.names().length() != 1) {
                return false;
            }
            variables.add(ref.names().head());
            return true;
        }
        boolean known = !node.getClass().getPackage().equals(Exp.class.getPackage())
                || KNOWN.contains(node.getClass().getSimpleName().replace("$", ""));
        if (known && node instanceof Product parts) {
            for (int i = 0; i < parts.productArity() && known; i++) {
                known = known(parts.productElement(i), variables);
            }
        }
        return known;
    }
}
