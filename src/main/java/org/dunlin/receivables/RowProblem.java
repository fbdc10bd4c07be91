package org.dunlin.receivables;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with one of the rows that were to be written.
 *
 * @param row      index in the list that was given, from 0
 * @param field    component of the row record
 * @param value    the value in question
 * @param reason   what is wrong, for a reader who knows the ledger
 * @param advice   what to do about it
 */
public record RowProblem(
        int row, Severity severity, String field, @Nullable String value, String reason, String advice) {

    /** How bad it is. */
    public enum Severity {
        /** The row is not in the ledger. */
        REJECTED,
        /** The row is in the ledger; a person should look at it. */
        WARNING
    }
}
