package org.dunlin.receivables;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.dunlin.receivables.Customer.ContactPerson;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What the ledger says. Writing it is the work of {@link Ledger}. */
@Repository
public class Receivables {

    /** Fingerprint of the address of the customer {@code c} as the source delivered it. */
    private static final String DELIVERED_ADDRESS =
            "md5(concat_ws('|', coalesce(c.street, ''), coalesce(c.postal_code, ''), coalesce(c.city, ''), c.country))";

    private final JdbcClient jdbc;

    Receivables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws org.springframework.dao.EmptyResultDataAccessException when there is no such creditor */
    public Creditor creditor(long id) {
        return jdbc.sql("select * from creditor where id = :id")
                .param("id", id)
                .query(Receivables::creditor)
                .single();
    }

    /** @throws org.springframework.dao.EmptyResultDataAccessException when there is no such customer */
    public Customer customer(long id) {
        return jdbc.sql(
                        """
                        select c.*, a.instead_of is not null as corrected, a.street as right_street,
                               a.postal_code as right_postal_code, a.city as right_city,
                               p.id as person_id, p.name as person_name, p.role as person_role, p.email as person_email,
                               p.phone as person_phone
                        from customer c
                            left join address_correction a on a.customer_id = c.id and a.instead_of = ${address}
                            left join contact_person p on p.customer_id = c.id
                        where c.id = :id order by p.position
                        """
                                .replace("${address}", DELIVERED_ADDRESS))
                .param("id", id)
                .query((ResultSetExtractor<Customer>) rows -> customerWithPersons(id, rows));
    }

    /** @param rows one per contact person, or one without */
    private static Customer customerWithPersons(long id, ResultSet rows) throws SQLException {
        if (!rows.next()) {
            throw new EmptyResultDataAccessException("No customer " + id, 1);
        }
        List<ContactPerson> persons = new ArrayList<>();
        Customer customer = customer(rows, Collections.unmodifiableList(persons));
        boolean more = rows.getObject("person_id") != null;
        while (more) {
            persons.add(new ContactPerson(
                    rows.getLong("person_id"),
                    rows.getString("person_name"),
                    rows.getString("person_role"),
                    rows.getString("person_email"),
                    rows.getString("person_phone")));
            more = rows.next();
        }
        return customer;
    }

    /** By the key, also an old one: a customer who was merged into another is that other one. */
    public Optional<Long> customerId(String source, String number) {
        return jdbc.sql("select coalesce(merged_into, id) from customer where source = :source and number = :number")
                .param("source", source)
                .param("number", number)
                .query(Long.class)
                .optional();
    }

    /** Those of the given invoices of which something is open at the end of that day, oldest due date first. */
    public List<OpenInvoice> open(Collection<Long> invoiceIds, LocalDate asOf) {
        return jdbc.sql(
                        """
                        select * from open_invoice(:asOf)
                        where invoice_id = any(:ids) order by due_on, number
                        """)
                .param("asOf", asOf)
                .param("ids", invoiceIds.toArray(Long[]::new))
                .query(Receivables::openInvoice)
                .list();
    }

    /**
     * The same of the invoices that a query finds.
     *
     * @param invoiceIds query of our own for their ids
     * @param parameters of that query, by name
     */
    public List<OpenInvoice> open(String invoiceIds, Map<String, ?> parameters, LocalDate asOf) {
        return jdbc.sql(
                        """
                        select * from open_invoice(:asOf)
                        where invoice_id = any(array(${ids})) order by due_on, number
                        """
                                .replace("${ids}", invoiceIds))
                .param("asOf", asOf)
                .params(parameters)
                .query(Receivables::openInvoice)
                .list();
    }

