package org.dunlin.receivables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What must never happen is kept from happening by the database, whoever writes and however many at a time. */
@DunlinTest
class AllocationGuardTest {

    private static final LocalDate DAY = LocalDate.parse("2024-04-01");

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Portfolio portfolio;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Ledger ledger;

    long creditor;
    long customer;
    long invoice;

    @BeforeEach
    void debt() {
        creditor = portfolio.creditor("NL");
        customer = portfolio.customer();
        invoice = portfolio.invoice(creditor, customer, DAY, "100");
    }

    @Test
    void an_invoice_cannot_be_settled_by_more_than_its_gross() {
        allocate(invoice, payment("60"), "60");
        long second = payment("60");

        assertThatThrownBy(() -> allocate(invoice, second, "41"))
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("would be settled by more than its gross amount");
        allocate(invoice, second, "40");
    }

    @Test
    void a_payment_cannot_be_spent_twice() {
        long payment = payment("60");
        allocate(invoice, payment, "50");
        long other = portfolio.invoice(creditor, customer, DAY, "100");

        assertThatThrownBy(() -> allocate(other, payment, "11")).hasMessageContaining("beyond its amount");
    }

    @Test
    void money_does_not_cross_creditors_or_currencies() {
        long dollars = portfolio.invoice(creditor, customer, DAY.minusDays(30), DAY, "USD", "100");
        long elsewhere = portfolio.invoice(portfolio.creditor("NL"), customer, DAY, "100");
        long payment = payment("60");

        assertThatThrownBy(() -> allocate(dollars, payment, "10")).hasMessageContaining("another creditor or currency");
        assertThatThrownBy(() -> allocate(elsewhere, payment, "10"))
                .hasMessageContaining("another creditor or currency");
    }

    @Test
    void of_two_transactions_that_together_would_settle_too_much_one_is_refused() throws Exception {
        long first = payment("80");
        long second = payment("80");
        CyclicBarrier bothWrote = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Boolean>> results = List.of(first, second).stream()
                    .map(payment -> threads.submit(() -> {
                        try {
                            transaction.executeWithoutResult(status -> {
                                jdbc.sql("select 1").query(Integer.class).single();
                                await(bothWrote);
                                allocate(invoice, payment, "80");
                            });
                            return true;
                        } catch (DataAccessException e) {
                            return false;
                        }
                    }))
                    .toList();

            assertThat(List.of(
                            results.get(0).get(30, TimeUnit.SECONDS),
                            results.get(1).get(30, TimeUnit.SECONDS)))
                    .containsExactlyInAnyOrder(true, false);
        } finally {
            threads.shutdownNow();
        }
        assertThat(settled()).isEqualByComparingTo("80");
    }

    @Test
    void payments_that_come_at_the_same_time_settle_an_invoice_once_and_the_rest_is_on_account() throws Exception {
        Books books = new Books(ledger, jdbc);
        CustomerKey buyer = books.customer();
        books.invoices(books.invoice(buyer, "A", "2024-03-31", "100"), books.invoice(buyer, "B", "2024-03-31", "50"));
        int writers = 4;
        CyclicBarrier start = new CyclicBarrier(writers);

        CompletableFuture<?>[] all = new CompletableFuture<?>[writers];
        for (int i = 0; i < writers; i++) {
            String number = "P" + i;
            all[i] = CompletableFuture.runAsync(() -> {
                await(start);
                ledger.payments(
                        List.of(books.payment(buyer, number, "2024-04-01", "45").naming("A")));
            });
        }
        CompletableFuture.allOf(all).get(30, TimeUnit.SECONDS);

        assertThat(books.open("2024-12-31")).isEmpty();
        assertThat(books.onAccount("EUR")).isEqualByComparingTo("30");
    }

    @Test
    void the_same_rows_written_twice_at_the_same_time_count_once() throws Exception {
        Books books = new Books(ledger, jdbc);
        CustomerKey buyer = books.customer();
        List<InvoiceRow> invoices =
                List.of(books.invoice(buyer, "A", "2024-03-31", "100"), books.invoice(buyer, "B", "2024-03-31", "50"));
        List<PaymentRow> payments = List.of(
                books.payment(buyer, "P", "2024-04-01", "45").naming("B"),
                books.payment(buyer, "Q", "2024-04-01", "45"));
        CyclicBarrier start = new CyclicBarrier(2);

        CompletableFuture<?>[] all = new CompletableFuture<?>[2];
        for (int i = 0; i < 2; i++) {
            all[i] = CompletableFuture.runAsync(() -> {
                await(start);
                ledger.book(invoices, List.of(), payments);
            });
        }
        CompletableFuture.allOf(all).get(30, TimeUnit.SECONDS);

        assertThat(books.count("payment")).isEqualTo(2);
        assertThat(books.open("2024-12-31").values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("60");
    }

    @Test
    void an_allocation_is_of_one_payment_or_one_credit_note() {
        assertThatThrownBy(() -> jdbc.sql(
                                """
                                insert into allocation (invoice_id, effective_on, amount) values (:invoice, date '2024-04-01', 1)
                                """)
                        .param("invoice", invoice)
                        .update())
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void amounts_and_days_that_cannot_be_are_refused() {
        for (Map.Entry<String, String> wrong : Map.of(
                        "gross = 0", "gross",
                        "due_on = issued_on - 1", "check",
                        "currency = 'eur'", "currency",
                        "number = ''", "number",
                        "dispute_resolved = true", "check")
                .entrySet()) {
            assertThatThrownBy(() -> jdbc.sql("update invoice set " + wrong.getKey() + " where id = :id")
                            .param("id", invoice)
                            .update())
                    .as(wrong.getKey())
                    .isInstanceOf(DataIntegrityViolationException.class)
                    .hasMessageContaining(wrong.getValue());
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private long payment(String amount) {
        return jdbc.sql(
                        """
                        insert into payment (creditor_id, customer_id, number, received_on, currency, amount)
                        values (:creditor, :customer, :number, :day, 'EUR', :amount) returning id
                        """)
                .param("creditor", creditor)
                .param("customer", customer)
                .param("number", Portfolio.unique("GUARD"))
                .param("day", DAY)
                .param("amount", new BigDecimal(amount))
                .query(Long.class)
                .single();
    }

    private void allocate(long to, long payment, String amount) {
        jdbc.sql(
                        """
                        insert into allocation (invoice_id, payment_id, effective_on, amount)
                        values (:invoice, :payment, :day, :amount)
                        """)
                .param("invoice", to)
                .param("payment", payment)
                .param("day", DAY)
                .param("amount", new BigDecimal(amount))
                .update();
    }

    private BigDecimal settled() {
        return jdbc.sql("select sum(amount) from allocation where invoice_id = :id")
                .param("id", invoice)
                .query(BigDecimal.class)
                .single();
    }
}
