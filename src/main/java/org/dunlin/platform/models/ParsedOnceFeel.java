package org.dunlin.platform.models;

import camundajar.impl.scala.util.Either;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.camunda.bpm.dmn.feel.impl.FeelEngine;
import org.camunda.bpm.dmn.feel.impl.FeelEngineFactory;
import org.camunda.bpm.dmn.feel.impl.scala.ScalaFeelEngine;
import org.camunda.bpm.dmn.feel.impl.scala.function.CustomFunctionTransformer;
import org.camunda.bpm.engine.variable.context.VariableContext;
import org.camunda.feel.syntaxtree.ParsedExpression;
import org.camunda.feel.valuemapper.ValueMapper;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ConcurrentLruCache;

/**
 * Camunda's FEEL engine, except that it remembers parsed expressions and what cells answered. As it comes it parses every cell of a
 * table again at each evaluation, which takes some nineteen twentieths of the time; of the rest, most goes into asking the same cells
 * about the same values.
 */
final class ParsedOnceFeel implements FeelEngineFactory {

    /** Cells and input expressions of all tables that are in use; those of replaced versions drop out. */
    private static final int REMEMBERED = 10_000;

    @Override
    public FeelEngine createInstance() {
        return new RemembersAnswers();
    }

    private static final class RemembersAnswers extends ScalaFeelEngine {

        // Asked a thousand times per customer, which is too often for keeping an order of use.
        private final Map<String, RememberedCell> expressions = new ConcurrentHashMap<>();
        private final Map<String, RememberedCell> unaryTests = new ConcurrentHashMap<>();

        RemembersAnswers() {
            super(List.of());
        }

        @Override
        protected org.camunda.feel.FeelEngine buildFeelEngine(
                CustomFunctionTransformer functions, ValueMapper.CompositeValueMapper values) {
            return new RemembersParsed(super.buildFeelEngine(functions, values));
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> @Nullable T evaluateSimpleExpression(String expression, VariableContext variables) {
            return (T) cell(expressions, expression, feelEngine::parseExpression)
                    .answer(null, variables, () -> super.evaluateSimpleExpression(expression, variables));
        }

        @Override
        public boolean evaluateSimpleUnaryTests(
                String expression, @Nullable String inputVariable, VariableContext variables) {
            return Boolean.TRUE.equals(cell(unaryTests, expression, feelEngine::parseUnaryTests)
                    .answer(
                            inputVariable,
                            variables,
                            () -> super.evaluateSimpleUnaryTests(expression, inputVariable, variables)));
        }

        private static RememberedCell cell(
                Map<String, RememberedCell> cells,
                String expression,
                Function<String, Either<org.camunda.feel.FeelEngine.Failure, ParsedExpression>> parsing) {
            RememberedCell known = cells.get(expression);
            if (known != null) {
                return known;
            }
            if (cells.size() >= REMEMBERED) {
                cells.clear();
            }
            return cells.computeIfAbsent(expression, unknown -> RememberedCell.of(parsing.apply(unknown)));
        }
    }

    private static final class RemembersParsed extends org.camunda.feel.FeelEngine {

        private final ConcurrentLruCache<String, Either<Failure, ParsedExpression>> expressions =
                new ConcurrentLruCache<>(REMEMBERED, super::parseExpression);
        private final ConcurrentLruCache<String, Either<Failure, ParsedExpression>> unaryTests =
                new ConcurrentLruCache<>(REMEMBERED, super::parseUnaryTests);

        RemembersParsed(org.camunda.feel.FeelEngine like) {
            super(like.functionProvider(), like.valueMapper(), like.configuration(), like.clock());
        }

        @Override
        public Either<Failure, ParsedExpression> parseExpression(String expression) {
            return expressions.get(expression);
        }

        @Override
        public Either<Failure, ParsedExpression> parseUnaryTests(String expression) {
            return unaryTests.get(expression);
        }
    }
}
