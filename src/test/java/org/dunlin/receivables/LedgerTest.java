package org.dunlin.receivables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.dunlin.DunlinTest;
import org.dunlin.receivables.CustomerRow.PersonRow;
import org.dunlin.receivables.PaymentRow.Part;
import org.dunlin.receivables.WriteResult.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

@DunlinTest
@RecordApplicationEvents
class LedgerTest {

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

    // ---- idempotent

    @Test
    void what_is_there_already_exactly_so_is_left_alone() {
        InvoiceRow invoice = books.invoice(buyer, "A", "2024-03-31", "100");
        PaymentRow payment = books.payment(buyer, "P1", "2024-03-01", "40");
        CreditNoteRow note =
                new CreditNoteRow(books.creditor, buyer, "N1", LocalDate.parse("2024-03-02"), Books.eur("10"), "A");

        Booking first = ledger.book(List.of(invoice), List.of(note), List.of(payment));
        Booking again = ledger.book(List.of(invoice), List.of(note), List.of(payment));

        assertThat(List.of(first.invoices(), first.creditNotes(), first.payments()))
                .allSatisfy(result -> assertThat(result.outcomes()).containsExactly(Outcome.INSERTED));
        assertThat(List.of(again.invoices(), again.creditNotes(), again.payments()))
                .allSatisfy(result -> assertThat(result.outcomes()).containsExactly(Outcome.UNCHANGED));
        assertThat(books.open("2024-12-31")).containsOnly(java.util.Map.entry("A", new BigDecimal("5E+1")));
    }

    @Test
    void a_row_that_stands_twice_in_one_list_counts_once() {
        books.invoices(books.invoice(buyer, "A", "2024-03-31", "100"));
        PaymentRow payment = books.payment(buyer, "P1", "2024-03-01", "40");

        WriteResult result = ledger.payments(List.of(payment, payment));

        assertThat(result.outcomes()).containsExactly(Outcome.INSERTED, Outcome.UNCHANGED);
        assertThat(books.count("payment")).isEqualTo(1);
    }

    @Test
    void a_payment_with_the_same_key_and_another_amount_is_rejected_with_what_is_booked() {
        books.invoices(books.invoice(buyer, "A", "2024-03-31", "100"));

        WriteResult result = ledger.payments(List.of(
                books.payment(buyer, "P1", "2024-03-01", "40"), books.payment(buyer, "P1", "2024-03-01", "41")));

        assertThat(result.outcomes()).containsExactly(Outcome.INSERTED, Outcome.REJECTED);
        assertThat(result.problems().get(0).reason()).isEqualTo("payment P1 is already booked with EUR 40");
        assertThat(books.open("2024-12-31").get("A")).isEqualByComparingTo("60");
    }

    @Test
    void the_last_of_several_versions_of_an_invoice_in_one_list_counts() {
        WriteResult result = ledger.invoices(List.of(
                books.invoice(buyer, "A", "2024-03-31", "100"),
                books.invoice(buyer, "A", "2024-04-30", "120"),
                books.invoice(buyer, "A", "2024-04-30", "120")));

        assertThat(result.outcomes()).containsExactly(Outcome.INSERTED, Outcome.CHANGED, Outcome.UNCHANGED);
        assertThat(books.open("2024-12-31").get("A")).isEqualByComparingTo("120");
    }

    // ---- the bad rows are named, the good ones go in

    @Test
    void a_row_with_an_unknown_customer_or_creditor_is_named_and_the_others_go_in() {
        InvoiceRow good = books.invoice(buyer, "A", "2024-03-31", "100");
        InvoiceRow unknownCustomer = books.invoice(CustomerKey.of("nobody"), "B", "2024-03-31", "100");
        InvoiceRow unknownCreditor =
                new InvoiceRow("no-such", buyer, "C", good.issuedOn(), good.dueOn(), good.gross(), null, null);

        WriteResult result = ledger.invoices(List.of(unknownCustomer, good, unknownCreditor));

        assertThat(result.outcomes()).containsExactly(Outcome.REJECTED, Outcome.INSERTED, Outcome.REJECTED);
        assertThat(result.problems())
                .extracting(RowProblem::row, RowProblem::field, RowProblem::value, RowProblem::reason)
                .containsExactly(
                        tuple(0, "customer", "nobody", "unknown customer"),
                        tuple(2, "creditor", "no-such", "unknown creditor"));
    }

