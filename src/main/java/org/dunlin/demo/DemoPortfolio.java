package org.dunlin.demo;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A made-up receivables ledger: two years back from the day it was made, and a year ahead, so that business goes on while the
 * demo's clock moves. Everything refers to each other by number.
 *
 * @param today the day it was made for; what is dated later has not happened yet
 */
record DemoPortfolio(
        LocalDate today,
        List<Creditor> creditors,
        List<Customer> customers,
        List<Invoice> invoices,
        List<CreditNote> creditNotes,
        List<Payment> payments) {

    record Creditor(
            String number,
            String name,
            String street,
            String postalCode,
            String city,
            String country,
            String language,
            String timeZone,
            String iban,
            @Nullable String bic,
            String vatNumber,
            String senderName,
            String senderEmail,
            String phone) {}

    record Customer(
            String number,
            boolean company,
            String name,
            @Nullable String vatNumber,
            String street,
            String postalCode,
            String city,
            String country,
            String language,
            @Nullable String sector,
            @Nullable Integer employees,
            @Nullable String accountManager,
            @Nullable Integer externalRating,
            @Nullable BigDecimal creditLimit,
            String currency,
            List<Person> persons) {}

    record Person(String name, @Nullable String role, @Nullable String email, @Nullable String phone) {}

    record Invoice(
            String creditor,
            String customer,
            String number,
            LocalDate issuedOn,
            LocalDate dueOn,
            String currency,
            BigDecimal gross,
            boolean disputed,
            String description) {}

    /** A payment, of which each allocation settles a part of an invoice; what they leave stays on account. */
    record Payment(
            String creditor,
            String customer,
            String number,
            LocalDate receivedOn,
            String currency,
            BigDecimal amount,
            String remittance,
            List<Allocation> allocations) {}

    record CreditNote(
            String creditor,
            String customer,
            String number,
            LocalDate issuedOn,
            String currency,
            BigDecimal gross,
            @Nullable String invoice) {}

    record Allocation(String invoice, BigDecimal amount) {}

    /** What happened up to and including that day. */
    DemoPortfolio until(LocalDate day) {
        return between(LocalDate.MIN, day);
    }

    /** What happened after the first day, up to and including the second. */
    DemoPortfolio between(LocalDate after, LocalDate until) {
        return new DemoPortfolio(
                today,
                creditors,
                customers,
                invoices.stream()
                        .filter(i -> within(i.issuedOn(), after, until))
                        .toList(),
                creditNotes.stream()
                        .filter(c -> within(c.issuedOn(), after, until))
                        .toList(),
                payments.stream()
                        .filter(p -> within(p.receivedOn(), after, until))
                        .toList());
    }

    private static boolean within(LocalDate day, LocalDate after, LocalDate until) {
        return day.isAfter(after) && !day.isAfter(until);
    }
}
