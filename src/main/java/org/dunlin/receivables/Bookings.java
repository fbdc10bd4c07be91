package org.dunlin.receivables;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.dunlin.receivables.Allocator.Claim;
import org.dunlin.receivables.Allocator.Group;
import org.dunlin.receivables.Allocator.Source;
import org.dunlin.receivables.Allocator.Touched;
import org.dunlin.receivables.InvoiceRow.Dispute;
import org.dunlin.receivables.WriteResult.Outcome;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes invoices, credit notes and payments, a list of each at a time. */
@Component
class Bookings {

    private final JdbcClient jdbc;
    private final Receivables receivables;
    private final Allocator allocator;
    private final ApplicationEventPublisher events;

    Bookings(JdbcClient jdbc, Receivables receivables, Allocator allocator, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.receivables = receivables;
        this.allocator = allocator;
        this.events = events;
    }

    Booking book(List<InvoiceRow> invoices, List<CreditNoteRow> creditNotes, List<PaymentRow> payments) {
        Call call = new Call(
                new Rows<>(invoices, row -> List.of(row.creditor(), row.number())),
                new Rows<>(creditNotes, row -> List.of(row.creditor(), row.number())),
                new Rows<>(payments, row -> List.of(String.valueOf(row.creditor()), row.source(), row.number())));
        call.lock();
        call.writeInvoices();
        call.writeCreditNotes();
        call.writePayments();
        call.allocate();
        return new Booking(call.invoices.result(), call.creditNotes.result(), call.payments.result());
    }

    private record Key(long creditor, String number) {}

    private record KnownInvoice(
            long id,
            long customer,
            String customerNumber,
            String currency,
            BigDecimal gross,
            BigDecimal settled,
            LocalDate issuedOn,
            LocalDate dueOn,
            Dispute dispute,
            @Nullable String description) {}

    private record KnownMoney(
            long id,
            long customer,
            String customerNumber,
            String currency,
            BigDecimal amount,
            BigDecimal settled,
            LocalDate day) {}

    private record Named(String invoice, @Nullable BigDecimal amount) {}

    /** Money of this call: what it is, whose, and which invoices its payer named. */
    private record Incoming(
            Rows<?> rows, int index, Source source, Group group, LocalDate day, List<Named> named, boolean known) {}

    private record NewInvoice(
            int index, long creditor, long customer, InvoiceRow row, Dispute dispute, @Nullable String description) {}

    private record NewCreditNote(int index, long creditor, long customer, CreditNoteRow row) {}

    private record NewPayment(int index, long creditor, long customer, PaymentRow row) {}

    private record Owner(long creditor, long customer) {}

    /** One call, from the locks to the allocation. */
    private final class Call {

        final Rows<InvoiceRow> invoices;
        final Rows<CreditNoteRow> creditNotes;
        final Rows<PaymentRow> payments;
        final Map<String, Long> creditors = new HashMap<>();
        final Map<CustomerKey, Long> customers = new HashMap<>();
        final Map<String, Owner> references = new HashMap<>();
        final Set<Long> locked = new HashSet<>();

        final Set<Group> groups = new LinkedHashSet<>();
        final List<Key> arrived = new ArrayList<>();
        final List<Incoming> incoming = new ArrayList<>();
        final List<Incoming> resent = new ArrayList<>();
        final Set<Long> changed = new HashSet<>();

        Call(Rows<InvoiceRow> invoices, Rows<CreditNoteRow> creditNotes, Rows<PaymentRow> payments) {
            this.invoices = invoices;
            this.creditNotes = creditNotes;
            this.payments = payments;
        }

        /** Finds who is concerned and takes all their locks at once: taken one by one they could lead to a deadlock. */
        void lock() {
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
            Set<Long> concerned = new HashSet<>(customers.values());
            references.values().forEach(owner -> concerned.add(owner.customer()));
            invoicesNamed(namedByPayments()).values().forEach(invoice -> concerned.add(invoice.customer()));
            concerned.addAll(whoseMoneyWaits());
            lock(concerned);
        }