    @Test
    void the_twin_of_a_rejected_row_is_rejected_too() {
        InvoiceRow bad = books.invoice(CustomerKey.of("nobody"), "B", "2024-03-31", "100");

        WriteResult result = ledger.invoices(List.of(bad, bad));

        assertThat(result.outcomes()).containsExactly(Outcome.REJECTED, Outcome.REJECTED);
        assertThat(result.rejections()).extracting(RowProblem::row).containsExactly(0, 1);
    }

    @Test
    void an_invoice_cannot_shrink_below_what_is_settled_or_change_customer_or_currency() {
        books.invoices(books.invoice(buyer, "A", "2024-03-31", "100"));
        ledger.payments(List.of(books.payment(buyer, "P", "2024-03-01", "60")));
        CustomerKey other = books.customer();
        InvoiceRow dollars = new InvoiceRow(
                books.creditor,
                buyer,
                "A",
                LocalDate.parse("2024-03-01"),
                LocalDate.parse("2024-03-31"),
                Money.of(new BigDecimal("100"), "USD"),
                null,
                null);

        WriteResult result = ledger.invoices(List.of(
                books.invoice(buyer, "A", "2024-03-31", "59.99"),
                books.invoice(other, "A", "2024-03-31", "100"),
                dollars));

        assertThat(result.problems())
                .extracting(RowProblem::field, RowProblem::reason)
                .containsExactlyInAnyOrder(
                        tuple("amount", "invoice A is already settled by 60"),
                        tuple("customer", "invoice A is already booked for customer " + buyer.number()),
                        tuple("currency", "invoice A is already booked in EUR"));
        assertThat(books.open("2024-12-31").get("A")).isEqualByComparingTo("40");
    }

    @Test
    void a_new_customer_without_a_name_is_named_and_a_known_one_keeps_what_is_not_given() {
        CustomerKey fresh = CustomerKey.of(org.dunlin.Portfolio.unique("FRESH"));
        CustomerRow rating = new CustomerRow(
                buyer, null, null, null, null, null, null, null, null, null, null, null, null, null, 80, null, null);

        WriteResult result = ledger.customers(List.of(
                new CustomerRow(
                        fresh, null, null, null, null, null, null, "NL", null, "nl", null, null, null, null, null, null,
                        null),
                rating,
                rating));

        assertThat(result.outcomes()).containsExactly(Outcome.REJECTED, Outcome.CHANGED, Outcome.UNCHANGED);
        assertThat(result.problems()).extracting(RowProblem::field).containsExactly("name");
        assertThat(receivables.customer(books.id(buyer)).name()).isEqualTo("Buyer");
    }

    @Test
    void a_correction_of_a_contact_person_stays_until_the_source_delivers_something_else() {
        List<Outcome> outcomes = new ArrayList<>();
        outcomes.addAll(persons(new PersonRow("Kim", null, "kim@old.example", "+31201234567")));
        jdbc.sql("update contact_person set phone = '+31207654321' where customer_id = :id")
                .param("id", books.id(buyer))
                .update();

        outcomes.addAll(persons(new PersonRow("Kim", null, "kim@old.example", "+31201234567")));
        assertThat(receivables.customer(books.id(buyer)).persons().get(0).phone())
                .isEqualTo("+31207654321");

        outcomes.addAll(persons(
                new PersonRow("Kim", null, "kim@new.example", "+31201234567"), new PersonRow("Lou", null, null, null)));
        assertThat(receivables.customer(books.id(buyer)).persons())
                .extracting(Customer.ContactPerson::name, Customer.ContactPerson::phone)
                .containsExactly(tuple("Kim", "+31201234567"), tuple("Lou", null));

        outcomes.addAll(persons(new PersonRow("Kim", null, "kim@new.example", "+31201234567")));
        assertThat(receivables.customer(books.id(buyer)).persons()).hasSize(1);
        assertThat(outcomes).containsExactly(Outcome.CHANGED, Outcome.UNCHANGED, Outcome.CHANGED, Outcome.CHANGED);
    }

    private List<Outcome> persons(PersonRow... persons) {
        return ledger.customers(List.of(new CustomerRow(
                        buyer,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(persons))))
                .outcomes();
    }

    // ---- which invoices money settles

    @Test
    void a_part_payment_leaves_the_rest_open_from_its_day_on() {
        books.invoices(books.invoice(buyer, "A", "2024-03-31", "100"));

        ledger.payments(List.of(books.payment(buyer, "P", "2024-04-10", "30").naming("A")));

        assertThat(books.open("2024-04-09").get("A")).isEqualByComparingTo("100");
        assertThat(books.open("2024-04-10").get("A")).isEqualByComparingTo("70");
    }

