package org.dunlin.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.validator.routines.IBANValidator;
import org.dunlin.platform.calendar.WorkCalendar;
import org.dunlin.receivables.Customer.Kind;
import org.dunlin.receivables.CustomerKey;
import org.dunlin.receivables.CustomerRow;
import org.dunlin.receivables.CustomerRow.PersonRow;
import org.dunlin.receivables.InvoiceRow;
import org.dunlin.receivables.InvoiceRow.Dispute;
import org.dunlin.receivables.PaymentRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortfolioGeneratorTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-11-21");
    private static final DemoPortfolio PORTFOLIO = PortfolioGenerator.generate(1, TODAY);

    @Test
    void the_same_seed_and_day_make_the_same_portfolio() {
        assertThat(PortfolioGenerator.generate(1, TODAY)).isEqualTo(PORTFOLIO);
    }

    @Test
    void another_seed_makes_another_portfolio() {
        assertThat(PortfolioGenerator.generate(2, TODAY)).isNotEqualTo(PORTFOLIO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-02", "2026-03-29", "2026-07-15", "2027-05-31", "2028-02-29"})
    void on_any_day_there_are_1500_invoices_of_150_customers_and_some_forty_to_seventy_customers_are_overdue(
            String day) {
        LocalDate today = LocalDate.parse(day);

        DemoPortfolio past = PortfolioGenerator.generate(1, today).until(today);

        assertThat(past.customers()).hasSize(150);
        assertThat(past.invoices()).hasSize(1_500);
        Map<String, BigDecimal> open = open(past);
        List<InvoiceRow> overdue = past.invoices().stream()
                .filter(invoice -> invoice.dueOn().isBefore(today)
                        && open.get(invoice.number()).signum() > 0)
                .toList();
        assertThat(overdue.stream().map(InvoiceRow::customer).distinct().count())
                .isBetween(40L, 70L);
        assertThat(overdue)
                .as("just due, some weeks, some months")
                .anyMatch(invoice -> invoice.dueOn().isAfter(today.minusDays(8)))
                .anyMatch(invoice -> invoice.dueOn().isBefore(today.minusDays(21)))
                .anyMatch(invoice -> invoice.dueOn().isBefore(today.minusDays(60)));
    }

    @Test
    void nothing_is_paid_beyond_its_amount_and_everything_refers_to_something() {
        Set<String> customers = PORTFOLIO.customers().stream()
                .map(customer -> customer.key().number())
                .collect(Collectors.toSet());
        assertThat(customers).hasSize(150);
        assertThat(PORTFOLIO.invoices()).extracting(InvoiceRow::number).doesNotHaveDuplicates();
        assertThat(PORTFOLIO.invoices())
                .allMatch(invoice -> customers.contains(invoice.customer().number()));
        assertThat(open(PORTFOLIO).values()).allMatch(amount -> amount.signum() >= 0);
        assertThat(PORTFOLIO.payments()).allSatisfy(payment -> assertThat(payment.invoices())
                .isNotEmpty()
                .allMatch(part -> PORTFOLIO.invoices().stream()
                        .anyMatch(invoice -> invoice.number().equals(part.invoice())
                                && invoice.customer().equals(payment.customer())
                                && Objects.equals(invoice.creditor(), payment.creditor())
                                && invoice.gross()
                                        .currency()
                                        .equals(payment.amount().currency())
                                && !payment.receivedOn().isBefore(invoice.issuedOn()))));
    }

    @Test
    void there_is_something_of_everything() {
        DemoPortfolio past = PORTFOLIO.until(TODAY);
        Map<String, BigDecimal> open = open(past);
        assertThat(past.creditNotes()).hasSizeGreaterThan(10);
        assertThat(past.payments())
                .as("overpaid")
                .anyMatch(payment -> payment.invoices().stream()
                                .map(part -> Objects.requireNonNull(part.amount()))
                                .reduce(BigDecimal.ZERO, BigDecimal::add)
                                .compareTo(payment.amount().amount())
                        < 0);
        assertThat(past.payments())
                .as("several invoices at once")
                .anyMatch(payment -> payment.invoices().size() > 1);
        assertThat(past.invoices())
                .as("partly paid")
                .anyMatch(invoice -> open.get(invoice.number()).signum() > 0
                        && open.get(invoice.number()).compareTo(invoice.gross().amount()) < 0);
        assertThat(past.invoices())
                .as("contested and overdue")
                .anyMatch(invoice -> invoice.dispute() == Dispute.OPEN
                        && invoice.dueOn().isBefore(TODAY)
                        && open.get(invoice.number()).signum() > 0);
        assertThat(past.invoices())
                .extracting(invoice -> invoice.gross().currency().getCurrencyCode())
                .contains("EUR", "GBP", "USD");
        assertThat(past.customers()).extracting(CustomerRow::country).contains("NL", "BE", "LU");
        assertThat(past.customers()).extracting(CustomerRow::language).contains("nl", "fr", "de", "en");
        assertThat(past.customers()).extracting(CustomerRow::sector).contains("government", "hospitality", "food");
        assertThat(past.customers())
                .filteredOn(customer -> customer.kind() == Kind.CONSUMER)
                .hasSize(8);
        assertThat(past.customers()).extracting(CustomerRow::preferredChannel).contains("SMS", "VOICE", null);
        assertThat(past.customers()).as("known by post only").anyMatch(customer -> persons(customer).stream()
                .allMatch(person -> person.email() == null));
        assertThat(past.customers())
                .filteredOn(customer -> customer.kind() == Kind.COMPANY)
                .extracting(CustomerRow::employees)
                .allSatisfy(employees -> assertThat(employees).isBetween(3, 400));
    }

    @Test
    void business_goes_on_after_today_and_a_forgotten_invoice_is_paid_after_the_reminder() {
        DemoPortfolio future = PORTFOLIO.between(TODAY, TODAY.plusDays(30));

        assertThat(future.invoices()).hasSizeGreaterThan(40);
        assertThat(future.payments()).hasSizeGreaterThan(60);
        assertThat(future.payments())
                .as("invoices that are overdue today")
                .anyMatch(payment -> payment.invoices().stream()
                        .anyMatch(part -> PORTFOLIO.until(TODAY).invoices().stream()
                                .anyMatch(invoice -> invoice.number().equals(part.invoice())
                                        && invoice.dueOn().isBefore(TODAY))));
    }

    @ParameterizedTest(name = "first seen on {0}")
    @ValueSource(
            strings = {
                "2026-11-23", // Monday
                "2026-11-27", // Friday
                "2026-11-29", // Sunday
                "2026-12-24",
                "2026-12-27",
                "2027-01-02",
                "2027-01-31", // end of a month
                "2027-03-30" // after Easter
            })
    void when_somebody_first_looks_some_large_customers_who_are_never_late_owe_one_mislaid_invoice_and_a_call_is_due(
            String day) {
        LocalDate firstLook = LocalDate.parse(day);
        DemoPortfolio made =
                PortfolioGenerator.generate(DemoBusiness.SEED, firstLook.minusDays(Prelude.LENGTH.toDays()));

        List<InvoiceRow> mislaid = overdueOfLargeWhoAreNeverLate(made, firstLook);

        assertThat(mislaid).hasSizeBetween(2, 5);
        assertThat(mislaid).extracting(InvoiceRow::customer).doesNotHaveDuplicates();
        WorkCalendar calendar = new WorkCalendar();
        assertThat(mislaid).allSatisfy(invoice -> {
            assertThat(invoice.dueOn()).as("not long overdue").isAfter(firstLook.minusDays(21));
            assertThat(List.of("NL", "BE"))
                    .allSatisfy(country -> assertThat(calendar.after(country, invoice.dueOn(), 2))
                            .as("two working days after due")
                            .isBefore(firstLook));
        });
        assertThat(overdueOfLargeWhoAreNeverLate(made, firstLook.plusDays(7)))
                .as("after a week with the demo")
                .hasSizeGreaterThanOrEqualTo(2);
    }

    @ParameterizedTest(name = "first seen on {0}")
    @ValueSource(strings = {"2026-11-23", "2026-11-29", "2026-12-27", "2027-01-31", "2027-03-30"})
    void when_somebody_first_looks_every_public_body_and_several_private_people_have_been_reminded(String day) {
        LocalDate firstLook = LocalDate.parse(day);
        LocalDate loaded = firstLook.minusDays(Prelude.LENGTH.toDays());
        DemoPortfolio made = PortfolioGenerator.generate(DemoBusiness.SEED, loaded);
        DemoPortfolio past = made.until(firstLook);
        Map<String, BigDecimal> open = open(past);
        // The longest first wait, ten working days, is over at the latest when three days overdue have become
        // seventeen.
        Set<CustomerKey> owing = past.invoices().stream()
                .filter(invoice -> open.get(invoice.number()).signum() > 0)
                .filter(invoice -> !invoice.dueOn().isAfter(loaded.minusDays(3)))
                .map(InvoiceRow::customer)
                .collect(Collectors.toSet());

        assertThat(past.customers())
                .filteredOn(customer -> "government".equals(customer.sector()))
                .hasSize(4)
                .allMatch(customer -> owing.contains(customer.key()));
        assertThat(past.customers())
                .filteredOn(customer -> customer.kind() == Kind.CONSUMER && owing.contains(customer.key()))
                .hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void no_address_can_be_reached_and_every_number_is_well_formed() throws NumberParseException {
        PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
        Set<String> vatNumbers = new HashSet<>();
        for (CustomerRow customer : PORTFOLIO.customers()) {
            assertThat(customer.vatNumber() == null || vatNumbers.add(customer.vatNumber()))
                    .isTrue();
            for (PersonRow person : persons(customer)) {
                if (person.email() != null) {
                    assertThat(person.email()).matches("[a-z]+\\.[a-z]+@[a-z0-9]+\\.example");
                }
                if (person.phone() != null) {
                    assertThat(phones.isValidNumber(phones.parse(person.phone(), null)))
                            .as(person.phone())
                            .isTrue();
                }
            }
        }
        assertThat(PORTFOLIO.creditors()).allSatisfy(creditor -> {
            assertThat(IBANValidator.getInstance().isValid(creditor.iban())).isTrue();
            assertThat(creditor.senderEmail()).endsWith(".example");
            assertThat(phones.isValidNumber(phones.parse(creditor.phone(), null)))
                    .as(creditor.phone())
                    .isTrue();
        });
        assertThat(PORTFOLIO.creditors()).extracting("country").contains("NL", "BE");
    }

    /** Overdue on that day, of customers with more than fifty employees who have paid ten times, and never after the due date. */
    private static List<InvoiceRow> overdueOfLargeWhoAreNeverLate(DemoPortfolio made, LocalDate day) {
        DemoPortfolio past = made.until(day);
        Map<String, LocalDate> dueOn =
                past.invoices().stream().collect(Collectors.toMap(InvoiceRow::number, InvoiceRow::dueOn));
        Map<CustomerKey, Long> timesPaid =
                past.payments().stream().collect(Collectors.groupingBy(PaymentRow::customer, Collectors.counting()));
        Set<CustomerKey> wereLate = past.payments().stream()
                .filter(payment -> payment.invoices().stream()
                        .anyMatch(part -> payment.receivedOn().isAfter(dueOn.get(part.invoice()))))
                .map(PaymentRow::customer)
                .collect(Collectors.toSet());
        Set<CustomerKey> large = past.customers().stream()
                .filter(customer -> customer.employees() != null && customer.employees() > 50)
                .map(CustomerRow::key)
                .filter(key -> timesPaid.getOrDefault(key, 0L) >= 10)
                .collect(Collectors.toSet());
        Map<String, BigDecimal> open = open(past);
        return past.invoices().stream()
                .filter(invoice -> large.contains(invoice.customer()) && !wereLate.contains(invoice.customer()))
                .filter(invoice -> invoice.dueOn().isBefore(day)
                        && open.get(invoice.number()).signum() > 0)
                .toList();
    }

    private static List<PersonRow> persons(CustomerRow customer) {
        return Objects.requireNonNull(customer.persons());
    }

    private static Map<String, BigDecimal> open(DemoPortfolio portfolio) {
        Map<String, BigDecimal> open = new HashMap<>();
        portfolio.invoices().forEach(i -> open.put(i.number(), i.gross().amount()));
        portfolio
                .creditNotes()
                .forEach(c -> open.merge(
                        Objects.requireNonNull(c.invoice()), c.gross().amount().negate(), BigDecimal::add));
        portfolio.payments().forEach(p -> p.invoices()
                .forEach(part -> open.merge(
                        part.invoice(), Objects.requireNonNull(part.amount()).negate(), BigDecimal::add)));
        return open;
    }
}
