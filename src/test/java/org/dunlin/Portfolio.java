package org.dunlin;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicInteger;
import org.dunlin.receivables.LedgerChanged;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts creditors, customers, invoices and payments into the ledger, each with numbers of its own. */
@TestComponent
public class Portfolio {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;

    public Portfolio(JdbcClient jdbc, TransactionTemplate transaction, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.events = events;
    }

    public static String unique(String prefix) {
        return prefix + "-" + NUMBERS.incrementAndGet();
    }

    /** A creditor in NL or BE (or elsewhere) with a valid IBAN. */
    public long creditor(String country) {
        return jdbc.sql(
                        """
                        insert into creditor (number, name, street, postal_code, city, country, language, time_zone, iban, bic, sender_name, sender_email)
                        values (:number, :number || ' Trading', 'Keizersgracht 1', '1015 CN', 'Amsterdam', :country, :language, :zone, :iban, :bic, 'Accounts receivable', 'ar@creditor.example')
                        returning id
                        """)
                .param("number", unique("CRED"))
                .param("country", country)
                .param("language", "nl")
                .param("zone", country.equals("BE") ? "Europe/Brussels" : "Europe/Amsterdam")
                .param("iban", country.equals("BE") ? "BE71096123456769" : "NL91ABNA0417164300")
                .param("bic", country.equals("BE") ? "GKCCBEBB" : "ABNANL2A")
                .query(Long.class)
                .single();
    }

    /** A company in NL, English speaking, 30 employees, with one contact person who has e-mail and phone. */
    public long customer() {
        return customer(unique("CUST"), "NL", "en", 30);
    }

    public long customer(String number, String country, String language, int employees) {
        long id = jdbc.sql(
                        """
                        insert into customer (number, name, country, language, employees, sector, street, postal_code, city)
                        values (:number, :number || ' BV', :country, :language, :employees, 'wholesale', 'Dorpsstraat 1', '1000 AA', 'Amsterdam') returning id
                        """)
                .param("number", number)
                .param("country", country)
                .param("language", language)
                .param("employees", employees)
                .query(Long.class)
                .single();
        jdbc.sql(
                        """
                        insert into contact_person (customer_id, name, role, email, phone)
                        values (:id, 'Sam Jansen', 'Accounts payable', :email, '+31201234567')
                        """)
                .param("id", id)
                .param("email", number.toLowerCase(java.util.Locale.ROOT) + "@customer.example")
                .update();
        return id;
    }

    /** Gives the customer's contact person a Dutch mobile number that nobody else has, in E.164. */
    public String mobile(long customer) {
        String number = "+31612%06d".formatted(NUMBERS.incrementAndGet());
        jdbc.sql("update contact_person set phone = :number where customer_id = :customer")
                .param("number", number)
                .param("customer", customer)
                .update();
        return number;
    }

    /** The customer wants to hear from us by that channel. */
    public void prefers(long customer, String channel) {
        jdbc.sql("update customer set preferred_channel = :channel where id = :customer")
                .param("channel", channel)
                .param("customer", customer)
                .update();
    }

    public long invoice(long creditor, long customer, LocalDate due, String amount) {
        return invoice(creditor, customer, due.minusDays(30), due, "EUR", amount);
    }

    public long invoice(long creditor, long customer, LocalDate issued, LocalDate due, String currency, String amount) {
        return jdbc.sql(
                        """
                        insert into invoice (creditor_id, customer_id, number, issued_on, due_on, currency, gross)
                        values (:creditor, :customer, :number, :issued, :due, :currency, :amount) returning id
                        """)
                .param("creditor", creditor)
                .param("customer", customer)
                .param("number", unique("INV"))
                .param("issued", issued)
                .param("due", due)
                .param("currency", currency)
                .param("amount", new BigDecimal(amount))
                .query(Long.class)
                .single();
    }

    /** Books a payment for one invoice under the customer's lock, as intake does, and tells everybody after commit. */
    public void pay(long invoice, LocalDate on, String amount) {
        book(
                invoice,
                on,
                amount,
                """
                with p as (
                    insert into payment (creditor_id, customer_id, number, received_on, currency, amount)
                    select creditor_id, customer_id, :number, :on, currency, :amount from invoice where id = :invoice
                    returning id)
                insert into allocation (invoice_id, payment_id, effective_on, amount) select :invoice, p.id, :on, :amount from p
                """);
    }

    /** The same with a credit note for that invoice. */
    public void credit(long invoice, LocalDate on, String amount) {
        book(
                invoice,
                on,
                amount,
                """
                with c as (
                    insert into credit_note (creditor_id, customer_id, number, issued_on, currency, gross, invoice_id)
                    select creditor_id, customer_id, :number, :on, currency, :amount, id from invoice where id = :invoice
                    returning id)
                insert into allocation (invoice_id, credit_note_id, effective_on, amount) select :invoice, c.id, :on, :amount from c
                """);
    }

    private void book(long invoice, LocalDate on, String amount, String sql) {
        transaction.executeWithoutResult(status -> {
            long customer = jdbc.sql("select customer_id from invoice where id = :id")
                    .param("id", invoice)
                    .query(Long.class)
                    .single();
            jdbc.sql("select id from customer where id = :id for update")
                    .param("id", customer)
                    .query(Long.class)
                    .single();
            jdbc.sql(sql)
                    .param("number", unique("BOOKED"))
                    .param("on", on)
                    .param("amount", new BigDecimal(amount))
                    .param("invoice", invoice)
                    .update();
            events.publishEvent(new LedgerChanged(java.util.Set.of(customer)));
        });
    }

    public String invoiceNumber(long invoice) {
        return jdbc.sql("select number from invoice where id = :id")
                .param("id", invoice)
                .query(String.class)
                .single();
    }

    public String customerNumber(long customer) {
        return jdbc.sql("select number from customer where id = :id")
                .param("id", customer)
                .query(String.class)
                .single();
    }

    public String creditorNumber(long creditor) {
        return jdbc.sql("select number from creditor where id = :id")
                .param("id", creditor)
                .query(String.class)
                .single();
    }
}
