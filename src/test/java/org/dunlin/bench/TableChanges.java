package org.dunlin.bench;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of one table that were inserted, updated and deleted. */
record TableChanges(long inserted, long updated, long deleted) {

    static final TableChanges NONE = new TableChanges(0, 0, 0);

    /** Since the server's start, by table of the product. */
    static Map<String, TableChanges> all(JdbcClient jdbc) {
        Map<String, TableChanges> all = new TreeMap<>();
        jdbc.sql("select relname, n_tup_ins, n_tup_upd, n_tup_del from pg_stat_user_tables where schemaname = 'public'")
                .query(row -> {
                    all.put(row.getString(1), new TableChanges(row.getLong(2), row.getLong(3), row.getLong(4)));
                });
        return all;
    }

    static Map<String, TableChanges> between(Map<String, TableChanges> before, Map<String, TableChanges> after) {
        return after.entrySet().stream()
                .map(table ->
                        Map.entry(table.getKey(), table.getValue().minus(before.getOrDefault(table.getKey(), NONE))))
                .filter(table -> table.getValue().total() > 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
    }

    long total() {
        return inserted + updated + deleted;
    }

    private TableChanges minus(TableChanges before) {
        return new TableChanges(inserted - before.inserted, updated - before.updated, deleted - before.deleted);
    }
}
