package org.dunlin.receivables;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dunlin.Portfolio;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The books of one creditor of its own, in the words of a test. */
class Books {

    static final LocalDate FAR = LocalDate.of(2100, 1, 1);

    final Ledger ledger;
    final JdbcClient jdbc;
    final String creditor = Portfolio.unique("OWN");

    Books(Ledger ledger, JdbcClient jdbc) {
        this(ledger, jdbc, "NL");
    }

    Books(Ledger ledger, JdbcClient jdbc, String country) {
        this.ledger = ledger;
        this.jdbc = jdbc;
        ledger.creditors(List.of(creditor(creditor, country)));
    }

    static CreditorRow creditor(String number, String country) {
        return new CreditorRow(
                number,
                "Own company",
                null,
                null,
                null,
                country,
                "nl",
                null,
                null,
                null,
                null,
                null,
                "ar@own.example",
                null);
    }

    static CustomerRow row(CustomerKey key, String name) {
        return new CustomerRow(
                key, null, name, null, null, null, null, "NL", null, "nl", null, null, null, null, null, null, null);
    }

    CustomerKey customer() {
        CustomerKey key = CustomerKey.of(Portfolio.unique("BUYER"));
        ledger.customers(List.of(row(key, "Buyer")));
        return key;
    }

    long id(CustomerKey key) {
        return jdbc.sql("select id from customer where source = :source and number = :number")
                .param("source", key.source())
                .param("number", key.number())
                .query(Long.class)
                .single();
    }

    InvoiceRow invoice(CustomerKey customer, String number, String due, String amount) {
        LocalDate dueOn = LocalDate.parse(due);
        return new InvoiceRow(creditor, customer, number, dueOn.minusDays(30), dueOn, eur(amount), null, null);
    }

    void invoices(InvoiceRow... rows) {
        WriteResult result = ledger.invoices(List.of(rows));
        if (!result.rejections().isEmpty()) {
            throw new AssertionError(result.rejections());
        }
    }

    PaymentRow payment(CustomerKey customer, String number, String day, String amount) {
        return PaymentRow.of(creditor, customer, number, LocalDate.parse(day), eur(amount));
    }

    static Money eur(String amount) {
        return Money.of(new BigDecimal(amount), "EUR");
    }

    /** Open amount by invoice number at the end of the day; invoices of which nothing is open are not there. */
    Map<String, BigDecimal> open(String asOf) {
        Map<String, BigDecimal> open = new TreeMap<>();
        jdbc.sql(
                        """
                        select o.number, o.open from open_invoice(:day) o join creditor c on c.id = o.creditor_id
                        where c.number = :creditor
                        """)
                .param("day", LocalDate.parse(asOf))
                .param("creditor", creditor)
                .query((row, n) ->
                        open.put(row.getString(1), row.getBigDecimal(2).stripTrailingZeros()))
                .list();
        return open;
    }

    /** Everything on account with this creditor, in the currency. */
    BigDecimal onAccount(String currency) {
        return jdbc.sql(
                        """
                        select coalesce(sum(o.amount), 0) from on_account o join creditor c on c.id = o.creditor_id
                        where c.number = :creditor and o.currency = :currency
                        """)
                .param("creditor", creditor)
                .param("currency", currency)
                .query(BigDecimal.class)
                .single()
                .stripTrailingZeros();
    }

    int count(String table) {
        return jdbc.sql("select count(*) from " + table
                        + " t join creditor c on c.id = t.creditor_id where c.number = :creditor")
                .param("creditor", creditor)
                .query(Integer.class)
                .single();
    }
}
