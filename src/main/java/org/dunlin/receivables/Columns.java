package org.dunlin.receivables;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Many rows as a table in one statement: an array for each column, turned back into rows by {@code unnest}. The statement names
 * them {@code input}; {@code input.row} counts from 0.
 */
final class Columns<T> {

    private final List<T> rows;
    private final Map<String, String> types = new LinkedHashMap<>();
    private final Map<String, @Nullable String[]> values = new LinkedHashMap<>();

    private Columns(Collection<T> rows) {
        this.rows = List.copyOf(rows);
    }

    static <T> Columns<T> of(Collection<T> rows) {
        return new Columns<>(rows);
    }

    Columns<T> text(String name, Function<T, ? extends @Nullable Object> value) {
        return column(name, "text", value);
    }

    Columns<T> column(String name, String type, Function<T, ? extends @Nullable Object> value) {
        @Nullable String[] column = new String[rows.size()];
        for (int i = 0; i < column.length; i++) {
            Object field = value.apply(rows.get(i));
            column[i] = field == null
                    ? null
                    : field instanceof BigDecimal number ? number.toPlainString() : field.toString();
        }
        types.put(name, type);
        values.put(name, column);
        return this;
    }

    /** The statement with {@code {input}} replaced by the table. */
    JdbcClient.StatementSpec in(JdbcClient jdbc, String sql) {
        String arrays = types.entrySet().stream()
                .map(column -> ":" + column.getKey() + "::text[]::" + column.getValue() + "[]")
                .collect(Collectors.joining(", "));
        String table = "(select u.*, (n - 1)::integer as row from unnest(" + arrays + ") with ordinality as u("
                + String.join(", ", types.keySet()) + ", n)) as input";
        return jdbc.sql(sql.replace("{input}", table)).params(values);
    }
}
