package org.dunlin.receivables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.dunlin.DunlinTest;
import org.dunlin.receivables.Customer.ContactPerson;
import org.dunlin.receivables.CustomerRow.PersonRow;
import org.dunlin.receivables.WriteResult.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

/** Payments that come back, invoices that are withdrawn, customers who turn out to be one. */
@DunlinTest
@RecordApplicationEvents
class LedgerEndsTest {

    @Autowired
    Ledger ledger;

    @Autowired
    Receivables receivables;

    @Autowired
    PaymentReferences references;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ApplicationEvents events;

    Books books;
    CustomerKey buyer;

    @BeforeEach
    void open() {
        books = new Books(ledger, jdbc);
        buyer = books.customer();
    }

    // ---- returned payments

    @Test
    void a_returned_payment_opens_its_invoices_again_from_that_day_on_and_can_settle_nothing_any_more() {
        books.invoices(books.invoice(buyer, "A", "2024-03-31", "100"), books.invoice(buyer, "B", "2024-04-30", "50"));
        ledger.payments(List.of(books.payment(buyer, "P", "2024-04-01", "170")));
        assertThat(books.onAccount("EUR")).isEqualByComparingTo("20");

        WriteResult result = ledger.returnPayments(List.of(returned("P", "2024-04-10")));

        assertThat(result.outcomes()).containsExactly(Outcome.INSERTED);
        assertThat(books.open("2024-04-09")).as("the day before is what it was").isEmpty();
        assertThat(open("2024-04-10")).isEqualTo("{A=100, B=50}");
        assertThat(books.onAccount("EUR")).isZero();
        books.invoices(books.invoice(buyer, "C", "2024-06-30", "20"));
        assertThat(open("2024-12-31")).as("nothing is left for a later invoice").isEqualTo("{A=100, B=50, C=20}");
        assertThat(changedCustomers()).contains(books.id(buyer));
    }

    @Test
    void a_return_counts_once_and_the_payment_stays_known_as_it_is() {
        books.invoices(books.invoice(buyer, "A", "2024-03-31", "100"));
        PaymentRow payment = books.payment(buyer, "P", "2024-04-01", "100").naming("A");
        ledger.payments(List.of(payment));
        ledger.returnPayments(List.of(returned("P", "2024-04-10")));
        long told = changes();

        WriteResult again = ledger.returnPayments(List.of(returned("P", "2024-04-10"), returned("P", "2024-04-10")));
        WriteResult resent = ledger.payments(List.of(payment));

        assertThat(again.outcomes()).containsExactly(Outcome.UNCHANGED, Outcome.UNCHANGED);
        assertThat(resent.outcomes()).containsExactly(Outcome.UNCHANGED);
        assertThat(open("2024-12-31")).isEqualTo("{A=100}");
        assertThat(changes()).as("nothing changed, nobody is told").isEqualTo(told);
    }

    @Test
    void what_was_only_on_account_goes_back_too() {
        ledger.payments(List.of(
                books.payment(buyer, "P", "2024-04-01", "70"),
                books.payment(buyer, "Q", "2024-04-01", "30").naming("STILL-TO-COME")));

        ledger.returnPayments(List.of(returned("P", "2024-04-10"), returned("Q", "2024-04-10")));

        assertThat(books.onAccount("EUR")).isZero();
        books.invoices(
                books.invoice(buyer, "A", "2024-05-31", "100"),
                books.invoice(buyer, "STILL-TO-COME", "2024-05-31", "30"));
        assertThat(open("2024-12-31")).isEqualTo("{A=100, STILL-TO-COME=30}");
    }