        /** Customers whose money waits for an invoice of this call; not always the customer of the invoice. */
        private List<Long> whoseMoneyWaits() {
            List<InvoiceRow> rows = invoices.all().stream()
                    .filter(row -> creditors.containsKey(row.creditor()))
                    .toList();
            if (rows.isEmpty()) {
                return List.of();
            }
            return Columns.of(rows)
                    .column("creditor_id", "bigint", row -> creditorOf(row.creditor()))
                    .text("invoice_number", InvoiceRow::number)
                    .in(
                            jdbc,
                            """
                            select distinct coalesce(p.customer_id, c.customer_id)
                            from {input}
                                join awaited_invoice w using (creditor_id, invoice_number)
                                left join payment p on p.id = w.payment_id
                                left join credit_note c on c.id = w.credit_note_id
                            """)
                    .query(Long.class)
                    .list();
        }

        private void lock(Collection<Long> ids) {
            Set<Long> more = new HashSet<>(ids);
            more.removeAll(locked);
            if (!more.isEmpty()) {
                receivables.lockCustomers(more);
                locked.addAll(more);
            }
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
                    .in(jdbc, "select c.id, c.source, c.number from {input} join customer c using (source, number)")
                    .query((row, n) -> customers.put(
                            new CustomerKey(row.getString("source"), row.getString("number")), row.getLong("id")))
                    .list();
        }

