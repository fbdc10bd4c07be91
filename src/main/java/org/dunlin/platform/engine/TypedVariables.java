package org.dunlin.platform.engine;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Date;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.jspecify.annotations.Nullable;

/**
 * Variables of a process as the types the product means. Forms deliver dates as text and numbers in whatever Java type their
 * JSON had; here is the one place that knows.
 */
public final class TypedVariables {

    private final VariableScope scope;

    private TypedVariables(VariableScope scope) {
        this.scope = scope;
    }

    public static TypedVariables of(VariableScope scope) {
        return new TypedVariables(scope);
    }

    /** @throws IllegalStateException when it is missing or no number */
    public long requireLong(String name) {
        if (scope.getVariable(name) instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalStateException("Process variable " + name + " must be a number");
    }

    public int integer(String name, int otherwise) {
        return scope.getVariable(name) instanceof Number number ? number.intValue() : otherwise;
    }

    /** Null when missing or blank. */
    public @Nullable String text(String name) {
        return scope.getVariable(name) instanceof String text && !text.isBlank() ? text.strip() : null;
    }

    /** @throws IllegalStateException when it is missing */
    public String requireText(String name) {
        String text = text(name);
        if (text == null) {
            throw new IllegalStateException("Process variable " + name + " must be given");
        }
        return text;
    }

    /**
     * Null when missing.
     *
     * @throws IllegalArgumentException when it is no date
     */
    public @Nullable LocalDate date(String name) {
        Object value = scope.getVariable(name);
        if (value instanceof Date date) {
            return LocalDate.ofInstant(date.toInstant(), ZoneOffset.UTC);
        }
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(name + " must be a date like 2026-01-31, not " + text, e);
        }
    }

    /** Null when missing. */
    public @Nullable BigDecimal decimal(String name) {
        Object value = scope.getVariable(name);
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        return value instanceof Number || (value instanceof String text && !text.isBlank())
                ? new BigDecimal(value.toString().strip())
                : null;
    }
}