    @Test
    void a_part_that_goes_back_comes_from_what_is_on_account_and_then_from_what_was_due_last() {
        books.invoices(books.invoice(buyer, "A", "2024-03-31", "100"), books.invoice(buyer, "B", "2024-04-30", "50"));
        ledger.payments(List.of(books.payment(buyer, "P", "2024-04-01", "170")));

        ledger.returnPayments(List.of(returned("P", "2024-04-10", "40")));

        assertThat(open("2024-12-31")).isEqualTo("{B=20}");
        assertThat(books.onAccount("EUR")).isZero();

        ledger.returnPayments(List.of(returned("P", "2024-04-20", "50")));
        assertThat(open("2024-04-19")).isEqualTo("{B=20}");
        assertThat(open("2024-12-31")).isEqualTo("{A=20, B=50}");

        WriteResult rest = ledger.returnPayments(List.of(returned("P", "2024-04-25")));
        assertThat(rest.outcomes()).containsExactly(Outcome.INSERTED);
        assertThat(open("2024-12-31")).isEqualTo("{A=100, B=50}");
    }

    @Test
    void other_money_on_account_settles_what_a_return_opened_and_not_before_that_day() {
        books.invoices(books.invoice(buyer, "A", "2024-03-31", "100"));
        ledger.payments(
                List.of(books.payment(buyer, "P", "2024-04-01", "100"), books.payment(buyer, "Q", "2024-04-02", "60")));

        ledger.returnPayments(List.of(returned("P", "2024-04-10")));

        assertThat(open("2024-12-31")).isEqualTo("{A=40}");
        assertThat(jdbc.sql(
                                """
                                select a.effective_on from allocation a join payment p on p.id = a.payment_id
                                    join creditor k on k.id = p.creditor_id
                                where k.number = :creditor and p.number = 'Q'
                                """)
                        .param("creditor", books.creditor)
                        .query(LocalDate.class)
                        .single())
                .isEqualTo("2024-04-10");
    }

    @Test
    void a_return_that_cannot_be_is_named_and_the_others_go_in() {
        books.invoices(books.invoice(buyer, "A", "2024-03-31", "100"));
        ledger.payments(
                List.of(books.payment(buyer, "P", "2024-04-01", "40"), books.payment(buyer, "Q", "2024-04-01", "10")));
        ledger.returnPayments(List.of(returned("Q", "2024-04-03")));

        WriteResult result = ledger.returnPayments(List.of(
                returned("NOBODY", "2024-04-10"),
                PaymentReturnRow.of("no-such", "P", LocalDate.parse("2024-04-10"), "MD06"),
                returned("P", "2024-03-31"),
                returned("P", "2024-04-10", "41"),
                new PaymentReturnRow(
                        books.creditor,
                        CustomerKey.DEFAULT_SOURCE,
                        "P",
                        LocalDate.parse("2024-04-10"),
                        Money.of(BigDecimal.TEN, "USD"),
                        null),
                returned("Q", "2024-04-04"),
                returned("Q", "2024-04-03", "9"),
                returned("P", "2024-04-10")));

        assertThat(result.rejections())
                .extracting(RowProblem::row, RowProblem::field, RowProblem::value, RowProblem::reason)
                .containsExactlyInAnyOrder(
                        tuple(0, "number", "NOBODY", "unknown payment of creditor " + books.creditor),
                        tuple(1, "creditor", "no-such", "unknown creditor"),
                        tuple(2, "returnedOn", "2024-03-31", "payment P was received later, on 2024-04-01"),
                        tuple(3, "amount", "EUR 41.00", "of payment P no more than EUR 40 can go back"),
                        tuple(4, "currency", "USD", "payment P was made in EUR"),
                        tuple(5, "number", "Q", "all of payment Q went back on another day already"),
                        tuple(
                                6,
                                "amount",
                                "EUR 9.00",
                                "of payment Q the return of EUR 10 on 2024-04-03 is already booked"));
        assertThat(result.outcomes().get(7)).isEqualTo(Outcome.INSERTED);
    }

