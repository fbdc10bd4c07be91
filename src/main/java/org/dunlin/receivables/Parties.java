package org.dunlin.receivables;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.dunlin.receivables.Parties.Owner;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Who takes part in a booking: found by their keys, and locked all at once. A customer who was merged into another is that
 * other one, by the old key as by a reference given out under it.
 */
final class Parties {

    private final JdbcClient jdbc;
    private final Receivables receivables;
    private final Map<String, Long> creditors = new HashMap<>();
    private final Map<CustomerKey, Long> customers = new HashMap<>();
    private final Map<String, Owner> references = new HashMap<>();
    private final Set<Long> locked = new HashSet<>();

    /** The two ends of a debt. */
    record Owner(long creditor, long customer) {}

    Parties(JdbcClient jdbc, Receivables receivables) {
        this.jdbc = jdbc;
        this.receivables = receivables;
    }

    void find(Rows<InvoiceRow> invoices, Rows<CreditNoteRow> creditNotes, Rows<PaymentRow> payments) {
        Set<String> creditorNumbers = new HashSet<>();
        Set<CustomerKey> keys = new HashSet<>();
        Set<Long> bases = new HashSet<>();
        invoices.all().forEach(row -> {
            creditorNumbers.add(row.creditor());
            keys.add(row.customer());
        });
        creditNotes.all().forEach(row -> {
            creditorNumbers.add(row.creditor());
            keys.add(row.customer());
        });
        payments.all().forEach(row -> {
            if (row.creditor() != null) {
                creditorNumbers.add(row.creditor());
            }
            if (row.customer() != null) {
                keys.add(row.customer());
            }
            base(row).ifPresent(base -> bases.add(Long.parseLong(base)));
        });
        findCreditors(creditorNumbers);
        findCustomers(keys);
        findReferences(bases);
    }

    /** Every customer who was found. */
    Set<Long> all() {
        Set<Long> all = new HashSet<>(customers.values());
        references.values().forEach(owner -> all.add(owner.customer()));
        return all;
    }

    /** Takes the locks that are not held yet. */
    void lock(Collection<Long> ids) {
        Set<Long> more = new HashSet<>(ids);
        more.removeAll(locked);
        if (!more.isEmpty()) {
            receivables.lockCustomers(more);
            locked.addAll(more);
        }
    }

    /** Whether one of them was merged into another while we waited for the lock: then all have to be found again. */
    boolean mergedMeanwhile() {
        return jdbc.sql("select exists (select 1 from customer where id = any(:ids) and merged_into is not null)")
                .param("ids", all().toArray(Long[]::new))
                .query(Boolean.class)
                .single();
    }

    private void findCreditors(Set<String> numbers) {
        jdbc.sql("select id, number from creditor where number = any(:numbers)")
                .param("numbers", numbers.toArray(String[]::new))
                .query((row, n) -> creditors.put(row.getString("number"), row.getLong("id")))
                .list();
    }

    private void findCustomers(Set<CustomerKey> keys) {
        if (keys.isEmpty()) {
            return;
        }
        Columns.of(keys)
                .text("source", CustomerKey::source)
                .text("number", CustomerKey::number)
                .in(
                        jdbc,
                        """
                        select coalesce(c.merged_into, c.id) as id, c.source, c.number
                        from {input} join customer c using (source, number)
                        """)
                .query((row, n) -> customers.put(
                        new CustomerKey(row.getString("source"), row.getString("number")), row.getLong("id")))
                .list();
    }

    private void findReferences(Set<Long> bases) {
        if (bases.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        select r.base, r.creditor_id, coalesce(c.merged_into, c.id) as customer_id
                        from payment_reference r join customer c on c.id = r.customer_id where r.base = any(:bases)
                        """)
                .param("bases", bases.toArray(Long[]::new))
                .query((row, n) -> references.put(
                        row.getString("base"), new Owner(row.getLong("creditor_id"), row.getLong("customer_id"))))
                .list();
    }

    private Optional<String> base(PaymentRow row) {
        Optional<PaymentReference> reference =
                row.reference() == null ? Optional.empty() : PaymentReference.parse(row.reference());
        return reference
                .or(() -> row.remittance() == null ? Optional.empty() : PaymentReference.find(row.remittance()))
                .map(PaymentReference::base);
    }

    @Nullable
    Owner ownerByReference(PaymentRow row) {
        return base(row).map(references::get).orElse(null);
    }

    /** Whom the payment was made to, as far as is known. */
    @Nullable
    Long creditor(PaymentRow row) {
        if (row.creditor() != null) {
            return creditors.get(row.creditor());
        }
        Owner owner = ownerByReference(row);
        return owner == null ? null : owner.creditor();
    }

    boolean knows(String creditor) {
        return creditors.containsKey(creditor);
    }

    boolean knows(CustomerKey customer) {
        return customers.containsKey(customer);
    }

    /** Of a creditor who is known. */
    long creditor(String number) {
        return Objects.requireNonNull(creditors.get(number));
    }

    /** Of a customer who is known. */
    long customer(CustomerKey key) {
        return Objects.requireNonNull(customers.get(key));
    }

    /** Rejects the row when creditor or customer are not known. */
    boolean accept(Rows<?> rows, int index, String creditor, CustomerKey customer) {
        boolean known = true;
        if (!creditors.containsKey(creditor)) {
            unknownCreditor(rows, index, creditor);
            known = false;
        }
        if (!customers.containsKey(customer)) {
            rows.reject(
                    index,
                    "customer",
                    customer,
                    "unknown customer",
                    "import the customer first, or correct the number");
            known = false;
        }
        return known;
    }

    static void unknownCreditor(Rows<?> rows, int index, String creditor) {
        rows.reject(
                index, "creditor", creditor, "unknown creditor", "import the creditor first, or correct the number");
    }
}