    @Test
    void a_payment_goes_to_the_invoices_it_names_and_not_to_older_ones() {
        books.invoices(
                books.invoice(buyer, "OLD", "2024-01-31", "100"),
                books.invoice(buyer, "A", "2024-03-31", "100"),
                books.invoice(buyer, "B", "2024-04-30", "100"));

        ledger.payments(List.of(books.payment(buyer, "P", "2024-04-10", "130").naming("A", "B")));

        assertThat(books.open("2024-12-31").keySet()).containsExactly("B", "OLD");
        assertThat(books.open("2024-12-31").get("B")).isEqualByComparingTo("70");
    }

    @Test
    void amounts_given_for_each_invoice_are_kept_to() {
        books.invoices(books.invoice(buyer, "A", "2024-03-31", "100"), books.invoice(buyer, "B", "2024-04-30", "100"));
        PaymentRow payment = new PaymentRow(
                books.creditor,
                buyer,
                "bank",
                "P",
                LocalDate.parse("2024-04-10"),
                Books.eur("110"),
                null,
                null,
                List.of(new Part("A", new BigDecimal("20")), new Part("B", new BigDecimal("90"))));

        ledger.payments(List.of(payment));

        assertThat(books.open("2024-12-31").get("A")).isEqualByComparingTo("80");
        assertThat(books.open("2024-12-31").get("B")).isEqualByComparingTo("10");
    }

    @Test
    void a_payment_that_names_nothing_goes_to_the_oldest_due_invoices() {
        books.invoices(
                books.invoice(buyer, "YOUNG", "2024-05-31", "100"),
                books.invoice(buyer, "OLD", "2024-01-31", "100"),
                books.invoice(buyer, "MIDDLE", "2024-03-31", "100"));

        ledger.payments(List.of(
                books.payment(buyer, "P2", "2024-06-10", "80"), books.payment(buyer, "P1", "2024-06-01", "90")));

        assertThat(books.open("2024-06-01").get("OLD")).isEqualByComparingTo("10");
        assertThat(books.open("2024-06-10").keySet()).containsExactly("MIDDLE", "YOUNG");
        assertThat(books.open("2024-06-10").get("MIDDLE")).isEqualByComparingTo("30");
    }

    @Test
    void an_overpayment_settles_what_else_is_open_and_the_rest_waits_on_account_for_the_next_invoice() {
        books.invoices(books.invoice(buyer, "A", "2024-03-31", "100"), books.invoice(buyer, "B", "2024-04-30", "10"));

        ledger.payments(List.of(books.payment(buyer, "P", "2024-03-20", "150").naming("A")));

        assertThat(books.open("2024-12-31")).isEmpty();
        assertThat(books.onAccount("EUR")).isEqualByComparingTo("40");

        books.invoices(books.invoice(buyer, "C", "2024-06-30", "25"), books.invoice(buyer, "D", "2024-07-31", "25"));

        assertThat(books.onAccount("EUR")).isZero();
        assertThat(books.open("2024-12-31").keySet()).containsExactly("D");
        assertThat(books.open("2024-12-31").get("D")).isEqualByComparingTo("10");
        assertThat(jdbc.sql(
                                "select effective_on from allocation a join invoice i on i.id = a.invoice_id where i.number = 'C' and i.customer_id = :id")
                        .param("id", books.id(buyer))
                        .query(LocalDate.class)
                        .single())
                .as("settled from its own date of issue, not before")
                .isEqualTo("2024-05-31");
    }

    @Test
    void money_for_an_invoice_that_is_not_known_waits_for_it_and_settles_nothing_else() {
        books.invoices(books.invoice(buyer, "A", "2024-03-31", "100"));

        WriteResult result = ledger.payments(
                List.of(books.payment(buyer, "P", "2024-03-20", "80").naming("LATER")));

        assertThat(result.outcomes()).containsExactly(Outcome.INSERTED);
        assertThat(result.warnings())
                .extracting(RowProblem::field, RowProblem::value, RowProblem::reason)
                .containsExactly(
                        tuple("invoice", "LATER", "unknown invoice: the money waits on account until it arrives"));
        assertThat(books.open("2024-12-31").get("A")).isEqualByComparingTo("100");

        books.invoices(
                books.invoice(buyer, "OTHER", "2024-02-28", "10"), books.invoice(buyer, "LATER", "2024-05-31", "70"));

        assertThat(books.open("2024-12-31").keySet())
                .as("the named one is settled, and what it did not need went to the oldest")
                .containsExactly("A");
        assertThat(books.open("2024-12-31").get("A")).isEqualByComparingTo("100");
        assertThat(books.onAccount("EUR")).isZero();
    }

