package org.dunlin.dunning.chance;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.dunlin.Portfolio;
import org.dunlin.Timeline;
import org.dunlin.dunning.Hold;
import org.dunlin.dunning.Holds;
import org.dunlin.dunning.Instalments.Rhythm;
import org.dunlin.dunning.InvalidOutcomeException;
import org.dunlin.dunning.NewHold;
import org.dunlin.dunning.PlanTerms;
import org.dunlin.dunning.chance.Story.Event;
import org.dunlin.dunning.chance.Story.Fate;
import org.dunlin.dunning.chance.Story.What;
import org.dunlin.receivables.CreditNoteRow;
import org.dunlin.receivables.CustomerKey;
import org.dunlin.receivables.InvoiceRow;
import org.dunlin.receivables.InvoiceRow.Dispute;
import org.dunlin.receivables.InvoiceWithdrawalRow;
import org.dunlin.receivables.Ledger;
import org.dunlin.receivables.Money;
import org.dunlin.receivables.PaymentReturnRow;
import org.dunlin.receivables.PaymentRow;
import org.dunlin.receivables.WriteResult;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The debtors of a story: brings their events into the books and the holds. */
@TestComponent
public class Town {

    private static final List<String> REASONS = List.of("price", "goods", "delivery", "address", "poNumber", "other");

    private final Portfolio portfolio;
    private final Timeline timeline;
    private final Ledger ledger;
    private final Holds holds;
    private final JdbcClient jdbc;
    private final Map<What, Integer> happened = new EnumMap<>(What.class);
    private List<Long> debtors = List.of();
    private String creditor = "";
    private int numbers;

    Town(Portfolio portfolio, Timeline timeline, Ledger ledger, Holds holds, JdbcClient jdbc) {
        this.portfolio = portfolio;
        this.timeline = timeline;
        this.ledger = ledger;
        this.holds = holds;
        this.jdbc = jdbc;
    }

    /** Everybody with a year of invoices behind them, and with those they have now. */
    void settle(Story story) {
        long id = portfolio.creditor("NL");
        creditor = jdbc.sql("select number from creditor where id = :id")
                .param("id", id)
                .query(String.class)
                .single();
        debtors = new ArrayList<>();
        for (Fate fate : story.debtors()) {
            long customer = portfolio.customer(Portfolio.unique("CHANCE"), "NL", "en", fate.employees());
            debtors.add(customer);
            jdbc.sql(
                            """
                            with day as (select :before::date - m * 30 as due from generate_series(2, 9) m),
                            i as (insert into invoice (creditor_id, customer_id, number, issued_on, due_on, currency, gross)
                                  select :creditor, :customer, 'OLD-' || :customer || '-' || due, due - 30, due, 'EUR', 500 from day
                                  returning id, number, due_on),
                            p as (insert into payment (creditor_id, customer_id, number, received_on, currency, amount)
                                  select :creditor, :customer, number, due_on + :late, 'EUR', 500 from i returning id, number, received_on)
                            insert into allocation (invoice_id, payment_id, effective_on, amount)
                            select i.id, p.id, p.received_on, 500 from i join p using (number)
                            """)
                    .param("before", story.begin())
                    .param("creditor", id)
                    .param("customer", customer)
                    .param("late", fate.daysLate())
                    .update();
            for (int i = 0; i < fate.amounts().size(); i++) {
                invoice(
                        customer,
                        story.begin().plusDays(i * 3L - 2),
                        BigDecimal.valueOf(fate.amounts().get(i)));
            }
            if (fate.climbed() > 0) {
                chasedBefore(id, customer, fate.climbed(), story.begin());
            }
        }
    }

    /** By a case that was settled then: the next one goes on at the rung that it had reached. */
    private void chasedBefore(long creditorId, long customer, int rung, LocalDate today) {
        jdbc.sql(
                        """
                        with c as (
                            insert into dunning_case (number, creditor_id, customer_id, currency, state, outcome, opened_on, closed_on, rung,
                                                      first_contact_on, last_contact_at)
                            values ('D' || nextval('dunning_case_number'), :creditor, :customer, 'EUR', 'CLOSED', 'SETTLED', :before, :before,
                                    :rung, :before, :before::date)
                            returning id)
                        insert into dunning_case_invoice (case_id, invoice_id, joined_on, left_on)
                        select c.id, i.id, :before, :before from c, invoice i
                        where i.customer_id = :customer and i.number like 'INV-%'
                        """)
                .param("creditor", creditorId)
                .param("customer", customer)
                .param("rung", rung)
                .param("before", today.minusDays(20))
                .update();
    }

