package org.dunlin.demo;

import java.time.LocalDate;
import java.util.List;
import org.dunlin.receivables.CreditNoteRow;
import org.dunlin.receivables.CreditorRow;
import org.dunlin.receivables.CustomerRow;
import org.dunlin.receivables.InvoiceRow;
import org.dunlin.receivables.PaymentRow;

/**
 * A made-up receivables ledger: two years back from the day it was made, and a year ahead, so that business goes on while the
 * demo's clock moves.
 *
 * @param today the day it was made for; what is dated later has not happened yet
 */
record DemoPortfolio(
        LocalDate today,
        List<CreditorRow> creditors,
        List<CustomerRow> customers,
        List<InvoiceRow> invoices,
        List<CreditNoteRow> creditNotes,
        List<PaymentRow> payments) {

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
