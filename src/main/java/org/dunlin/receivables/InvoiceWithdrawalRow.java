package org.dunlin.receivables;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An invoice that was issued in error, or cancelled; its key is the creditor's number with its own.
 *
 * @param withdrawnOn the day from which it counts as never issued
 * @param reason      why, for whoever reads the books
 */
public record InvoiceWithdrawalRow(String creditor, String number, LocalDate withdrawnOn, @Nullable String reason) {

    public InvoiceWithdrawalRow {
        Rows.require(!number.isBlank(), "a withdrawal needs the number of the invoice");
        reason = reason == null || reason.isBlank() ? null : reason;
    }
}
