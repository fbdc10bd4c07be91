package org.dunlin.receivables;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dunlin.receivables.Allocator.Group;
import org.dunlin.receivables.WriteResult.Outcome;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Makes one customer of two. What the one had belongs to the other from then on, as if it had always been so: the books of
 * earlier days show it with the other too. The row of the one stays and points to the other, so that its key and the references
 * given out under it go on finding them.
 */
@Component
class CustomerMerges {

    /** Persons who came with a merge are tried after those whom the source delivers, and keep out of their positions. */
    private static final int AFTER_ALL_DELIVERED = 1000;

    private final JdbcClient jdbc;
    private final Receivables receivables;
    private final Allocator allocator;
    private final ApplicationEventPublisher events;

    CustomerMerges(JdbcClient jdbc, Receivables receivables, Allocator allocator, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.receivables = receivables;
        this.allocator = allocator;
        this.events = events;
    }

    WriteResult write(List<CustomerMergeRow> list) {
        Rows<CustomerMergeRow> rows = new Rows<>(list, CustomerMergeRow::from);
        receivables.lockCustomers(() -> concerned(list));
        Map<Long, Long> merged = decide(rows);
        if (merged.isEmpty()) {
            return rows.result();
        }
        CustomersMerged event = new CustomersMerged(merged);
        mark(event);
        move(event);
        moveMargins(event);
        append(event);
        Effects effects = new Effects();
        effects.groups.addAll(groups(event));
        effects.changed.addAll(merged.keySet());
        effects.changed.addAll(merged.values());
        allocator.settleOldest(effects);
        events.publishEvent(event);
        events.publishEvent(new LedgerChanged(Set.copyOf(effects.changed)));
        return rows.result();
    }

    private Set<Long> concerned(List<CustomerMergeRow> list) {
        return keys(list)
                .in(
                        jdbc,
                        """
                        with meant as (select c.id, c.merged_into from {input} join customer c using (source, number))
                        select id from meant
                        union select merged_into from meant where merged_into is not null
                        union select c.id from meant m join customer c on c.merged_into = m.id
                        """)
                .query(Long.class)
                .set();
    }

    private static Columns<CustomerKey> keys(List<CustomerMergeRow> list) {
        Set<CustomerKey> keys = new HashSet<>();
        list.forEach(row -> {
            keys.add(row.from());
            keys.add(row.into());
        });
        return Columns.of(keys).text("source", CustomerKey::source).text("number", CustomerKey::number);
    }

    /** The customers of a list of rows, and who is who by now. */
    private static final class People {

        final Map<CustomerKey, Long> ids = new HashMap<>();
        private final Map<Long, CustomerKey> keys = new HashMap<>();
        private final Map<Long, Long> into = new HashMap<>();

        void add(long id, CustomerKey key, @Nullable Long mergedInto) {
            ids.put(key, id);
            keys.put(id, key);
            if (mergedInto != null) {
                into.put(id, mergedInto);
            }
        }

        boolean isMerged(long id) {
            return into.containsKey(id);
        }

        void merge(long from, long to) {
            into.put(from, to);
        }

        /** Who that customer is in the end. */
        long last(long id) {
            long last = id;
            for (Long next = into.get(last); next != null; next = into.get(last)) {
                last = next;
            }
            return last;
        }

        String name(long id) {
            return String.valueOf(keys.get(id));
        }
    }

    /** Goes through the rows in their order. @return who stays by who is no more */
    private Map<Long, Long> decide(Rows<CustomerMergeRow> rows) {
        People people = people(rows.all());
        Set<Long> merged = new HashSet<>();
        rows.waves().stream().flatMap(List::stream).sorted().forEach(index -> {
            CustomerMergeRow row = rows.get(index);
            Long from = people.ids.get(row.from());
            Long into = people.ids.get(row.into());
            if (from == null || into == null) {
                rows.reject(
                        index,
                        from == null ? "from" : "into",
                        from == null ? row.from() : row.into(),
                        "unknown customer",
                        "import the customer first, or correct the number");
            } else if (from.equals(into)) {
                rows.reject(
                        index,
                        "into",
                        row.into(),
                        "a customer cannot be merged into itself",
                        "correct one of the two numbers");
            } else if (people.last(into) == from) {
                rows.reject(
                        index,
                        "into",
                        row.into(),
                        "customer " + row.into() + " was merged into " + row.from()
                                + " before: each would be merged into the other",
                        "leave the row out; " + row.from() + " is the one that stays");
            } else if (!people.isMerged(from)) {
                people.merge(from, people.last(into));
                merged.add(from);
                rows.outcome(index, Outcome.INSERTED);
            } else if (people.last(from) != people.last(into)) {
                String other = people.name(people.last(from));
                rows.reject(
                        index,
                        "from",
                        row.from(),
                        "customer " + row.from() + " is already merged into " + other,
                        "if these are all one customer, merge " + other + " into " + row.into());
            }
        });
        Map<Long, Long> result = new LinkedHashMap<>();
        merged.stream().sorted().forEach(from -> result.put(from, people.last(from)));
        return result;
    }

