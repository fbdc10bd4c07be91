package org.dunlin.receivables;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dunlin.receivables.CustomerRow.PersonRow;
import org.dunlin.receivables.WriteResult.Outcome;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes creditors and customers. Existing rows are locked in the order of their ids and changed where they differ; new ones
 * are inserted in the order of their keys. So two writers wait for each other at worst, and never in a circle.
 */
@Component
class MasterData {

    private final JdbcClient jdbc;

    MasterData(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    WriteResult creditors(List<CreditorRow> list) {
        Map<String, Attribute<CreditorRow>> attributes = new LinkedHashMap<>();
        attributes.put("name", Attribute.required(CreditorRow::name));
        attributes.put("street", Attribute.text(CreditorRow::street));
        attributes.put("postal_code", Attribute.text(CreditorRow::postalCode));
        attributes.put("city", Attribute.text(CreditorRow::city));
        attributes.put("country", Attribute.required(CreditorRow::country));
        attributes.put("language", Attribute.required(CreditorRow::language));
        attributes.put("time_zone", Attribute.text(CreditorRow::timeZone).otherwise("'UTC'"));
        attributes.put("iban", Attribute.text(CreditorRow::iban));
        attributes.put("bic", Attribute.text(CreditorRow::bic));
        attributes.put("vat_number", Attribute.text(CreditorRow::vatNumber));
        attributes.put("sender_name", Attribute.text(CreditorRow::senderName).otherwise("name"));
        attributes.put("sender_email", Attribute.required(CreditorRow::senderEmail));
        attributes.put("phone", Attribute.text(CreditorRow::phone));
        Rows<CreditorRow> rows = new Rows<>(list, CreditorRow::number);
        Table<CreditorRow> table = new Table<>("creditor", Map.of("number", CreditorRow::number), attributes);
        for (List<Integer> wave : rows.waves()) {
            write(rows, wave, table);
        }
        return rows.result();
    }

    WriteResult customers(List<CustomerRow> list) {
        Map<String, Attribute<CustomerRow>> attributes = new LinkedHashMap<>();
        attributes.put("kind", Attribute.text(CustomerRow::kind).otherwise("'COMPANY'"));
        attributes.put("name", Attribute.required(CustomerRow::name));
        attributes.put("vat_number", Attribute.text(CustomerRow::vatNumber));
        attributes.put("street", Attribute.text(CustomerRow::street));
        attributes.put("postal_code", Attribute.text(CustomerRow::postalCode));
        attributes.put("city", Attribute.text(CustomerRow::city));
        attributes.put("country", Attribute.required(CustomerRow::country));
        attributes.put("region", Attribute.text(CustomerRow::region));
        attributes.put("language", Attribute.required(CustomerRow::language));
        attributes.put("sector", Attribute.text(CustomerRow::sector));
        attributes.put("employees", Attribute.of("integer", CustomerRow::employees));
        attributes.put("account_manager", Attribute.text(CustomerRow::accountManager));
        attributes.put("preferred_channel", Attribute.text(CustomerRow::preferredChannel));
        attributes.put("external_rating", Attribute.of("integer", CustomerRow::externalRating));
        attributes.put(
                "credit_limit",
                Attribute.of(
                        "numeric",
                        row -> row.creditLimit() == null
                                ? null
                                : row.creditLimit().amount()));
        attributes.put(
                "credit_currency",
                Attribute.text(row -> row.creditLimit() == null
                        ? null
                        : row.creditLimit().currency().getCurrencyCode()));
        Map<String, Function<CustomerRow, String>> key = new LinkedHashMap<>();
        key.put("source", row -> row.key().source());
        key.put("number", row -> row.key().number());
        Rows<CustomerRow> rows = new Rows<>(list, CustomerRow::key);
        Table<CustomerRow> table = new Table<>("customer", key, attributes);
        for (List<Integer> wave : rows.waves()) {
            List<Integer> written = write(rows, unmerged(rows, wave), table);
            persons(rows, written);
        }
        return rows.result();
    }

    /** Without the customers who were merged into another: what their source still says of them must not overwrite the other. */
    private List<Integer> unmerged(Rows<CustomerRow> rows, List<Integer> wave) {
        Map<Integer, String> merged = new HashMap<>();
        Columns.of(wave)
                .column("index", "integer", i -> i)
                .text("source", i -> rows.get(i).key().source())
                .text("number", i -> rows.get(i).key().number())
                .in(
                        jdbc,
                        """
                        select input.index, other.number
                        from {input}
                            join customer c using (source, number)
                            join customer other on other.id = c.merged_into
                        """)
                .query((row, n) -> merged.put(row.getInt("index"), row.getString("number")))
                .list();
        merged.forEach((index, other) -> rows.warn(
                index,
                "number",
                rows.get(index).key(),
                "the customer was merged into " + other + ": what the row says of it is not used",
                "leave it out from now on, and send what changes under " + other));
        return wave.stream().filter(index -> !merged.containsKey(index)).toList();
    }

    /** @return the indexes of the rows that are in the table now */
    private <T> List<Integer> write(Rows<T> rows, List<Integer> wave, Table<T> table) {
        Set<Integer> known = new HashSet<>(known(rows, wave, table));
        List<Integer> old = new ArrayList<>();
        List<Integer> fresh = new ArrayList<>();
        for (int index : wave) {
            if (known.contains(index)) {
                old.add(index);
            } else if (complete(rows, index, table)) {
                fresh.add(index);
            }
        }
        change(rows, old, table);
        insert(rows, fresh, table);
        old.addAll(fresh);
        return old;
    }

    private <T> List<Integer> known(Rows<T> rows, List<Integer> wave, Table<T> table) {
        return table
                .keys(wave.stream().map(rows::get).toList())
                .in(jdbc, "select input.row from {input} join " + table.name + " t on " + table.sameKey())
                .query(Integer.class)
                .list()
                .stream()
                .map(wave::get)
                .toList();
    }

    private static <T> boolean complete(Rows<T> rows, int index, Table<T> table) {
        List<String> missing = table.attributes.entrySet().stream()
                .filter(attribute -> attribute.getValue().required)
                .filter(attribute -> attribute.getValue().value.apply(rows.get(index)) == null)
                .map(attribute -> attribute.getKey().replace('_', ' '))
                .toList();
        for (String field : missing) {
            rows.reject(
                    index,
                    field,
                    null,
                    "a new " + table.name + " needs it, and none is given",
                    "give the " + field + ", or import the " + table.name + " first");
        }
        return missing.isEmpty();
    }

    private <T> void change(Rows<T> rows, List<Integer> indexes, Table<T> table) {
        if (indexes.isEmpty()) {
            return;
        }
        Columns<T> input = table.all(indexes.stream().map(rows::get).toList());
        String differs = table.attributes.keySet().stream()
                .map(column ->
                        "(input." + column + " is not null and input." + column + " is distinct from t." + column + ")")
                .collect(Collectors.joining(" or "));
        List<Integer> different = input.in(
                        jdbc,
                        "select input.row from {input} join " + table.name + " t on " + table.sameKey() + " where ("
                                + differs + ") order by t.id for no key update of t")
                .query(Integer.class)
                .list();
        if (different.isEmpty()) {
            return;
        }
        String assignments = table.attributes.keySet().stream()
                .map(column -> column + " = coalesce(input." + column + ", t." + column + ")")
                .collect(Collectors.joining(", "));
        input.in(
                        jdbc,
                        "update " + table.name + " t set " + assignments + " from {input} where " + table.sameKey()
                                + " and (" + differs + ") returning input.row")
                .query(Integer.class)
                .list()
                .forEach(row -> rows.outcome(indexes.get(row), Outcome.CHANGED));
    }

    private <T> void insert(Rows<T> rows, List<Integer> indexes, Table<T> table) {
        if (indexes.isEmpty()) {
            return;
        }
        List<String> columns = new ArrayList<>(table.key.keySet());
        columns.addAll(table.attributes.keySet());
        String values = columns.stream()
                .map(column -> {
                    Attribute<T> attribute = table.attributes.get(column);
                    String otherwise = attribute == null ? null : attribute.otherwise;
                    return otherwise == null ? column : "coalesce(" + column + ", " + otherwise + ")";
                })
                .collect(Collectors.joining(", "));
        String key = String.join(", ", table.key.keySet());
        List<T> input = indexes.stream().map(rows::get).toList();
        Set<List<String>> inserted = new HashSet<>(table.all(input)
                .in(
                        jdbc,
                        "insert into " + table.name + " (" + String.join(", ", columns) + ") select " + values
                                + " from {input} order by " + key + " on conflict (" + key
                                + ") do nothing returning " + key)
                .query((row, n) -> {
                    List<String> found = new ArrayList<>();
                    for (String column : table.key.keySet()) {
                        found.add(row.getString(column));
                    }
                    return found;
                })
                .list());
        IntStream.range(0, input.size())
                .filter(i -> inserted.contains(table.key.values().stream()
                        .map(part -> part.apply(input.get(i)))
                        .toList()))
                .forEach(i -> rows.outcome(indexes.get(i), Outcome.INSERTED));
    }

    private void persons(Rows<CustomerRow> rows, List<Integer> indexes) {
        record Delivered(int index, CustomerKey key, int position, PersonRow person) {}
        record Count(CustomerKey key, int persons) {}
        List<Delivered> delivered = new ArrayList<>();
        List<Count> counts = new ArrayList<>();
        for (int index : indexes) {
            List<PersonRow> persons = rows.get(index).persons();
            if (persons != null) {
                counts.add(new Count(rows.get(index).key(), persons.size()));
                for (int i = 0; i < persons.size(); i++) {
                    delivered.add(new Delivered(index, rows.get(index).key(), i + 1, persons.get(i)));
                }
            }
        }
        if (counts.isEmpty()) {
            return;
        }
        Set<CustomerKey> changed = new HashSet<>();
        changed.addAll(Columns.of(counts)
                .text("source", count -> count.key().source())
                .text("number", count -> count.key().number())
                .column("persons", "integer", Count::persons)
                .in(
                        jdbc,
                        """
                        delete from contact_person p using {input} join customer c using (source, number)
                        where p.customer_id = c.id and p.position > input.persons and p.delivered is not null
                        returning c.source, c.number
                        """)
                .query((row, n) -> new CustomerKey(row.getString(1), row.getString(2)))
                .list());
        if (!delivered.isEmpty()) {
            changed.addAll(Columns.of(delivered)
                    .text("source", person -> person.key().source())
                    .text("number", person -> person.key().number())
                    .column("position", "integer", Delivered::position)
                    .text("name", person -> person.person().name())
                    .text("role", person -> person.person().role())
                    .text("email", person -> person.person().email())
                    .text("phone", person -> person.person().phone())
                    .text("delivered", person -> person.person().fingerprint())
                    .in(
                            jdbc,
                            """
                            with written as (
                                insert into contact_person (customer_id, position, name, role, email, phone, delivered)
                                select c.id, input.position, input.name, input.role, input.email, input.phone, md5(input.delivered)
                                from {input}
                                    join customer c using (source, number)
                                    left join contact_person p on p.customer_id = c.id and p.position = input.position
                                where p.delivered is distinct from md5(input.delivered)
                                order by c.id, input.position
                                on conflict (customer_id, position) do update
                                set name = excluded.name, role = excluded.role, email = excluded.email, phone = excluded.phone,
                                    delivered = excluded.delivered
                                where contact_person.delivered is distinct from excluded.delivered
                                returning customer_id)
                            select distinct c.source, c.number from written w join customer c on c.id = w.customer_id
                            """)
                    .query((row, n) -> new CustomerKey(row.getString(1), row.getString(2)))
                    .list());
        }
        for (int index : indexes) {
            if (changed.contains(rows.get(index).key()) && rows.isUndecided(index)) {
                rows.outcome(index, Outcome.CHANGED);
            }
        }
    }

    /** A column beside the key. */
    private record Attribute<T>(
            String type, Function<T, ? extends @Nullable Object> value, boolean required, @Nullable String otherwise) {

        static <T> Attribute<T> text(Function<T, ? extends @Nullable Object> value) {
            return of("text", value);
        }

        static <T> Attribute<T> of(String type, Function<T, ? extends @Nullable Object> value) {
            return new Attribute<>(type, value, false, null);
        }

        static <T> Attribute<T> required(Function<T, ? extends @Nullable Object> value) {
            return new Attribute<>("text", value, true, null);
        }

        /** What a new row gets when nothing is given, as SQL. */
        Attribute<T> otherwise(String sql) {
            return new Attribute<>(type, value, required, sql);
        }
    }

    private record Table<T>(String name, Map<String, Function<T, String>> key, Map<String, Attribute<T>> attributes) {

        Columns<T> keys(List<T> rows) {
            Columns<T> columns = Columns.of(rows);
            key.forEach(columns::text);
            return columns;
        }

        Columns<T> all(List<T> rows) {
            Columns<T> columns = keys(rows);
            attributes.forEach((column, attribute) -> columns.column(column, attribute.type, attribute.value));
            return columns;
        }

        String sameKey() {
            return key.keySet().stream()
                    .map(column -> "t." + column + " = input." + column)
                    .collect(Collectors.joining(" and "));
        }
    }
}
