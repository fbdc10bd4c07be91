package org.dunlin.platform.models;

import camundajar.impl.scala.util.Either;
import java.util.List;
import org.camunda.bpm.dmn.feel.impl.FeelEngine;
import org.camunda.bpm.dmn.feel.impl.FeelEngineFactory;
import org.camunda.bpm.dmn.feel.impl.scala.ScalaFeelEngine;
import org.camunda.bpm.dmn.feel.impl.scala.function.CustomFunctionTransformer;
import org.camunda.feel.syntaxtree.ParsedExpression;
import org.camunda.feel.valuemapper.ValueMapper;
import org.springframework.util.ConcurrentLruCache;

/**
 * Camunda's FEEL engine, except that it remembers parsed expressions. As it comes it parses every cell of a table again at each
 * evaluation, which takes some nineteen twentieths of the time.
 */
final class ParsedOnceFeel implements FeelEngineFactory {

    /** Cells and input expressions of all tables that are in use; those of replaced versions drop out. */
    private static final int REMEMBERED = 10_000;

    @Override
    public FeelEngine createInstance() {
        return new ScalaFeelEngine(List.of()) {
            @Override
            protected org.camunda.feel.FeelEngine buildFeelEngine(
                    CustomFunctionTransformer functions, ValueMapper.CompositeValueMapper values) {
                return new RemembersParsed(super.buildFeelEngine(functions, values));
            }
        };
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
