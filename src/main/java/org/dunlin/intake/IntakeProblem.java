package org.dunlin.intake;

import org.dunlin.receivables.RowProblem.Severity;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a row of a file.
 *
 * @param line   in which the row begins; 0 for the file as a whole
 * @param record kind of record, as mapping files call it
 * @param field  field of the record, with the column it comes from where that has another name
 * @param value  the value as in the file, shortened and made visible
 * @param reason what is wrong
 * @param advice what to do
 */
public record IntakeProblem(
        long line,
        Severity severity,
        @Nullable String record,
        String field,
        @Nullable String value,
        String reason,
        String advice) {

    private static final int LONGEST_VALUE = 80;

    public IntakeProblem {
        value = value == null ? null : visible(value);
        reason = visible(reason, 500);
        field = visible(field, 200);
    }

    static String visible(String text) {
        return visible(text, LONGEST_VALUE);
    }

    /** Without control characters and not longer than {@code longest}, so that it can stand in a log, a page or a report. */
    private static String visible(String text, int longest) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length() && out.length() < longest; i++) {
            char c = text.charAt(i);
            if (c == CsvSource.MALFORMED) {
                out.append('\uFFFD');
            } else if (c == '\n') {
                out.append("\\n");
            } else if (c == '\r') {
                out.append("\\r");
            } else if (c == '\t') {
                out.append("\\t");
            } else if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                out.append(String.format("\\u%04X", (int) c));
            } else if (Character.isSurrogate(c)
                    && !(Character.isHighSurrogate(c)
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1)))) {
                out.append(String.format("\\u%04X", (int) c));
            } else if (Character.isHighSurrogate(c)) {
                out.append(c).append(text.charAt(++i));
            } else {
                out.append(c);
            }
        }
        if (out.length() >= longest && text.length() > longest) {
            out.append('…');
        }
        return out.toString();
    }
}