    @Test
    void money_that_settles_something_cannot_be_returned_past_the_guard_nor_returned_money_settle() {
        books.invoices(books.invoice(buyer, "A", "2024-03-31", "100"));
        ledger.payments(List.of(books.payment(buyer, "P", "2024-04-01", "100")));
        String insert =
                """
                insert into payment_return (payment_id, returned_on, amount)
                select p.id, :on, :amount from payment p join creditor k on k.id = p.creditor_id
                where k.number = :creditor and p.number = 'P'
                """;

        assertThatThrownBy(() -> jdbc.sql(insert)
                        .param("on", LocalDate.parse("2024-04-10"))
                        .param("amount", BigDecimal.ONE)
                        .param("creditor", books.creditor)
                        .update())
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("payment P");

        ledger.returnPayments(List.of(returned("P", "2024-04-10")));
        assertThatThrownBy(() -> jdbc.sql(
                                """
                                insert into allocation (invoice_id, payment_id, effective_on, amount)
                                select i.id, p.id, date '2024-05-01', 1 from payment p
                                    join creditor k on k.id = p.creditor_id join invoice i on i.creditor_id = k.id
                                where k.number = :creditor
                                """)
                        .param("creditor", books.creditor)
                        .update())
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("what was not returned");
    }

    @Test
    void payments_and_their_return_at_the_same_time_leave_the_books_in_balance() throws Exception {
        CustomerKey other = books.customer();
        for (int round = 0; round < 15; round++) {
            String n = "-" + round;
            books.invoices(
                    books.invoice(buyer, "A" + n, "2024-03-31", "100"),
                    books.invoice(other, "B" + n, "2024-03-31", "50"));
            ledger.payments(
                    List.of(books.payment(buyer, "P" + n, "2024-04-01", "150").naming("A" + n, "B" + n)));
            CyclicBarrier start = new CyclicBarrier(3);

            List<CompletableFuture<?>> all = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                all.add(CompletableFuture.runAsync(() -> {
                    await(start);
                    ledger.returnPayments(List.of(returned("P" + n, "2024-04-10")));
                }));
            }
            all.add(CompletableFuture.runAsync(() -> {
                await(start);
                ledger.payments(List.of(
                        books.payment(other, "Q" + n, "2024-04-12", "130").naming("B" + n, "A" + n)));
            }));
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
        }

