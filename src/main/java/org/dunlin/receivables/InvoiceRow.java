package org.dunlin.receivables;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An invoice to write; its key is the creditor's number with its own.
 *
 * @param creditor    number of the creditor
 * @param gross       total including taxes, above zero
 * @param dispute     {@code null} leaves it as it was, {@link Dispute#NONE} for a new invoice
 */
public record InvoiceRow(
        String creditor,
        CustomerKey customer,
        String number,
        LocalDate issuedOn,
        LocalDate dueOn,
        Money gross,
        @Nullable Dispute dispute,
        @Nullable String description) {

    public InvoiceRow {
        Rows.require(!number.isBlank(), "an invoice needs a number");
        Rows.require(!dueOn.isBefore(issuedOn), "an invoice cannot be due before it is issued");
        Rows.require(gross.isPositive(), "the amount of an invoice is above zero");
    }

    /** Whether the customer contests the invoice. */
    public enum Dispute {
        /** Never contested. */
        NONE,
        /** Contested now. */
        OPEN,
        /** Was contested; it counts in the disputed share and is chased like any other. */
        RESOLVED
    }
}
