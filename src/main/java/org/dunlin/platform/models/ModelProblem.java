package org.dunlin.platform.models;

import java.util.List;
import org.camunda.bpm.engine.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Something in a model that models may not do.
 *
 * @param message   what and why, and what to do instead
 * @param line      line in the file, 0 when unknown
 * @param column    column in that line, 0 when unknown
 * @param elementId id of the element, or of the nearest one around it that has an id
 */
record ModelProblem(String message, int line, int column, @Nullable String elementId) implements Problem {

    @Override
    public String getMessage() {
        return message;
    }

    @Override
    public int getLine() {
        return line;
    }

    @Override
    public int getColumn() {
        return column;
    }

    @Override
    public @Nullable String getMainElementId() {
        return elementId;
    }

    @Override
    public List<String> getElementIds() {
        return elementId == null ? List.of() : List.of(elementId);
    }
}