    /** The given invoices as they stand at the end of that day, oldest due date first; nothing may be open of them. */
    public List<OpenInvoice> balances(Collection<Long> invoiceIds, LocalDate asOf) {
        return jdbc.sql(
                        """
                        select i.id as invoice_id, i.number, i.issued_on, i.due_on, i.currency, i.gross,
                               i.gross - coalesce((select sum(a.amount) from allocation a
                                                   where a.invoice_id = i.id and a.effective_on <= :asOf), 0) as open,
                               i.disputed and not i.dispute_resolved as disputed
                        from invoice i
                        where i.id = any(:ids) order by i.due_on, i.number
                        """)
                .param("asOf", asOf)
                .param("ids", invoiceIds.toArray(Long[]::new))
                .query(Receivables::openInvoice)
                .list();
    }

    /** Everything open of a customer with a creditor in a currency at the end of that day, oldest due date first. */
    public List<OpenInvoice> openOfCustomer(long customerId, LocalDate asOf) {
        return jdbc.sql("select * from open_invoice(:asOf) where customer_id = :id order by due_on, number")
                .param("asOf", asOf)
                .param("id", customerId)
                .query(Receivables::openInvoice)
                .list();
    }

    /**
     * Replaces the phone number by which the customer is called (or adds one), after somebody learnt the right one.
     *
     * @param typed as a person writes it in the customer's country, or with + and country code
     * @return false, and nothing changed, when it is no possible phone number
     */
    @Transactional
    public boolean correctPhone(long customerId, String typed) {
        Customer customer = customer(customerId);
        PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
        String e164;
        try {
            Phonenumber.PhoneNumber number = phones.parse(typed, customer.country());
            if (!phones.isPossibleNumber(number)) {
                return false;
            }
            e164 = phones.format(number, PhoneNumberUtil.PhoneNumberFormat.E164);
        } catch (NumberParseException e) {
            return false;
        }
        Optional<ContactPerson> called =
                customer.byPhone().or(() -> customer.persons().stream().findFirst());
        if (called.isPresent()) {
            jdbc.sql("update contact_person set phone = :phone where id = :id")
                    .param("phone", e164)
                    .param("id", called.get().id())
                    .update();
        } else {
            jdbc.sql("insert into contact_person (customer_id, name, phone) values (:customer, :name, :phone)")
                    .param("customer", customerId)
                    .param("name", customer.name())
                    .param("phone", e164)
                    .update();
        }
        return true;
    }

    /**
     * Replaces the e-mail address by which the customer is written to (or adds one), after somebody learnt the right one. It stays until
     * the source delivers other contact persons.
     *
     * @return false, and nothing changed, when it is no e-mail address
     */
    @Transactional
    public boolean correctEmail(long customerId, String typed) {
        Optional<EmailAddress> address = EmailAddress.parse(typed);
        if (address.isEmpty()) {
            return false;
        }
        Customer customer = customer(customerId);
        Optional<ContactPerson> written =
                customer.byEmail().or(() -> customer.persons().stream().findFirst());
        if (written.isPresent()) {
            jdbc.sql("update contact_person set email = :email where id = :id")
                    .param("email", address.get().text())
                    .param("id", written.get().id())
                    .update();
        } else {
            jdbc.sql("insert into contact_person (customer_id, name, email) values (:customer, :name, :email)")
                    .param("customer", customerId)
                    .param("name", customer.name())
                    .param("email", address.get().text())
                    .update();
        }
        return true;
    }

