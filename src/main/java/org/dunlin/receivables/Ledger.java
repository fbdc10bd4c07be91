package org.dunlin.receivables;

import java.util.List;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes the ledger, many rows at a time. Everything is idempotent by the source's own keys: what is there already, exactly so, is
 * left alone. A row that cannot be written is named in the result, and the others go in. Each call is one transaction, or part
 * of the caller's; a caller who writes master data and money in one transaction of their own writes the master data first.
 *
 * <p>Which invoices money settles is decided by {@link Allocator}.
 */
@Repository
public class Ledger {

    private final MasterData masterData;
    private final Bookings bookings;
    private final PaymentReturns returns;
    private final InvoiceWithdrawals withdrawals;
    private final CustomerMerges merges;

    Ledger(
            MasterData masterData,
            Bookings bookings,
            PaymentReturns returns,
            InvoiceWithdrawals withdrawals,
            CustomerMerges merges) {
        this.masterData = masterData;
        this.bookings = bookings;
        this.returns = returns;
        this.withdrawals = withdrawals;
        this.merges = merges;
    }

    @Transactional
    public WriteResult creditors(List<CreditorRow> rows) {
        return masterData.creditors(rows);
    }

    @Transactional
    public WriteResult customers(List<CustomerRow> rows) {
        return masterData.customers(rows);
    }

    /** As {@link #book} with invoices only. */
    @Transactional
    public WriteResult invoices(List<InvoiceRow> rows) {
        return bookings.book(rows, List.of(), List.of()).invoices();
    }

    /** As {@link #book} with credit notes only. */
    @Transactional
    public WriteResult creditNotes(List<CreditNoteRow> rows) {
        return bookings.book(List.of(), rows, List.of()).creditNotes();
    }

    /** As {@link #book} with payments only. */
    @Transactional
    public WriteResult payments(List<PaymentRow> rows) {
        return bookings.book(List.of(), List.of(), rows).payments();
    }

    /**
     * Writes invoices, then credit notes, then payments, and lets money settle invoices. Takes the locks of all customers
     * concerned first. Publishes {@link LedgerChanged} when an open amount may have changed by more than new invoices, or when an
     * invoice is contested, or no longer.
     */
    @Transactional
    public Booking book(List<InvoiceRow> invoices, List<CreditNoteRow> creditNotes, List<PaymentRow> payments) {
        return bookings.book(invoices, creditNotes, payments);
    }

    /**
     * Takes back what payments settled that the bank returned or recalled, from the day of the return on; such money settles
     * nothing any more. Publishes {@link LedgerChanged}.
     */
    @Transactional
    public WriteResult returnPayments(List<PaymentReturnRow> rows) {
        return returns.write(rows);
    }

    /**
     * Withdraws invoices from a day on; what had been allocated to them goes back on account and settles what else is open.
     * Publishes {@link LedgerChanged}.
     */
    @Transactional
    public WriteResult withdrawInvoices(List<InvoiceWithdrawalRow> rows) {
        return withdrawals.write(rows);
    }

    /**
     * Makes one customer of two, as often as there are rows, in their order. Publishes {@link CustomersMerged}, then {@link
     * LedgerChanged}.
     */
    @Transactional
    public WriteResult mergeCustomers(List<CustomerMergeRow> rows) {
        return merges.write(rows);
    }
}