        private void findReferences(Set<Long> bases) {
            if (bases.isEmpty()) {
                return;
            }
            jdbc.sql("select base, creditor_id, customer_id from payment_reference where base = any(:bases)")
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

        private @Nullable Owner ownerByReference(PaymentRow row) {
            return base(row).map(references::get).orElse(null);
        }

        private @Nullable Long creditor(PaymentRow row) {
            if (row.creditor() != null) {
                return creditors.get(row.creditor());
            }
            Owner owner = ownerByReference(row);
            return owner == null ? null : owner.creditor();
        }

        // ---- invoices

        void writeInvoices() {
            for (List<Integer> wave : invoices.waves()) {
                List<Integer> good = wave.stream()
                        .filter(i -> knows(
                                invoices,
                                i,
                                invoices.get(i).creditor(),
                                invoices.get(i).customer()))
                        .toList();
                Map<Key, KnownInvoice> known = invoicesNamed(good.stream()
                        .map(i -> new Key(
                                creditorOf(invoices.get(i).creditor()),
                                invoices.get(i).number()))
                        .toList());
                List<NewInvoice> toWrite = new ArrayList<>();
                for (int i : good) {
                    InvoiceRow row = invoices.get(i);
                    long creditor = creditorOf(row.creditor());
                    long customer = customerOf(row.customer());
                    KnownInvoice old = known.get(new Key(creditor, row.number()));
                    Dispute dispute =
                            row.dispute() != null ? row.dispute() : old != null ? old.dispute() : Dispute.NONE;
                    String description =
                            row.description() != null ? row.description() : old != null ? old.description() : null;
                    if (old == null || (allowed(i, row, customer, old) && differs(row, dispute, description, old))) {
                        toWrite.add(new NewInvoice(i, creditor, customer, row, dispute, description));
                        if (old == null || old.gross().compareTo(row.gross().amount()) != 0) {
                            groups.add(new Group(
                                    creditor, customer, row.gross().currency().getCurrencyCode()));
                        }
                        if (old == null) {
                            arrived.add(new Key(creditor, row.number()));
                        } else if (old.gross().compareTo(row.gross().amount()) != 0) {
                            changed.add(customer);
                        }
                    }
                }
                insertInvoices(toWrite);
            }
        }

        private boolean allowed(int index, InvoiceRow row, long customer, KnownInvoice old) {
            if (old.customer() != customer) {
                invoices.reject(
                        index,
                        "customer",
                        row.customer(),
                        "invoice " + row.number() + " is already booked for customer " + old.customerNumber(),
                        "credit the invoice and issue a new one for the other customer");
                return false;
            }
            String currency = row.gross().currency().getCurrencyCode();
            if (!old.currency().equals(currency)) {
                invoices.reject(
                        index,
                        "currency",
                        currency,
                        "invoice " + row.number() + " is already booked in " + old.currency(),
                        "credit the invoice and issue a new one in the other currency");
                return false;
            }
            if (row.gross().amount().compareTo(old.settled()) < 0) {
                invoices.reject(
                        index,
                        "amount",
                        row.gross().amount(),
                        "invoice " + row.number() + " is already settled by " + plain(old.settled()),
                        "leave the amount at " + plain(old.settled())
                                + " or more, and send a credit note for the rest");
                return false;
            }
            return true;
        }

        private boolean differs(InvoiceRow row, Dispute dispute, @Nullable String description, KnownInvoice old) {
            return row.gross().amount().compareTo(old.gross()) != 0
                    || !row.issuedOn().equals(old.issuedOn())
                    || !row.dueOn().equals(old.dueOn())
                    || dispute != old.dispute()
                    || !Objects.equals(description, old.description());
        }

        private void insertInvoices(List<NewInvoice> list) {
            if (list.isEmpty()) {
                return;
            }
            Map<Key, NewInvoice> written = new HashMap<>();
            list.forEach(invoice ->
                    written.put(new Key(invoice.creditor(), invoice.row().number()), invoice));
            Columns.of(list)
                    .column("creditor_id", "bigint", NewInvoice::creditor)
                    .column("customer_id", "bigint", NewInvoice::customer)
                    .text("number", i -> i.row().number())
                    .column("issued_on", "date", i -> i.row().issuedOn())
                    .column("due_on", "date", i -> i.row().dueOn())
                    .text("currency", i -> i.row().gross().currency().getCurrencyCode())
                    .column("gross", "numeric", i -> i.row().gross().amount())
                    .column("disputed", "boolean", i -> i.dispute() != Dispute.NONE)
                    .column("dispute_resolved", "boolean", i -> i.dispute() == Dispute.RESOLVED)
                    .text("description", NewInvoice::description)
                    .in(
                            jdbc,
                            """
                            insert into invoice (creditor_id, customer_id, number, issued_on, due_on, currency, gross,
                                                 disputed, dispute_resolved, description)
                            select creditor_id, customer_id, number, issued_on, due_on, currency, gross,
                                   disputed, dispute_resolved, description
                            from {input} order by creditor_id, number
                            on conflict (creditor_id, number) do update
                            set issued_on = excluded.issued_on, due_on = excluded.due_on, gross = excluded.gross,
                                disputed = excluded.disputed, dispute_resolved = excluded.dispute_resolved,
                                description = excluded.description
                            where invoice.customer_id = excluded.customer_id and invoice.currency = excluded.currency
                            returning creditor_id, number, xmax = 0 as inserted
                            """)
                    .query((row, n) -> {
                        NewInvoice invoice = Objects.requireNonNull(
                                written.remove(new Key(row.getLong("creditor_id"), row.getString("number"))));
                        invoices.outcome(
                                invoice.index(), row.getBoolean("inserted") ? Outcome.INSERTED : Outcome.CHANGED);
                        return invoice.index();
                    })
                    .list();
            written.values()
                    .forEach(invoice -> invoices.reject(
                            invoice.index(),
                            "number",
                            invoice.row().number(),
                            "another import wrote this invoice for another customer or currency at the same moment",
                            "import the row again"));
        }

        /** Invoices by creditor and number, with what is settled of them on any day. */
        private Map<Key, KnownInvoice> invoicesNamed(Collection<Key> keys) {
            Map<Key, KnownInvoice> found = new HashMap<>();
            if (keys.isEmpty()) {
                return found;
            }
            Columns.of(new LinkedHashSet<>(keys))
                    .column("creditor_id", "bigint", Key::creditor)
                    .text("number", Key::number)
                    .in(
                            jdbc,
                            """
                            select i.*, c.number as customer_number,
                                   coalesce((select sum(amount) from allocation a where a.invoice_id = i.id), 0) as settled
                            from {input} join invoice i using (creditor_id, number) join customer c on c.id = i.customer_id
                            """)
                    .query((row, n) -> found.put(
                            new Key(row.getLong("creditor_id"), row.getString("number")),
                            new KnownInvoice(
                                    row.getLong("id"),
                                    row.getLong("customer_id"),
                                    row.getString("customer_number"),
                                    row.getString("currency"),
                                    row.getBigDecimal("gross"),
                                    row.getBigDecimal("settled"),
                                    row.getObject("issued_on", LocalDate.class),
                                    row.getObject("due_on", LocalDate.class),
                                    !row.getBoolean("disputed")
                                            ? Dispute.NONE
                                            : row.getBoolean("dispute_resolved") ? Dispute.RESOLVED : Dispute.OPEN,
                                    row.getString("description"))))
                    .list();
            return found;
        }

        // ---- credit notes

        void writeCreditNotes() {
            for (List<Integer> wave : creditNotes.waves()) {
                List<Integer> good = wave.stream()
                        .filter(i -> knows(
                                creditNotes,
                                i,
                                creditNotes.get(i).creditor(),
                                creditNotes.get(i).customer()))
                        .toList();
                Map<Key, KnownMoney> known = knownCreditNotes(good);
                List<NewCreditNote> toWrite = new ArrayList<>();
                for (int i : good) {
                    CreditNoteRow row = creditNotes.get(i);
                    long creditor = creditorOf(row.creditor());
                    long customer = customerOf(row.customer());
                    KnownMoney old = known.get(new Key(creditor, row.number()));
                    if (old == null) {
                        toWrite.add(new NewCreditNote(i, creditor, customer, row));
                    } else if (same(
                            creditNotes,
                            i,
                            "credit note " + row.number(),
                            old,
                            customer,
                            row.gross(),
                            row.issuedOn())) {
                        arrive(creditNotes, i, new Source(null, old.id()), old, creditor, named(row));
                    }
                }
                insertCreditNotes(toWrite);
            }
        }

        private Map<Key, KnownMoney> knownCreditNotes(List<Integer> indexes) {
            Map<Key, KnownMoney> found = new HashMap<>();
            if (indexes.isEmpty()) {
                return found;
            }
            Columns.of(indexes.stream().map(creditNotes::get).toList())
                    .column("creditor_id", "bigint", row -> creditorOf(row.creditor()))
                    .text("number", CreditNoteRow::number)
                    .in(
                            jdbc,
                            """
                            select n.id, n.creditor_id, n.number, n.customer_id, c.number as customer_number, n.currency,
                                   n.gross as amount, n.issued_on as day,
                                   coalesce((select sum(amount) from allocation a where a.credit_note_id = n.id), 0) as settled
                            from {input} join credit_note n using (creditor_id, number) join customer c on c.id = n.customer_id
                            """)
                    .query((row, n) ->
                            found.put(new Key(row.getLong("creditor_id"), row.getString("number")), knownMoney(row)))
                    .list();
            return found;
        }

        private void insertCreditNotes(List<NewCreditNote> list) {
            if (list.isEmpty()) {
                return;
            }
            Map<Key, NewCreditNote> written = new LinkedHashMap<>();
            list.forEach(note -> written.put(new Key(note.creditor(), note.row().number()), note));
            Map<Key, Long> ids = new HashMap<>();
            Columns.of(list)
                    .column("creditor_id", "bigint", NewCreditNote::creditor)
                    .column("customer_id", "bigint", NewCreditNote::customer)
                    .text("number", note -> note.row().number())
                    .column("issued_on", "date", note -> note.row().issuedOn())
                    .text("currency", note -> note.row().gross().currency().getCurrencyCode())
                    .column("gross", "numeric", note -> note.row().gross().amount())
                    .text("invoice", note -> note.row().invoice())
                    .in(
                            jdbc,
                            """
                            insert into credit_note (creditor_id, customer_id, number, issued_on, currency, gross, invoice_id)
                            select creditor_id, customer_id, number, issued_on, currency, gross,
                                   (select i.id from invoice i where i.creditor_id = input.creditor_id and i.number = input.invoice)
                            from {input} order by creditor_id, number
                            on conflict (creditor_id, number) do nothing
                            returning id, creditor_id, number
                            """)
                    .query((row, n) ->
                            ids.put(new Key(row.getLong("creditor_id"), row.getString("number")), row.getLong("id")))
                    .list();
            written.forEach((key, note) -> {
                Long id = ids.get(key);
                if (id == null) {
                    sameMoment(creditNotes, note.index(), note.row().number());
                    return;
                }
                creditNotes.outcome(note.index(), Outcome.INSERTED);
                Group group = new Group(
                        note.creditor(),
                        note.customer(),
                        note.row().gross().currency().getCurrencyCode());
                incoming.add(new Incoming(
                        creditNotes,
                        note.index(),
                        new Source(null, id),
                        group,
                        note.row().issuedOn(),
                        named(note.row()),
                        false));
            });
        }

        private List<Named> named(CreditNoteRow row) {
            return row.invoice() == null ? List.of() : List.of(new Named(row.invoice(), null));
        }

        // ---- payments

        void writePayments() {
            for (List<Integer> wave : payments.waves()) {
                List<Integer> good = wave.stream().filter(this::knowsCreditor).toList();
                Map<List<Object>, KnownMoney> known = knownPayments(good);
                Map<Key, KnownInvoice> named = invoicesNamed(namedByPayments());
                List<NewPayment> toWrite = new ArrayList<>();
                for (int i : good) {
                    PaymentRow row = payments.get(i);
                    long creditor = Objects.requireNonNull(creditor(row));
                    KnownMoney old = known.get(List.of(creditor, row.source(), row.number()));
                    Long customer = payer(i, row, creditor, named, old);
                    if (customer == null) {
                        continue;
                    }
                    if (old == null) {
                        toWrite.add(new NewPayment(i, creditor, customer, row));
                    } else if (same(
                            payments, i, "payment " + row.number(), old, customer, row.amount(), row.receivedOn())) {
                        arrive(payments, i, new Source(old.id(), null), old, creditor, named(row));
                    }
                }
                insertPayments(toWrite);
            }
        }

        private boolean knowsCreditor(int index) {
            PaymentRow row = payments.get(index);
            if (creditor(row) != null) {
                return true;
            }
            if (row.creditor() == null) {
                payments.reject(
                        index,
                        "creditor",
                        null,
                        "neither a creditor nor one of our references says to whom the payment was made",
                        "give the number of the creditor whose account received the money");
            } else {
                unknownCreditor(payments, index, row.creditor());
            }
            return false;
        }

        /** Who paid; {@code null} when that cannot be told, and the row has been rejected. */
        private @Nullable Long payer(
                int index, PaymentRow row, long creditor, Map<Key, KnownInvoice> named, @Nullable KnownMoney old) {
            CustomerKey key = row.customer();
            if (key != null && customers.containsKey(key)) {
                return customers.get(key);
            }
            Long payer = null;
            Owner owner = ownerByReference(row);
            if (owner != null) {
                payer = owner.customer();
            }
            for (PaymentRow.Part part : row.invoices()) {
                KnownInvoice invoice = named.get(new Key(creditor, part.invoice()));
                if (payer == null && invoice != null) {
                    payer = invoice.customer();
                }
            }
            if (payer == null && key == null && old != null) {
                payer = old.customer();
            }
            if (payer == null) {
                payments.reject(
                        index,
                        "customer",
                        key,
                        key == null
                                ? "neither customer, reference nor a known invoice says who paid"
                                : "unknown customer, and no reference or known invoice says who paid",
                        "import the customer or the invoice first, or correct the number");
            } else if (key != null) {
                payments.warn(
                        index,
                        "customer",
                        key,
                        "unknown customer; booked for the customer whom the reference or the named invoice belongs to",
                        "check the customer's number");
            }
            return payer;
        }

        private Map<List<Object>, KnownMoney> knownPayments(List<Integer> indexes) {
            Map<List<Object>, KnownMoney> found = new HashMap<>();
            if (indexes.isEmpty()) {
                return found;
            }
            Columns.of(indexes.stream().map(payments::get).toList())
                    .column("creditor_id", "bigint", this::creditor)
                    .text("source", PaymentRow::source)
                    .text("number", PaymentRow::number)
                    .in(
                            jdbc,
                            """
                            select p.id, p.creditor_id, p.source, p.number, p.customer_id, c.number as customer_number, p.currency,
                                   p.amount, p.received_on as day,
                                   coalesce((select sum(amount) from allocation a where a.payment_id = p.id), 0) as settled
                            from {input} join payment p using (creditor_id, source, number) join customer c on c.id = p.customer_id
                            """)
                    .query((row, n) -> found.put(
                            List.of(row.getLong("creditor_id"), row.getString("source"), row.getString("number")),
                            knownMoney(row)))
                    .list();
            return found;
        }

        private void insertPayments(List<NewPayment> list) {
            if (list.isEmpty()) {
                return;
            }
            Map<List<Object>, NewPayment> written = new LinkedHashMap<>();
            list.forEach(payment -> written.put(
                    List.of(
                            payment.creditor(),
                            payment.row().source(),
                            payment.row().number()),
                    payment));
            Map<List<Object>, Long> ids = new HashMap<>();
            Columns.of(list)
                    .column("creditor_id", "bigint", NewPayment::creditor)
                    .column("customer_id", "bigint", NewPayment::customer)
                    .text("source", payment -> payment.row().source())
                    .text("number", payment -> payment.row().number())
                    .column("received_on", "date", payment -> payment.row().receivedOn())
                    .text(
                            "currency",
                            payment -> payment.row().amount().currency().getCurrencyCode())
                    .column("amount", "numeric", payment -> payment.row()
                            .amount()
                            .amount())
                    .text("reference", payment -> payment.row().reference())
                    .text("remittance", payment -> payment.row().remittance())
                    .in(
                            jdbc,
                            """
                            insert into payment (creditor_id, customer_id, source, number, received_on, currency, amount, reference,
                                                 remittance)
                            select creditor_id, customer_id, source, number, received_on, currency, amount, reference, remittance
                            from {input} order by creditor_id, source, number
                            on conflict (creditor_id, source, number) do nothing
                            returning id, creditor_id, source, number
                            """)
                    .query((row, n) -> ids.put(
                            List.of(row.getLong("creditor_id"), row.getString("source"), row.getString("number")),
                            row.getLong("id")))
                    .list();
            written.forEach((key, payment) -> {
                Long id = ids.get(key);
                if (id == null) {
                    sameMoment(payments, payment.index(), payment.row().number());
                    return;
                }
                payments.outcome(payment.index(), Outcome.INSERTED);
                Group group = new Group(
                        payment.creditor(),
                        payment.customer(),
                        payment.row().amount().currency().getCurrencyCode());
                incoming.add(new Incoming(
                        payments,
                        payment.index(),
                        new Source(id, null),
                        group,
                        payment.row().receivedOn(),
                        named(payment.row()),
                        false));
            });
        }

        private List<Named> named(PaymentRow row) {
            return row.invoices().stream()
                    .map(part -> new Named(part.invoice(), part.amount()))
                    .toList();
        }

        private List<Key> namedByPayments() {
            List<Key> keys = new ArrayList<>();
            for (PaymentRow row : payments.all()) {
                Long creditor = creditor(row);
                if (creditor != null) {
                    row.invoices().forEach(part -> keys.add(new Key(creditor, part.invoice())));
                }
            }
            return keys;
        }

        // ---- allocation

        void allocate() {
            Touched touched = new Touched();
            readmitResentMoney();
            List<Claim> claims = new ArrayList<>(claimsOfArrivedInvoices());
            claims.addAll(claimsOfIncomingMoney());
            Map<Source, BigDecimal> left = allocator.settleNamed(claims, touched);
            for (Incoming money : incoming) {
                if (left.getOrDefault(money.source(), BigDecimal.ONE).signum() > 0) {
                    groups.add(money.group());
                }
                if (!money.known()) {
                    changed.add(money.group().customer());
                } else if (touched.sources().contains(money.source())) {
                    money.rows().outcome(money.index(), Outcome.CHANGED);
                }
            }
            allocator.settleOldest(groups, touched);
            changed.addAll(touched.customers());
            if (!changed.isEmpty()) {
                events.publishEvent(new LedgerChanged(Set.copyOf(changed)));
            }
        }

        /** Money that has been waiting for an invoice of this call. */
        private List<Claim> claimsOfArrivedInvoices() {
            if (arrived.isEmpty()) {
                return List.of();
            }
            record Due(Group group, Claim claim) {}
            List<Due> due = Columns.of(arrived)
                    .column("creditor_id", "bigint", Key::creditor)
                    .text("invoice_number", Key::number)
                    .in(
                            jdbc,
                            """
                            with due as (
                                select w.id, w.payment_id, w.credit_note_id, w.amount, i.id as invoice_id, w.creditor_id, i.currency,
                                       coalesce(p.customer_id, c.customer_id) as customer_id,
                                       coalesce(p.received_on, c.issued_on) as day
                                from {input}
                                    join awaited_invoice w using (creditor_id, invoice_number)
                                    join invoice i on i.creditor_id = w.creditor_id and i.number = w.invoice_number
                                    left join payment p on p.id = w.payment_id
                                    left join credit_note c on c.id = w.credit_note_id
                                where i.currency = coalesce(p.currency, c.currency)),
                            over as (delete from awaited_invoice where id in (select id from due)),
                            linked as (
                                update credit_note c set invoice_id = due.invoice_id from due where c.id = due.credit_note_id)
                            select * from due order by id
                            """)
                    .query((row, n) -> new Due(
                            new Group(
                                    row.getLong("creditor_id"), row.getLong("customer_id"), row.getString("currency")),
                            new Claim(
                                    new Source(
                                            row.getObject("payment_id", Long.class),
                                            row.getObject("credit_note_id", Long.class)),
                                    row.getObject("day", LocalDate.class),
                                    row.getLong("invoice_id"),
                                    row.getBigDecimal("amount"))))
                    .list();
            for (Due each : due) {
                // What the invoice does not take is free again.
                groups.add(each.group());
                changed.add(each.group().customer());
            }
            lock(changed);
            return due.stream().map(Due::claim).toList();
        }

        private List<Claim> claimsOfIncomingMoney() {
            List<Key> keys = incoming.stream()
                    .flatMap(money -> money.named().stream()
                            .map(named -> new Key(money.group().creditor(), named.invoice())))
                    .toList();
            Map<Key, KnownInvoice> known = invoicesNamed(keys);
            lock(known.values().stream().map(KnownInvoice::customer).toList());
            List<Claim> claims = new ArrayList<>();
            record Awaited(Incoming money, Named named) {}
            List<Awaited> awaited = new ArrayList<>();
            for (Incoming money : incoming) {
                for (Named named : money.named()) {
                    KnownInvoice invoice = known.get(new Key(money.group().creditor(), named.invoice()));
                    if (invoice != null
                            && invoice.currency().equals(money.group().currency())) {
                        claims.add(new Claim(money.source(), money.day(), invoice.id(), named.amount()));
                    } else {
                        awaited.add(new Awaited(money, named));
                        if (invoice == null) {
                            money.rows()
                                    .warn(
                                            money.index(),
                                            "invoice",
                                            named.invoice(),
                                            "unknown invoice: the money waits on account until it arrives",
                                            "import the invoice, or send the row again with the right number");
                        } else {
                            money.rows()
                                    .warn(
                                            money.index(),
                                            "invoice",
                                            named.invoice(),
                                            "the invoice is in " + invoice.currency() + " and the money in "
                                                    + money.group().currency()
                                                    + ": currencies never mix, so it waits on account",
                                            "correct the currency, or send the row again with the right invoice");
                        }
                    }
                }
            }
            if (!awaited.isEmpty()) {
                Columns.of(awaited)
                        .column("payment_id", "bigint", a -> a.money().source().payment())
                        .column("credit_note_id", "bigint", a -> a.money()
                                .source()
                                .creditNote())
                        .column("creditor_id", "bigint", a -> a.money().group().creditor())
                        .text("invoice_number", a -> a.named().invoice())
                        .column("amount", "numeric", a -> a.named().amount())
                        .in(
                                jdbc,
                                """
                                insert into awaited_invoice (payment_id, credit_note_id, creditor_id, invoice_number, amount)
                                select payment_id, credit_note_id, creditor_id, invoice_number, amount from {input} order by row
                                """)
                        .update();
            }
            return claims;
        }

        /** Booked before: only money that is still on account listens to what its payer names now. */
        private void arrive(Rows<?> rows, int index, Source source, KnownMoney old, long creditor, List<Named> named) {
            if (!named.isEmpty() && old.settled().compareTo(old.amount()) < 0) {
                Group group = new Group(creditor, old.customer(), old.currency());
                resent.add(new Incoming(rows, index, source, group, old.day(), named, true));
            }
        }

        private void readmitResentMoney() {
            if (resent.isEmpty()) {
                return;
            }
            Map<Source, Set<String>> waitedFor = new HashMap<>();
            sources(resent)
                    .in(
                            jdbc,
                            """
                            delete from awaited_invoice w using {input}
                            where w.payment_id = input.payment_id or w.credit_note_id = input.credit_note_id
                            returning w.payment_id, w.credit_note_id, w.invoice_number as number
                            """)
                    .query((row, n) -> waitedFor
                            .computeIfAbsent(source(row), s -> new HashSet<>())
                            .add(row.getString("number")))
                    .list();
            Map<Source, Set<String>> served = new HashMap<>();
            sources(resent)
                    .in(
                            jdbc,
                            """
                            select a.payment_id, a.credit_note_id, i.number
                            from {input}
                                join allocation a on a.payment_id = input.payment_id or a.credit_note_id = input.credit_note_id
                                join invoice i on i.id = a.invoice_id
                            """)
                    .query((row, n) -> served.computeIfAbsent(source(row), s -> new HashSet<>())
                            .add(row.getString("number")))
                    .list();
            for (Incoming money : resent) {
                Set<String> settled = served.getOrDefault(money.source(), Set.of());
                List<Named> left = money.named().stream()
                        .filter(named -> !settled.contains(named.invoice()))
                        .toList();
                Set<String> now =
                        new HashSet<>(left.stream().map(Named::invoice).toList());
                if (!now.equals(waitedFor.getOrDefault(money.source(), Set.of()))) {
                    money.rows().outcome(money.index(), Outcome.CHANGED);
                }
                incoming.add(new Incoming(
                        money.rows(), money.index(), money.source(), money.group(), money.day(), left, true));
            }
        }

        private Columns<Incoming> sources(List<Incoming> money) {
            return Columns.of(money)
                    .column("payment_id", "bigint", m -> m.source().payment())
                    .column("credit_note_id", "bigint", m -> m.source().creditNote());
        }

        private Source source(ResultSet row) throws SQLException {
            return new Source(row.getObject("payment_id", Long.class), row.getObject("credit_note_id", Long.class));
        }

        // ---- what rows have in common

        private <T> boolean knows(Rows<T> rows, int index, String creditor, CustomerKey customer) {
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

        private <T> void unknownCreditor(Rows<T> rows, int index, String creditor) {
            rows.reject(
                    index,
                    "creditor",
                    creditor,
                    "unknown creditor",
                    "import the creditor first, or correct the number");
        }

        private <T> void sameMoment(Rows<T> rows, int index, String number) {
            rows.reject(
                    index,
                    "number",
                    number,
                    "another import wrote the same key at the same moment",
                    "import the row again: if it is the same it counts once, if not it is named");
        }

        private <T> boolean same(
                Rows<T> rows, int index, String what, KnownMoney old, long customer, Money amount, LocalDate day) {
            String booked = what + " is already booked";
            String advice =
                    "if it is another one, give it a number of its own; what is booked is not changed by a file";
            if (old.customer() != customer) {
                rows.reject(index, "customer", null, booked + " for customer " + old.customerNumber(), advice);
            } else if (!old.currency().equals(amount.currency().getCurrencyCode())
                    || old.amount().compareTo(amount.amount()) != 0) {
                rows.reject(
                        index,
                        "amount",
                        amount,
                        booked + " with " + old.currency() + " " + plain(old.amount()),
                        advice);
            } else if (!old.day().equals(day)) {
                rows.reject(index, "date", day, booked + " on " + old.day(), advice);
            } else {
                return true;
            }
            return false;
        }

        private long creditorOf(String number) {
            return Objects.requireNonNull(creditors.get(number));
        }

        private long customerOf(CustomerKey key) {
            return Objects.requireNonNull(customers.get(key));
        }
    }

    private static KnownMoney knownMoney(ResultSet row) throws SQLException {
        return new KnownMoney(
                row.getLong("id"),
                row.getLong("customer_id"),
                row.getString("customer_number"),
                row.getString("currency"),
                row.getBigDecimal("amount"),
                row.getBigDecimal("settled"),
                row.getObject("day", LocalDate.class));
    }

    private static String plain(BigDecimal amount) {
        return amount.stripTrailingZeros().toPlainString();
    }
}