    private People people(List<CustomerMergeRow> list) {
        People people = new People();
        keys(list)
                .in(
                        jdbc,
                        """
                        with meant as (select c.id, c.merged_into from {input} join customer c using (source, number))
                        select id, source, number, merged_into from customer
                        where id in (select id from meant union select merged_into from meant)
                        """)
                .query((row, n) -> {
                    people.add(
                            row.getLong("id"),
                            new CustomerKey(row.getString("source"), row.getString("number")),
                            row.getObject("merged_into", Long.class));
                    return row.getLong("id");
                })
                .list();
        return people;
    }

    /** Those who were merged into one of them before are merged into the last of the chain now. */
    private void mark(CustomersMerged event) {
        with(
                event,
                """
                update customer c set merged_into = m.heir
                from unnest(:gone::bigint[], :heirs::bigint[]) as m(gone, heir)
                where c.id = m.gone or c.merged_into = m.gone
                """);
    }

    private void move(CustomersMerged event) {
        for (String table : List.of(
                "invoice",
                "credit_note",
                "payment",
                "unspent_money",
                "customer_signal",
                "opportunity",
                "credit_insurance")) {
            with(
                    event,
                    "update " + table + " t set customer_id = m.heir"
                            + " from unnest(:gone::bigint[], :heirs::bigint[]) as m(gone, heir) where t.customer_id = m.gone");
        }
    }

    /** What is said of the one who stays counts before what was said of the others. */
    private void moveMargins(CustomersMerged event) {
        with(
                event,
                """
                insert into gross_margin (creditor_id, customer_id, since, percent)
                select distinct on (g.creditor_id, m.heir, g.since) g.creditor_id, m.heir, g.since, g.percent
                from unnest(:gone::bigint[], :heirs::bigint[]) as m(gone, heir)
                    join gross_margin g on g.customer_id = m.gone
                order by g.creditor_id, m.heir, g.since, m.gone
                on conflict do nothing
                """);
        with(event, "delete from gross_margin where customer_id = any(:gone::bigint[])");
    }

    /** What is new in a person's e-mail address and phone number; somebody of whom both are known is not added. */
    private void append(CustomersMerged event) {
        with(
                event,
                """
                with new as (
                    select m.heir, p.name, p.role, p.position, p.id,
                           case when not exists (
                               select 1 from contact_person k where k.customer_id = m.heir and lower(k.email) = lower(p.email)
                           ) and row_number() over (partition by m.heir, lower(p.email) order by m.gone, p.position) = 1
                               then p.email end as email,
                           case when not exists (
                               select 1 from contact_person k where k.customer_id = m.heir and k.phone = p.phone
                           ) and row_number() over (partition by m.heir, p.phone order by m.gone, p.position) = 1
                               then p.phone end as phone,
                           m.gone
                    from unnest(:gone::bigint[], :heirs::bigint[]) as m(gone, heir)
                        join contact_person p on p.customer_id = m.gone)
                insert into contact_person (customer_id, position, name, role, email, phone)
                select heir,
                       greatest(:after, (select max(k.position) from contact_person k where k.customer_id = heir))
                           + row_number() over (partition by heir order by gone, position),
                       name, role, email, phone
                from new where email is not null or phone is not null
                """);
        with(event, "delete from contact_person where customer_id = any(:gone::bigint[])");
    }

    /** Where money of the one and invoices of the other may find each other now. */
    private Set<Group> groups(CustomersMerged event) {
        return jdbc.sql(
                        "select distinct creditor_id, customer_id, currency from unspent_money where customer_id = any(:heirs)")
                .param("heirs", event.heirs())
                .query((row, n) ->
                        new Group(row.getLong("creditor_id"), row.getLong("customer_id"), row.getString("currency")))
                .set();
    }

    private void with(CustomersMerged event, String sql) {
        jdbc.sql(sql)
                .param("gone", event.gone())
                .param("heirs", event.heirs())
                .param("after", AFTER_ALL_DELIVERED)
                .update();
    }
}
