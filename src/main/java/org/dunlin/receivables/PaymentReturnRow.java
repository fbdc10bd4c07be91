package org.dunlin.receivables;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A payment that the bank took back, for example a direct debit returned or a transfer recalled. Its key is that of the payment,
 * with the day.
 *
 * @param creditor   number of the creditor whose account it had come to
 * @param source     the system the payment came from
 * @param number     the payment's own key in that system
 * @param returnedOn the day from which the money counts as gone
 * @param amount     how much of it went back, above zero; {@code null}: all that is left of it
 * @param reason     the bank's words
 */
public record PaymentReturnRow(
        String creditor,
        String source,
        String number,
        LocalDate returnedOn,
        @Nullable Money amount,
        @Nullable String reason) {

    public PaymentReturnRow {
        Rows.require(!number.isBlank(), "a returned payment needs the number of the payment");
        Rows.require(amount == null || amount.isPositive(), "the amount of a returned payment is above zero");
        reason = reason == null || reason.isBlank() ? null : reason;
    }

    /** The whole payment. */
    public static PaymentReturnRow of(String creditor, String number, LocalDate returnedOn, String reason) {
        return new PaymentReturnRow(creditor, CustomerKey.DEFAULT_SOURCE, number, returnedOn, null, reason);
    }
}
