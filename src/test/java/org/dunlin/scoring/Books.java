package org.dunlin.scoring;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.dunlin.Portfolio;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One creditor's books, to be filled by a test line by line. */
final class Books {

    private final JdbcClient jdbc;
    private final long creditor;

    Books(JdbcClient jdbc, Portfolio portfolio) {
        this.jdbc = jdbc;
        this.creditor = portfolio.creditor("NL");
    }

    long creditor() {
        return creditor;
    }

    long company(@Nullable Integer employees, @Nullable String sector) {
        return customer("COMPANY", employees, sector, null);
    }

    long customer(String kind, @Nullable Integer employees, @Nullable String sector, @Nullable Integer externalRating) {
        return jdbc.sql(
                        """
                        insert into customer (number, name, country, language, kind, employees, sector, external_rating)
                        values (:number, :number, 'NL', 'nl', :kind, :employees, :sector, :rating) returning id
                        """)
                .param("number", Portfolio.unique("SCORED"))
                .param("kind", kind)
                .param("employees", employees)
                .param("sector", sector)
                .param("rating", externalRating)
                .query(Long.class)
                .single();
    }

    void creditLimit(long customer, String limit, String currency) {
        jdbc.sql("update customer set credit_limit = :limit, credit_currency = :currency where id = :id")
                .param("limit", new BigDecimal(limit))
                .param("currency", currency)
                .param("id", customer)
                .update();
    }

    long invoice(long customer, LocalDate issued, LocalDate due, String gross) {
        return invoice(customer, issued, due, "EUR", gross);
    }

    long invoice(long customer, LocalDate issued, LocalDate due, String currency, String gross) {
        return jdbc.sql(
                        """
                        insert into invoice (creditor_id, customer_id, number, issued_on, due_on, currency, gross)
                        values (:creditor, :customer, :number, :issued, :due, :currency, :gross) returning id
                        """)
                .param("creditor", creditor)
                .param("customer", customer)
                .param("number", Portfolio.unique("BOOKED"))
                .param("issued", issued)
                .param("due", due)
                .param("currency", currency)
                .param("gross", new BigDecimal(gross))
                .query(Long.class)
                .single();
    }

    void dispute(long invoice) {
        jdbc.sql("update invoice set disputed = true where id = :id")
                .param("id", invoice)
                .update();
    }

    void withdraw(long invoice, LocalDate on) {
        jdbc.sql("update invoice set withdrawn_on = :on where id = :id")
                .param("on", on)
                .param("id", invoice)
                .update();
    }

    /** Invoiced 30 days before it is due, and paid in full. */
    long paid(long customer, LocalDate due, LocalDate on, String gross) {
        long invoice = invoice(customer, due.minusDays(30), due, gross);
        pay(invoice, on, gross);
        return invoice;
    }

    /** Returns the id of the payment. */
    long pay(long invoice, LocalDate on, String amount) {
        long payment = jdbc.sql(
                        """
                        insert into payment (creditor_id, customer_id, number, received_on, currency, amount)
                        select creditor_id, customer_id, :number, :on, currency, :amount from invoice where id = :invoice returning id
                        """)
                .param("number", Portfolio.unique("RECEIVED"))
                .param("on", on)
                .param("amount", new BigDecimal(amount))
                .param("invoice", invoice)
                .query(Long.class)
                .single();
        allocate(invoice, payment, on, amount);
        return payment;
    }

    /** A negative amount takes back. */
    void allocate(long invoice, long payment, LocalDate on, String amount) {
        jdbc.sql(
                        """
                        insert into allocation (invoice_id, payment_id, effective_on, amount)
                        values (:invoice, :payment, :on, :amount)
                        """)
                .param("invoice", invoice)
                .param("payment", payment)
                .param("on", on)
                .param("amount", new BigDecimal(amount))
                .update();
    }

    void credit(long invoice, LocalDate on, String amount) {
        jdbc.sql(
                        """
                        with n as (
                            insert into credit_note (creditor_id, customer_id, number, issued_on, currency, gross, invoice_id)
                            select creditor_id, customer_id, :number, :on, currency, :amount, id from invoice where id = :invoice
                            returning id)
                        insert into allocation (invoice_id, credit_note_id, effective_on, amount)
                        select :invoice, id, :on, :amount from n
                        """)
                .param("number", Portfolio.unique("CREDITED"))
                .param("on", on)
                .param("amount", new BigDecimal(amount))
                .param("invoice", invoice)
                .update();
    }
}