    /**
     * The postal address that letters go to from now on. It stays until the source delivers another one than it does now.
     *
     * @param by login of who learnt it
     */
    @Transactional
    public void correctAddress(
            long customerId, String street, @Nullable String postalCode, String city, Instant at, String by) {
        jdbc.sql(
                        """
                        insert into address_correction (customer_id, instead_of, street, postal_code, city, corrected_at, corrected_by)
                        select c.id, ${address}, :street, :postalCode, :city, :at, :by from customer c where c.id = :id
                        on conflict (customer_id) do update
                            set instead_of = excluded.instead_of, street = excluded.street, postal_code = excluded.postal_code,
                                city = excluded.city, corrected_at = excluded.corrected_at, corrected_by = excluded.corrected_by
                        """
                                .replace("${address}", DELIVERED_ADDRESS))
                .param("street", street)
                .param("postalCode", postalCode)
                .param("city", city)
                .param("at", OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
                .param("by", by)
                .param("id", customerId)
                .update();
    }

    /** The customer contests these invoices. */
    @Transactional
    public void disputed(Collection<Long> invoiceIds) {
        jdbc.sql("update invoice set disputed = true, dispute_resolved = false where id = any(:ids)")
                .param("ids", invoiceIds.toArray(Long[]::new))
                .update();
    }

    /** These invoices are contested no longer; that they were keeps counting in the disputed share. */
    @Transactional
    public void disputeOver(Collection<Long> invoiceIds) {
        jdbc.sql("update invoice set dispute_resolved = true where id = any(:ids) and disputed")
                .param("ids", invoiceIds.toArray(Long[]::new))
                .update();
    }

    /**
     * Takes the lock under which money of these customers is booked and messages to them are sent. Held until the end of the
     * caller's transaction; always taken in the order of the ids, and before anything of the engine.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void lockCustomers(Collection<Long> customerIds) {
        jdbc.sql("select id from customer where id = any(:ids) order by id for update")
                .param("ids", customerIds.toArray(Long[]::new))
                .query(Long.class)
                .list();
    }

    /**
     * The same for one customer. Statements of the caller's transaction, this one included, wait for a lock no longer than that, and then
     * fail.
     *
     * @throws org.springframework.dao.PessimisticLockingFailureException when somebody else holds it for longer
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void lockCustomer(long customerId, Duration atMost) {
        // Conditions are looked at before a row is locked.
        jdbc.sql(
                        """
                        select id from customer where id = :id and set_config('lock_timeout', :limit, true) is not null for update
                        """)
                .param("id", customerId)
                .param("limit", atMost.toMillis() + "ms")
                .query(Long.class)
                .optional();
    }

    /**
     * Takes the locks of all customers that something concerns, all at once and in the order of the ids; again when waiting for them
     * has let it concern others, too.
     *
     * @param concerned asked until every answer is locked
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void lockCustomers(Supplier<Set<Long>> concerned) {
        Set<Long> locked = new HashSet<>();
        Set<Long> ids = concerned.get();
        while (!locked.containsAll(ids)) {
            lockCustomers(ids);
            locked.addAll(ids);
            ids = concerned.get();
        }
    }

    private static Creditor creditor(ResultSet row, int n) throws SQLException {
        return new Creditor(
                row.getLong("id"),
                row.getString("number"),
                row.getString("name"),
                row.getString("street"),
                row.getString("postal_code"),
                row.getString("city"),
                row.getString("country"),
                row.getString("language"),
                ZoneId.of(row.getString("time_zone")),
                row.getString("iban"),
                row.getString("bic"),
                row.getString("vat_number"),
                row.getString("sender_name"),
                row.getString("sender_email"),
                row.getString("phone"));
    }

    private static Customer customer(ResultSet row, List<ContactPerson> persons) throws SQLException {
        String prefix = row.getBoolean("corrected") ? "right_" : "";
        return new Customer(
                row.getLong("id"),
                row.getString("number"),
                Customer.Kind.valueOf(row.getString("kind")),
                row.getString("name"),
                row.getString("vat_number"),
                row.getString(prefix + "street"),
                row.getString(prefix + "postal_code"),
                row.getString(prefix + "city"),
                row.getString("country"),
                row.getString("language"),
                row.getString("sector"),
                row.getObject("employees", Integer.class),
                row.getString("account_manager"),
                row.getString("preferred_channel"),
                persons);
    }

    static OpenInvoice openInvoice(ResultSet row, int n) throws SQLException {
        String currency = row.getString("currency");
        return new OpenInvoice(
                row.getLong("invoice_id"),
                row.getString("number"),
                row.getObject("issued_on", LocalDate.class),
                row.getObject("due_on", LocalDate.class),
                Money.of(row.getBigDecimal("gross"), currency),
                Money.of(row.getBigDecimal("open"), currency),
                row.getBoolean("disputed"));
    }
}
