package org.dunlin.receivables;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A credit note to write; its key is the creditor's number with its own.
 *
 * @param creditor number of the creditor
 * @param gross    total including taxes, above zero
 * @param invoice  number of the invoice it corrects
 */
public record CreditNoteRow(
        String creditor,
        CustomerKey customer,
        String number,
        LocalDate issuedOn,
        Money gross,
        @Nullable String invoice) {

    public CreditNoteRow {
        Rows.require(!number.isBlank(), "a credit note needs a number");
        Rows.require(gross.isPositive(), "the amount of a credit note is above zero");
        invoice = invoice == null || invoice.isBlank() ? null : invoice;
    }
}