        BigDecimal open = books.open("2024-12-31").values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(open.subtract(books.onAccount("EUR")))
                .as("150 invoiced and 130 kept, fifteen times, whoever came first")
                .isEqualByComparingTo("300");
        assertThat(jdbc.sql(
                                """
                                select count(*) from payment_return r join payment p on p.id = r.payment_id
                                    join creditor k on k.id = p.creditor_id where k.number = :creditor
                                """)
                        .param("creditor", books.creditor)
                        .query(Integer.class)
                        .single())
                .isEqualTo(15);
    }

    // ---- withdrawn invoices

    @Test
    void a_withdrawn_invoice_is_not_open_from_that_day_on_and_its_money_settles_what_else_is_open() {
        books.invoices(books.invoice(buyer, "A", "2024-03-31", "100"), books.invoice(buyer, "B", "2024-04-30", "150"));
        ledger.payments(List.of(books.payment(buyer, "P", "2024-03-20", "60").naming("A")));

        WriteResult result = ledger.withdrawInvoices(List.of(withdrawn("A", "2024-04-10")));

        assertThat(result.outcomes()).containsExactly(Outcome.INSERTED);
        assertThat(open("2024-04-09")).as("the day before is what it was").isEqualTo("{A=40, B=150}");
        assertThat(open("2024-04-10")).isEqualTo("{B=90}");
        assertThat(changedCustomers()).contains(books.id(buyer));
    }

    @Test
    void the_money_of_a_withdrawn_invoice_waits_on_account_when_nothing_else_is_open() {
        books.invoices(books.invoice(buyer, "A", "2024-03-31", "100"));
        CreditNoteRow note =
                new CreditNoteRow(books.creditor, buyer, "N", LocalDate.parse("2024-03-05"), Books.eur("30"), "A");
        ledger.creditNotes(List.of(note));
        ledger.payments(List.of(books.payment(buyer, "P", "2024-03-20", "70").naming("A")));

        ledger.withdrawInvoices(List.of(withdrawn("A", "2024-04-10")));

        assertThat(books.onAccount("EUR")).isEqualByComparingTo("100");
        books.invoices(books.invoice(buyer, "C", "2024-06-30", "120"));
        assertThat(open("2024-12-31")).isEqualTo("{C=20}");
    }

    @Test
    void money_of_another_customer_goes_back_to_that_customers_account() {
        CustomerKey parent = books.customer();
        books.invoices(books.invoice(buyer, "A", "2024-03-31", "100"), books.invoice(parent, "M", "2024-05-31", "80"));
        ledger.payments(List.of(books.payment(parent, "P", "2024-03-20", "100").naming("A")));

        ledger.withdrawInvoices(List.of(withdrawn("A", "2024-04-10")));

        assertThat(open("2024-12-31")).isEqualTo("{}");
        assertThat(books.onAccount("EUR")).isEqualByComparingTo("20");
    }

    @Test
    void money_that_names_a_withdrawn_invoice_settles_what_else_is_open() {
        books.invoices(books.invoice(buyer, "A", "2024-03-31", "100"), books.invoice(buyer, "B", "2024-04-30", "150"));
        ledger.withdrawInvoices(List.of(withdrawn("A", "2024-04-10")));
        PaymentRow payment = books.payment(buyer, "P", "2024-04-20", "200").naming("A");

        WriteResult result = ledger.payments(List.of(payment));

        assertThat(result.warnings())
                .extracting(RowProblem::field, RowProblem::value)
                .containsExactly(tuple("invoice", "A"));
        assertThat(open("2024-12-31")).isEqualTo("{}");
        assertThat(books.onAccount("EUR")).isEqualByComparingTo("50");
        assertThat(ledger.payments(List.of(payment)).outcomes()).containsExactly(Outcome.UNCHANGED);
    }

    @Test
    void a_withdrawal_counts_once_and_the_invoice_is_not_changed_any_more() {
        InvoiceRow invoice = books.invoice(buyer, "A", "2024-03-31", "100");
        books.invoices(invoice);
        ledger.withdrawInvoices(List.of(withdrawn("A", "2024-04-10")));
        long told = changes();

        WriteResult again = ledger.withdrawInvoices(List.of(
                withdrawn("A", "2024-04-10"),
                withdrawn("A", "2024-04-11"),
                withdrawn("GHOST", "2024-04-11"),
                new InvoiceWithdrawalRow(books.creditor, "A", LocalDate.parse("2024-01-01"), null)));
        WriteResult resent = ledger.invoices(List.of(invoice, books.invoice(buyer, "A", "2024-03-31", "110")));

        assertThat(again.outcomes())
                .containsExactly(Outcome.UNCHANGED, Outcome.REJECTED, Outcome.REJECTED, Outcome.REJECTED);
        assertThat(again.rejections())
                .extracting(RowProblem::field, RowProblem::reason)
                .containsExactlyInAnyOrder(
                        tuple("withdrawnOn", "invoice A is already withdrawn on 2024-04-10"),
                        tuple("number", "unknown invoice of creditor " + books.creditor),
                        tuple("withdrawnOn", "invoice A was issued later, on 2024-03-01"));
        assertThat(resent.outcomes()).containsExactly(Outcome.UNCHANGED, Outcome.REJECTED);
        assertThat(open("2024-12-31")).isEqualTo("{}");
        assertThat(changes()).isEqualTo(told);
    }

    // ---- merged customers

    @Test
    void what_the_one_had_belongs_to_the_other_and_finds_each_other() {
        CustomerKey old = books.customer();
        books.invoices(books.invoice(buyer, "A", "2024-03-31", "100"), books.invoice(old, "B", "2024-02-28", "50"));
        ledger.payments(List.of(books.payment(old, "P", "2024-03-01", "80")));

        WriteResult result = ledger.mergeCustomers(List.of(new CustomerMergeRow(old, buyer)));

        assertThat(result.outcomes()).containsExactly(Outcome.INSERTED);
        assertThat(open("2024-12-31")).isEqualTo("{A=70}");
        assertThat(receivables.openOfCustomer(books.id(buyer), Books.FAR))
                .extracting(OpenInvoice::number)
                .containsExactly("A");
        assertThat(receivables.openOfCustomer(books.id(old), Books.FAR)).isEmpty();
        assertThat(events.stream(CustomersMerged.class).map(CustomersMerged::into))
                .containsExactly(Map.of(books.id(old), books.id(buyer)));
        assertThat(changedCustomers()).contains(books.id(buyer));
    }

    @Test
    void rows_and_references_of_the_old_customer_are_booked_for_the_other() {
        CustomerKey old = books.customer();
        books.invoices(books.invoice(old, "A", "2024-03-31", "100"));
        Creditor creditor = receivables.creditor(jdbc.sql("select id from creditor where number = :n")
                .param("n", books.creditor)
                .query(Long.class)
                .single());
        String reference = references.forCustomer(creditor, books.id(old)).formatted();
        ledger.mergeCustomers(List.of(new CustomerMergeRow(old, buyer)));

        Booking booking = ledger.book(
                List.of(
                        books.invoice(old, "A", "2024-03-31", "100"),
                        books.invoice(old, "B", "2024-04-30", "50"),
                        books.invoice(buyer, "C", "2024-05-31", "10")),
                List.of(),
                List.of(
                        books.payment(old, "P", "2024-05-01", "30"),
                        new PaymentRow(
                                null,
                                null,
                                "bank",
                                "P2",
                                LocalDate.parse("2024-05-02"),
                                Books.eur("125"),
                                reference,
                                null,
                                List.of())));

        assertThat(booking.invoices().outcomes())
                .containsExactly(Outcome.UNCHANGED, Outcome.INSERTED, Outcome.INSERTED);
        assertThat(booking.payments().outcomes()).containsExactly(Outcome.INSERTED, Outcome.INSERTED);
        assertThat(open("2024-12-31")).isEqualTo("{C=5}");
        assertThat(jdbc.sql("select count(*) from invoice where customer_id = :id")
                        .param("id", books.id(old))
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(receivables.customerId(old.source(), old.number())).contains(books.id(buyer));
    }

    @Test
    void a_chain_of_merges_ends_at_the_last_and_a_circle_is_refused() {
        CustomerKey a = books.customer();
        CustomerKey b = books.customer();
        CustomerKey c = books.customer();
        books.invoices(books.invoice(a, "A", "2024-03-31", "100"));
        ledger.mergeCustomers(List.of(new CustomerMergeRow(a, b)));

        WriteResult result = ledger.mergeCustomers(List.of(
                new CustomerMergeRow(b, c),
                new CustomerMergeRow(a, b),
                new CustomerMergeRow(c, a),
                new CustomerMergeRow(a, buyer),
                new CustomerMergeRow(c, c),
                new CustomerMergeRow(CustomerKey.of("ghost"), c),
                new CustomerMergeRow(buyer, a)));

        assertThat(result.outcomes())
                .containsExactly(
                        Outcome.INSERTED,
                        Outcome.UNCHANGED,
                        Outcome.REJECTED,
                        Outcome.REJECTED,
                        Outcome.REJECTED,
                        Outcome.REJECTED,
                        Outcome.INSERTED);
        assertThat(result.rejections())
                .extracting(RowProblem::row, RowProblem::field, RowProblem::reason)
                .containsExactlyInAnyOrder(
                        tuple(
                                2,
                                "into",
                                "customer " + a + " was merged into " + c
                                        + " before: each would be merged into the other"),
                        tuple(3, "from", "customer " + a + " is already merged into " + c),
                        tuple(4, "into", "a customer cannot be merged into itself"),
                        tuple(5, "from", "unknown customer"));
        books.invoices(books.invoice(a, "A2", "2024-03-31", "10"), books.invoice(buyer, "A3", "2024-03-31", "1"));
        assertThat(receivables.openOfCustomer(books.id(c), Books.FAR))
                .extracting(OpenInvoice::number)
                .containsExactly("A", "A2", "A3");
        assertThat(ledger.mergeCustomers(List.of(new CustomerMergeRow(a, b), new CustomerMergeRow(b, c)))
                        .outcomes())
                .containsExactly(Outcome.UNCHANGED, Outcome.UNCHANGED);
    }

    @Test
    void contact_persons_are_added_once_and_stay_when_the_source_delivers_its_own_again() {
        CustomerRow into = row(buyer, new PersonRow("Kim", null, "kim@buyer.example", "+31201111111"));
        CustomerKey old = books.customer();
        ledger.customers(List.of(
                into,
                row(
                        old,
                        new PersonRow("Kim V.", null, "KIM@buyer.example", "+31201111111"),
                        new PersonRow("Lou", null, "lou@buyer.example", "+31201111111"),
                        new PersonRow("Nobody", null, null, null))));

        ledger.mergeCustomers(List.of(new CustomerMergeRow(old, buyer)));
        WriteResult delivered = ledger.customers(List.of(
                row(buyer, new PersonRow("Kim Vos", null, "kim@buyer.example", "+31201111111")),
                row(old, new PersonRow("Old", null, "old@buyer.example", null))));

        assertThat(receivables.customer(books.id(buyer)).persons())
                .extracting(ContactPerson::name, ContactPerson::email, ContactPerson::phone)
                .containsExactly(
                        tuple("Kim Vos", "kim@buyer.example", "+31201111111"), tuple("Lou", "lou@buyer.example", null));
        assertThat(receivables.customer(books.id(old)).persons()).isEmpty();
        assertThat(delivered.outcomes()).containsExactly(Outcome.CHANGED, Outcome.UNCHANGED);
        assertThat(delivered.warnings())
                .extracting(RowProblem::row, RowProblem::reason)
                .containsExactly(
                        tuple(1, "the customer was merged into " + buyer + ": what the row says of it is not used"));
    }

    @Test
    void what_is_booked_for_a_customer_while_they_are_merged_ends_with_the_other() throws Exception {
        for (int round = 0; round < 15; round++) {
            CustomerKey old = books.customer();
            String n = "-" + round;
            CyclicBarrier start = new CyclicBarrier(2);

            CompletableFuture<?> merge = CompletableFuture.runAsync(() -> {
                await(start);
                ledger.mergeCustomers(List.of(new CustomerMergeRow(old, buyer)));
            });
            CompletableFuture<?> booking = CompletableFuture.runAsync(() -> {
                await(start);
                books.invoices(books.invoice(old, "A" + n, "2024-03-31", "100"));
                ledger.payments(List.of(books.payment(old, "P" + n, "2024-04-01", "40")));
            });
            CompletableFuture.allOf(merge, booking).get(30, TimeUnit.SECONDS);

            assertThat(jdbc.sql(
                                    """
                                    select (select count(*) from invoice where customer_id = :id)
                                        + (select count(*) from payment where customer_id = :id)
                                    """)
                            .param("id", books.id(old))
                            .query(Integer.class)
                            .single())
                    .as("left behind in round %s", round)
                    .isZero();
        }
        // Which invoices the money settled depends on who came first; how much of it there is does not: 15 times 100
        // less 40.
        assertThat(books.open("2024-12-31").values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("900");
    }

    private PaymentReturnRow returned(String number, String on) {
        return PaymentReturnRow.of(books.creditor, number, LocalDate.parse(on), "MD06 refund requested");
    }

    private PaymentReturnRow returned(String number, String on, String amount) {
        return new PaymentReturnRow(
                books.creditor, CustomerKey.DEFAULT_SOURCE, number, LocalDate.parse(on), Books.eur(amount), "MD06");
    }

    private InvoiceWithdrawalRow withdrawn(String number, String on) {
        return new InvoiceWithdrawalRow(books.creditor, number, LocalDate.parse(on), "wrong customer");
    }

    private static CustomerRow row(CustomerKey key, PersonRow... persons) {
        return new CustomerRow(
                key,
                null,
                "Buyer",
                null,
                null,
                null,
                null,
                "NL",
                null,
                "nl",
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(persons));
    }

    private String open(String asOf) {
        Map<String, String> plain = new java.util.TreeMap<>();
        books.open(asOf).forEach((number, amount) -> plain.put(number, amount.toPlainString()));
        return plain.toString();
    }

    private Set<Long> changedCustomers() {
        Set<Long> changed = new java.util.HashSet<>();
        events.stream(LedgerChanged.class).forEach(event -> changed.addAll(event.customerIds()));
        return changed;
    }

    private long changes() {
        return events.stream(LedgerChanged.class).count();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
