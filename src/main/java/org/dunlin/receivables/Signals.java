package org.dunlin.receivables;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dunlin.receivables.WriteResult.Outcome;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes what other systems say beside the ledger: what customers did, how they are insured, how risky their region and sector
 * are, what they yield and cost. Idempotent by the source's own keys and the day; a row that comes again with other values
 * corrects what was said. Each call is one transaction, or part of the caller's.
 */
@Repository
public class Signals {

    private final JdbcClient jdbc;
    private final Receivables receivables;

    Signals(JdbcClient jdbc, Receivables receivables) {
        this.jdbc = jdbc;
        this.receivables = receivables;
    }

    @Transactional
    public WriteResult signals(List<SignalRow> list) {
        return write(
                new Rows<>(list, row -> List.of(row.kind(), row.customer().source(), row.number())),
                SignalRow::customer,
                null,
                new Table<SignalRow>("customer_signal")
                        .key("source", "text", row -> row.customer().source())
                        .key("kind", "text", SignalRow::kind)
                        .key("number", "text", SignalRow::number)
                        .value("happened_on", "date", SignalRow::happenedOn)
                        .value("amount", "numeric", row -> amount(row.amount()))
                        .value("currency", "text", row -> currency(row.amount()))
                        .value("note", "text", SignalRow::note));
    }

    @Transactional
    public WriteResult opportunities(List<OpportunityRow> list) {
        return write(
                new Rows<>(list, row -> List.of(row.customer().source(), row.number(), row.since())),
                OpportunityRow::customer,
                null,
                new Table<OpportunityRow>("opportunity")
                        .key("source", "text", row -> row.customer().source())
                        .key("number", "text", OpportunityRow::number)
                        .key("since", "date", OpportunityRow::since)
                        .value("stage", "text", OpportunityRow::stage)
                        .value("amount", "numeric", row -> amount(row.amount()))
                        .value("currency", "text", row -> currency(row.amount())));
    }

    @Transactional
    public WriteResult creditInsurances(List<CreditInsuranceRow> list) {
        return write(
                new Rows<>(list, row -> List.of(row.customer().source(), row.number(), row.since())),
                CreditInsuranceRow::customer,
                null,
                new Table<CreditInsuranceRow>("credit_insurance")
                        .key("source", "text", row -> row.customer().source())
                        .key("number", "text", CreditInsuranceRow::number)
                        .key("since", "date", CreditInsuranceRow::since)
                        .value("until", "date", CreditInsuranceRow::until)
                        .value("insurer", "text", CreditInsuranceRow::insurer)
                        .value("currency", "text", row -> currency(row.limit()))
                        .value("credit_limit", "numeric", row -> amount(row.limit()))
                        .value("covered", "numeric", row -> amount(row.covered())));
    }

    @Transactional
    public WriteResult regionRisks(List<RegionRiskRow> list) {
        return write(
                new Rows<>(list, row -> List.of(row.country(), region(row), row.since())),
                null,
                null,
                new Table<RegionRiskRow>("region_risk")
                        .key("country", "text", RegionRiskRow::country)
                        .key("region", "text", Signals::region)
                        .key("since", "date", RegionRiskRow::since)
                        .value("risk", "integer", RegionRiskRow::risk));
    }

    @Transactional
    public WriteResult sectorRisks(List<SectorRiskRow> list) {
        return write(
                new Rows<>(list, row -> List.of(row.sector(), row.since())),
                null,
                null,
                new Table<SectorRiskRow>("sector_risk")
                        .key("sector", "text", SectorRiskRow::sector)
                        .key("since", "date", SectorRiskRow::since)
                        .value("risk", "integer", SectorRiskRow::risk));
    }

    @Transactional
    public WriteResult grossMargins(List<GrossMarginRow> list) {
        return write(
                new Rows<>(list, row -> Stream.of(row.creditor(), row.customer(), row.since())
                        .map(String::valueOf)
                        .toList()),
                GrossMarginRow::customer,
                GrossMarginRow::creditor,
                new Table<GrossMarginRow>("gross_margin")
                        .key("since", "date", GrossMarginRow::since)
                        .value("percent", "numeric", GrossMarginRow::percent));
    }

    @Transactional
    public WriteResult collectionCosts(List<CollectionCostRow> list) {
        return write(
                new Rows<>(list, row -> List.of(row.kind(), row.amount().currency(), row.since())),
                null,
                null,
                new Table<CollectionCostRow>("collection_cost")
                        .key("kind", "text", CollectionCostRow::kind)
                        .key("currency", "text", row -> currency(row.amount()))
                        .key("since", "date", CollectionCostRow::since)
                        .value("amount", "numeric", row -> amount(row.amount())));
    }

    private static String region(RegionRiskRow row) {
        return row.region() == null ? "" : row.region();
    }

    private static @Nullable BigDecimal amount(@Nullable Money money) {
        return money == null ? null : money.amount();
    }

    private static @Nullable String currency(@Nullable Money money) {
        return money == null ? null : money.currency().getCurrencyCode();
    }