    List<Long> debtors() {
        return debtors;
    }

    /** How often what happened; that something could not be is not counted. */
    Map<What, Integer> happened() {
        return Map.copyOf(happened);
    }

    /** Lets everything happen that is due on that day. */
    void live(Story story, int day) {
        for (int i = 0; i < debtors.size(); i++) {
            for (Event event : story.debtors().get(i).events()) {
                if (event.day() == day && happens(debtors.get(i), event)) {
                    happened.merge(event.what(), 1, Integer::sum);
                }
            }
        }
    }

    private boolean happens(long customer, Event event) {
        try {
            return switch (event.what()) {
                case PAY_ONE, PAY_PART, PAY_EVERYTHING, PAY_TOO_MUCH, PAYMENT_RETURNED, CREDIT_NOTE ->
                    money(customer, event);
                case NEW_INVOICE ->
                    invoice(customer, timeline.today().plusDays(event.size() % 20 - 3L), amount(event.size() * 7));
                case INVOICE_WITHDRAWN, DISPUTED_IN_THE_BOOKS, RESOLVED_IN_THE_BOOKS -> invoiceChanges(customer, event);
                case DISPUTE, PROMISE, PLAN, BLOCK, INSOLVENCY, HOLD_WITHDRAWN -> hold(customer, event);
                case GROWS -> set(customer, "employees = 400");
                case SHRINKS -> set(customer, "employees = 4");
                case RATED_WELL -> set(customer, "external_rating = 95");
                case RATED_BADLY -> set(customer, "external_rating = 5");
                case LOSES_ADDRESS -> address(customer, null);
                case HAS_ADDRESS -> address(customer, "someone-" + customer + "@customer.example");
            };
        } catch (InvalidOutcomeException e) {
            // Not every promise, plan or dispute can be made in every situation.
            return false;
        }
    }

    private record Owed(long id, String number, LocalDate issued, LocalDate due, BigDecimal gross, BigDecimal open) {}

    private List<Owed> owed(long customer) {
        return jdbc.sql(
                        """
                        select o.invoice_id as id, o.number, o.issued_on as issued, o.due_on as due, o.gross, o.open
                        from open_invoice(:today) o where o.customer_id = :customer order by o.invoice_id
                        """)
                .param("today", timeline.today())
                .param("customer", customer)
                .query(Owed.class)
                .list();
    }

    private boolean money(long customer, Event event) {
        if (event.what() == What.PAYMENT_RETURNED) {
            return paymentReturned(customer, event);
        }
        List<Owed> owed = owed(customer);
        if (owed.isEmpty()) {
            return false;
        }
        Owed one = chosen(owed, event);
        BigDecimal all = owed.stream().map(Owed::open).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal part = one.open()
                .multiply(BigDecimal.valueOf(event.size()))
                .divide(BigDecimal.valueOf(100), 2, RoundingMode.UP);
        switch (event.what()) {
            case PAY_ONE -> pay(customer, one.open(), one.number());
            case PAY_PART -> pay(customer, part, one.number());
            case PAY_EVERYTHING -> pay(customer, all);
            case PAY_TOO_MUCH -> pay(customer, all.add(amount(event.size())));
            case CREDIT_NOTE ->
                well(ledger.creditNotes(List.of(new CreditNoteRow(
                        creditor, key(customer), number("CN"), timeline.today(), eur(part), one.number()))));
            default -> throw new IllegalArgumentException(event.toString());
        }
        return true;
    }

    private void pay(long customer, BigDecimal amount, String... invoices) {
        PaymentRow payment = PaymentRow.of(creditor, key(customer), number("PAY"), timeline.today(), eur(amount));
        well(ledger.payments(List.of(payment.naming(invoices))));
    }