    @Test
    void the_same_payment_sent_again_with_the_right_invoice_settles_that() {
        books.invoices(books.invoice(buyer, "A", "2024-03-31", "100"), books.invoice(buyer, "B", "2024-03-31", "100"));
        ledger.payments(List.of(books.payment(buyer, "P", "2024-03-20", "80").naming("MISTYPED")));
        WriteResult same = ledger.payments(
                List.of(books.payment(buyer, "P", "2024-03-20", "80").naming("MISTYPED")));

        WriteResult corrected = ledger.payments(
                List.of(books.payment(buyer, "P", "2024-03-20", "80").naming("B")));

        assertThat(same.outcomes()).containsExactly(Outcome.UNCHANGED);
        assertThat(corrected.outcomes()).containsExactly(Outcome.CHANGED);
        assertThat(books.count("payment")).isEqualTo(1);
        assertThat(books.open("2024-12-31").get("B")).isEqualByComparingTo("20");
        assertThat(ledger.payments(List.of(
                                books.payment(buyer, "P", "2024-03-20", "80").naming("B")))
                        .outcomes())
                .containsExactly(Outcome.UNCHANGED);
    }

    @Test
    void a_payment_without_customer_belongs_to_whom_the_named_invoice_belongs() {
        books.invoices(books.invoice(buyer, "A", "2024-03-31", "100"));
        PaymentRow payment = new PaymentRow(
                books.creditor,
                null,
                "bank",
                "P",
                LocalDate.parse("2024-04-01"),
                Books.eur("100"),
                null,
                null,
                List.of(new Part("A", null)));
        PaymentRow lost = new PaymentRow(
                books.creditor,
                null,
                "bank",
                "Q",
                LocalDate.parse("2024-04-01"),
                Books.eur("100"),
                null,
                null,
                List.of(new Part("UNKNOWN", null)));

        WriteResult result = ledger.payments(List.of(payment, lost));

        assertThat(result.outcomes()).containsExactly(Outcome.INSERTED, Outcome.REJECTED);
        assertThat(result.rejections().get(0).reason())
                .isEqualTo("neither customer, reference nor a known invoice says who paid");
        assertThat(books.open("2024-12-31")).isEmpty();
    }

    @Test
    void a_structured_reference_tells_who_paid_whom() {
        Books belgian = new Books(ledger, jdbc, "BE");
        CustomerKey payer = belgian.customer();
        belgian.invoices(
                belgian.invoice(payer, "A", "2024-03-31", "100"), belgian.invoice(payer, "B", "2024-04-30", "100"));
        Creditor creditor = receivables.creditor(jdbc.sql("select id from creditor where number = :n")
                .param("n", belgian.creditor)
                .query(Long.class)
                .single());
        String reference = references.forCustomer(creditor, belgian.id(payer)).formatted();
        assertThat(reference)
                .startsWith("+++")
                .isEqualTo(references.forCustomer(creditor, belgian.id(payer)).formatted());

        WriteResult result = ledger.payments(List.of(
                new PaymentRow(
                        null,
                        null,
                        "bank",
                        "P1",
                        LocalDate.parse("2024-04-01"),
                        Books.eur("70"),
                        reference,
                        null,
                        List.of()),
                new PaymentRow(
                        belgian.creditor,
                        null,
                        "bank",
                        "P2",
                        LocalDate.parse("2024-04-02"),
                        Books.eur("50"),
                        null,
                        "bedankt " + reference + " groeten",
                        List.of())));

        assertThat(result.outcomes()).containsExactly(Outcome.INSERTED, Outcome.INSERTED);
        assertThat(belgian.open("2024-12-31").keySet()).containsExactly("B");
        assertThat(belgian.open("2024-12-31").get("B")).isEqualByComparingTo("80");
    }

    @Test
    void currencies_never_mix() {
        books.invoices(books.invoice(buyer, "A", "2024-03-31", "100"));
        PaymentRow dollars = PaymentRow.of(
                books.creditor, buyer, "P", LocalDate.parse("2024-04-01"), Money.of(new BigDecimal("100"), "USD"));
        PaymentRow named = PaymentRow.of(
                        books.creditor,
                        buyer,
                        "Q",
                        LocalDate.parse("2024-04-01"),
                        Money.of(new BigDecimal("50"), "USD"))
                .naming("A");

        WriteResult result = ledger.payments(List.of(dollars, named));

        assertThat(result.warnings())
                .extracting(RowProblem::row, RowProblem::field)
                .containsExactly(tuple(1, "invoice"));
        assertThat(books.open("2024-12-31").get("A")).isEqualByComparingTo("100");
        assertThat(books.onAccount("USD")).isEqualByComparingTo("150");
    }