    /**
     * @param customer whom a row is about; its answer may be null where a row may be about all
     * @param creditor the creditor of a row, who is part of the key together with the customer
     */
    private <T> WriteResult write(
            Rows<T> rows,
            @Nullable Function<T, @Nullable CustomerKey> customer,
            @Nullable Function<T, String> creditor,
            Table<T> table) {
        Map<CustomerKey, Long> customers = new HashMap<>();
        if (customer != null) {
            Set<CustomerKey> keys =
                    rows.all().stream().map(customer).filter(Objects::nonNull).collect(Collectors.toSet());
            // A customer who is merged at this moment is the other one afterwards.
            receivables.lockCustomers(() -> {
                customers.clear();
                customers.putAll(customers(keys));
                return Set.copyOf(customers.values());
            });
            Function<T, @Nullable CustomerKey> whose = customer;
            Function<T, @Nullable Object> id = row -> {
                CustomerKey key = whose.apply(row);
                return key == null ? null : customers.get(key);
            };
            if (creditor == null) {
                table.value("customer_id", "bigint", id);
            } else {
                table.key("customer_id", "bigint", "coalesce(%scustomer_id, 0)", id);
            }
        }
        Map<String, Long> creditors = new HashMap<>();
        if (creditor != null) {
            creditors.putAll(creditors(rows.all().stream().map(creditor).collect(Collectors.toSet())));
            Function<T, String> whose = creditor;
            table.key("creditor_id", "bigint", row -> creditors.get(whose.apply(row)));
        }
        for (List<Integer> wave : rows.waves()) {
            List<Integer> known = new ArrayList<>();
            for (int index : wave) {
                T row = rows.get(index);
                CustomerKey key = customer == null ? null : customer.apply(row);
                if (creditor != null && !creditors.containsKey(creditor.apply(row))) {
                    Parties.unknownCreditor(rows, index, creditor.apply(row));
                } else if (key != null && !customers.containsKey(key)) {
                    rows.reject(
                            index,
                            "customer",
                            key,
                            "unknown customer",
                            "import the customer first, or correct the number");
                } else {
                    known.add(index);
                }
            }
            write(rows, known, table);
        }
        return rows.result();
    }

    private <T> void write(Rows<T> rows, List<Integer> indexes, Table<T> table) {
        if (indexes.isEmpty()) {
            return;
        }
        Map<Integer, Boolean> there = new HashMap<>();
        table.columns(indexes.stream().map(rows::get).toList())
                .in(
                        jdbc,
                        "select input.row, (" + table.names("t.", table.values) + ") is not distinct from ("
                                + table.names("input.", table.values) + ") as same from {input} join " + table.name
                                + " t on " + table.sameKey())
                .query((row, n) -> there.put(indexes.get(row.getInt("row")), row.getBoolean("same")))
                .list();
        List<Integer> news = indexes.stream()
                .filter(index -> !there.getOrDefault(index, false))
                .toList();
        if (news.isEmpty()) {
            return;
        }
        table.columns(news.stream().map(rows::get).toList())
                .in(
                        jdbc,
                        "insert into " + table.name + " (" + table.names("", table.all()) + ") select "
                                + table.names("input.", table.all()) + " from {input} order by "
                                + table.target("input.")
                                + " on conflict (" + table.target("") + ") do update set ("
                                + table.names("", table.values) + ") = row (" + table.names("excluded.", table.values)
                                + ")")
                .update();
        news.forEach(index -> rows.outcome(index, there.containsKey(index) ? Outcome.CHANGED : Outcome.INSERTED));
    }

    private Map<CustomerKey, Long> customers(Set<CustomerKey> keys) {
        Map<CustomerKey, Long> found = new HashMap<>();
        Columns.of(keys)
                .text("source", CustomerKey::source)
                .text("number", CustomerKey::number)
                .in(
                        jdbc,
                        """
                        select coalesce(c.merged_into, c.id) as id, c.source, c.number
                        from {input} join customer c using (source, number)
                        """)
                .query((row, n) ->
                        found.put(new CustomerKey(row.getString("source"), row.getString("number")), row.getLong("id")))
                .list();
        return found;
    }

    private Map<String, Long> creditors(Set<String> numbers) {
        Map<String, Long> found = new HashMap<>();
        jdbc.sql("select id, number from creditor where number = any(:numbers)")
                .param("numbers", numbers.toArray(String[]::new))
                .query((row, n) -> found.put(row.getString("number"), row.getLong("id")))
                .list();
        return found;
    }

    /** A table with what its rows are known by, and what is said of them. */
    private static final class Table<T> {

        private record Column<T>(String type, String expression, Function<T, ? extends @Nullable Object> value) {}

        private final String name;
        private final Map<String, Column<T>> keys = new LinkedHashMap<>();
        private final Map<String, Column<T>> values = new LinkedHashMap<>();

        Table(String name) {
            this.name = name;
        }

        Table<T> key(String column, String type, Function<T, ? extends @Nullable Object> value) {
            return key(column, type, "%s" + column, value);
        }

        /** @param expression by which the unique index knows it, with a place for what qualifies the column */
        Table<T> key(String column, String type, String expression, Function<T, ? extends @Nullable Object> value) {
            keys.put(column, new Column<>(type, expression, value));
            return this;
        }

        Table<T> value(String column, String type, Function<T, ? extends @Nullable Object> value) {
            values.put(column, new Column<>(type, "%s" + column, value));
            return this;
        }

        Map<String, Column<T>> all() {
            Map<String, Column<T>> all = new LinkedHashMap<>(keys);
            all.putAll(values);
            return all;
        }

        Columns<T> columns(List<T> rows) {
            Columns<T> columns = Columns.of(rows);
            all().forEach((column, of) -> columns.column(column, of.type(), of.value()));
            return columns;
        }

        String names(String prefix, Map<String, Column<T>> of) {
            return of.keySet().stream().map(prefix::concat).collect(Collectors.joining(", "));
        }

        String target(String prefix) {
            return keys.values().stream()
                    .map(column -> column.expression().formatted(prefix))
                    .collect(Collectors.joining(", "));
        }

        String sameKey() {
            return keys.values().stream()
                    .map(column -> column.expression().formatted("t.") + " = "
                            + column.expression().formatted("input."))
                    .collect(Collectors.joining(" and "));
        }
    }
}