    private boolean paymentReturned(long customer, Event event) {
        List<String> payments = jdbc.sql(
                        """
                        select p.number from payment p
                        where p.customer_id = :customer and p.number like 'PAY-%'
                          and not exists (select 1 from payment_return r where r.payment_id = p.id)
                        order by p.id
                        """)
                .param("customer", customer)
                .query(String.class)
                .list();
        if (payments.isEmpty()) {
            return false;
        }
        well(ledger.returnPayments(
                List.of(PaymentReturnRow.of(creditor, chosen(payments, event), timeline.today(), "MS03"))));
        return true;
    }

    private boolean invoice(long customer, LocalDate due, BigDecimal amount) {
        well(ledger.invoices(List.of(new InvoiceRow(
                creditor, key(customer), number("INV"), due.minusDays(30), due, eur(amount), null, null))));
        return true;
    }

    private boolean invoiceChanges(long customer, Event event) {
        List<Owed> owed = owed(customer);
        if (owed.isEmpty()) {
            return false;
        }
        Owed one = chosen(owed, event);
        if (event.what() == What.INVOICE_WITHDRAWN) {
            well(ledger.withdrawInvoices(
                    List.of(new InvoiceWithdrawalRow(creditor, one.number(), timeline.today(), "In error"))));
        } else {
            Dispute dispute = event.what() == What.DISPUTED_IN_THE_BOOKS ? Dispute.OPEN : Dispute.RESOLVED;
            well(ledger.invoices(List.of(new InvoiceRow(
                    creditor, key(customer), one.number(), one.issued(), one.due(), eur(one.gross()), dispute, null))));
        }
        return true;
    }

    private boolean hold(long customer, Event event) {
        if (event.what() == What.HOLD_WITHDRAWN) {
            List<Hold> active = holds.ofCustomer(customer).stream()
                    .filter(hold -> hold.outcome() == null)
                    .toList();
            return !active.isEmpty() && holds.withdraw(chosen(active, event).id(), "chance", null);
        }
        List<Owed> owed = owed(customer);
        if (owed.isEmpty()) {
            return false;
        }
        List<String> some =
                event.size() > 50 ? List.of() : List.of(chosen(owed, event).number());
        LocalDate later = timeline.today().plusDays(event.size() % 15);
        holds.raise(
                switch (event.what()) {
                    case DISPUTE ->
                        NewHold.dispute(customer, some, REASONS.get(event.size() % REASONS.size()), null, "chance");
                    case PROMISE ->
                        NewHold.promise(customer, later, null, "chance").naming(some);
                    case PLAN ->
                        NewHold.plan(
                                customer,
                                some,
                                PlanTerms.equalParts(1 + event.size() % 4, later.plusDays(1), Rhythm.WEEKLY),
                                "chance");
                    case BLOCK ->
                        NewHold.block(customer, later, "By chance", "chance").naming(some);
                    case INSOLVENCY ->
                        new NewHold(
                                Hold.Kind.INSOLVENCY,
                                customer,
                                List.of(),
                                null,
                                null,
                                null,
                                "Bankrupt",
                                null,
                                null,
                                null,
                                "chance");
                    default -> throw new IllegalArgumentException(event.toString());
                },
                event.choice() % 2 == 0);
        return true;
    }

    private boolean set(long customer, String what) {
        return jdbc.sql("update customer set " + what + " where id = :id")
                        .param("id", customer)
                        .update()
                == 1;
    }

    private boolean address(long customer, @org.jspecify.annotations.Nullable String email) {
        return jdbc.sql("update contact_person set email = :email where customer_id = :id")
                        .param("email", email)
                        .param("id", customer)
                        .update()
                == 1;
    }

    private CustomerKey key(long customer) {
        return CustomerKey.of(jdbc.sql("select number from customer where id = :id")
                .param("id", customer)
                .query(String.class)
                .single());
    }

    private String number(String kind) {
        return kind + "-" + creditor + "-" + ++numbers;
    }

    private static BigDecimal amount(int euros) {
        return BigDecimal.valueOf(euros).setScale(2, RoundingMode.UNNECESSARY);
    }

    private static Money eur(BigDecimal amount) {
        return Money.of(
                amount.stripTrailingZeros().scale() > 2 ? amount : amount.setScale(2, RoundingMode.UNNECESSARY), "EUR");
    }

    private static <T> T chosen(List<T> from, Event event) {
        return from.get(event.choice() % from.size());
    }

    private static void well(WriteResult result) {
        if (!result.rejections().isEmpty()) {
            throw new AssertionError("Not booked: " + result.rejections());
        }
    }
}