    @Test
    void money_stays_with_the_creditor_it_was_paid_to() {
        Books other = new Books(ledger, jdbc);
        other.invoices(other.invoice(buyer, "A", "2024-03-31", "100"));

        ledger.payments(List.of(books.payment(buyer, "P", "2024-04-01", "100").naming("A")));

        assertThat(other.open("2024-12-31").get("A")).isEqualByComparingTo("100");
        assertThat(books.onAccount("EUR")).isEqualByComparingTo("100");
    }

    @Test
    void a_credit_note_settles_the_invoice_it_names_and_then_the_oldest() {
        books.invoices(books.invoice(buyer, "OLD", "2024-01-31", "100"), books.invoice(buyer, "A", "2024-03-31", "30"));

        WriteResult result = ledger.creditNotes(List.of(
                new CreditNoteRow(books.creditor, buyer, "N", LocalDate.parse("2024-04-01"), Books.eur("50"), "A")));

        assertThat(result.outcomes()).containsExactly(Outcome.INSERTED);
        assertThat(books.open("2024-12-31").keySet()).containsExactly("OLD");
        assertThat(books.open("2024-12-31").get("OLD")).isEqualByComparingTo("80");
    }

    @Test
    void a_company_can_pay_the_invoice_of_another() {
        CustomerKey mother = books.customer();
        books.invoices(books.invoice(buyer, "A", "2024-03-31", "100"));

        ledger.payments(List.of(books.payment(mother, "P", "2024-04-01", "100").naming("A")));

        assertThat(books.open("2024-12-31")).isEmpty();
        assertThat(changed()).contains(books.id(buyer), books.id(mother));
    }

    @Test
    void invoices_of_a_list_and_money_for_them_can_come_together() {
        Booking booking = ledger.book(
                List.of(books.invoice(buyer, "A", "2024-03-31", "100")),
                List.of(),
                List.of(new PaymentRow(
                        books.creditor,
                        null,
                        "bank",
                        "P",
                        LocalDate.parse("2024-04-01"),
                        Books.eur("100"),
                        null,
                        null,
                        List.of(new Part("A", null)))));

        assertThat(booking.payments().outcomes()).containsExactly(Outcome.INSERTED);
        assertThat(books.open("2024-03-31").get("A")).isEqualByComparingTo("100");
        assertThat(books.open("2024-04-01")).isEmpty();
    }

    // ---- who is told

    @Test
    void a_change_of_open_amounts_is_told_and_nothing_else() {
        books.invoices(books.invoice(buyer, "A", "2024-03-31", "100"));
        assertThat(changed()).as("a new invoice settles nothing").doesNotContain(books.id(buyer));

        ledger.payments(List.of(books.payment(buyer, "P", "2024-03-20", "20")));
        assertThat(changed()).contains(books.id(buyer));

        events.clear();
        ledger.payments(List.of(books.payment(buyer, "P", "2024-03-20", "20")));
        assertThat(changed()).as("nothing new").isEmpty();

        books.invoices(books.invoice(buyer, "A", "2024-03-31", "90"));
        assertThat(changed()).as("the amount changed").contains(books.id(buyer));
    }

    private Set<Long> changed() {
        return events.stream(LedgerChanged.class)
                .flatMap(event -> event.customerIds().stream())
                .collect(java.util.stream.Collectors.toSet());
    }

    @Test
    void a_resolved_dispute_counts_in_the_share_but_does_not_stand_in_the_way() {
        InvoiceRow plain = books.invoice(buyer, "A", "2024-03-31", "100");
        books.invoices(new InvoiceRow(
                books.creditor,
                buyer,
                "A",
                plain.issuedOn(),
                plain.dueOn(),
                plain.gross(),
                InvoiceRow.Dispute.RESOLVED,
                null));
        WriteResult notGiven = ledger.invoices(List.of(plain));

        assertThat(notGiven.outcomes()).as("not given: left as it was").containsExactly(Outcome.UNCHANGED);
        assertThat(receivables.openOfCustomer(books.id(buyer), LocalDate.parse("2024-04-01")))
                .extracting(OpenInvoice::disputed)
                .containsExactly(false);
        assertThat(jdbc.sql("select disputed from invoice where customer_id = :id")
                        .param("id", books.id(buyer))
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }
}
