package org.dunlin.intake;

import java.nio.charset.Charset;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of certain files become records of the ledger.
 *
 * @param name        where it is written down, for messages
 * @param files       globs of file names it applies to, without regard to case
 * @param source      the system the data comes from; part of the keys of customers and payments
 * @param dateFormats tried in this order
 */
record Mapping(
        String name,
        List<String> files,
        String source,
        Csv csv,
        List<DateFormat> dateFormats,
        char decimal,
        @Nullable Character grouping,
        List<Rule> records) {

    /** @param delimiter {@code null}: the one of comma, semicolon, tab and bar that stands most often in the header */
    record Csv(@Nullable Character delimiter, char quote, Charset encoding) {}

    record DateFormat(String pattern, DateTimeFormatter formatter) {}

    /**
     * Makes one record from a row.
     *
     * @param when   columns that must not be empty, otherwise the row makes no such record
     * @param fields by name of the field; {@code null}: every field from the column of the same name, if there is one
     */
    record Rule(RecordType type, List<String> when, @Nullable Map<String, Field> fields) {}

    /**
     * Where the value of a field comes from.
     *
     * @param column    {@code null} for a constant
     * @param values    what to read instead of a value of the file; others are taken as they are
     * @param otherwise the constant, or what to take when the column is empty
     * @param optional  the file need not have the column
     */
    record Field(@Nullable String column, Map<String, String> values, @Nullable String otherwise, boolean optional) {}

    boolean appliesTo(String fileName) {
        Path path = Path.of(fileName.toLowerCase(Locale.ROOT));
        return files.stream().anyMatch(glob -> FileSystems.getDefault()
                .getPathMatcher("glob:" + glob.toLowerCase(Locale.ROOT))
                .matches(path));
    }

    /** The first type it makes: files are taken in the order of these. */
    RecordType first() {
        return records.stream().map(Rule::type).min(RecordType::compareTo).orElseThrow();
    }
}
