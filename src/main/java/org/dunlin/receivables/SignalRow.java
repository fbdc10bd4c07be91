package org.dunlin.receivables;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Something that a customer did, as another system tells it.
 *
 * @param number     that system's own key of it, which makes it count once per kind
 * @param happenedOn the day that counts
 * @param amount     what it was about, where that is known
 * @param note       in words, for whoever reads it
 */
public record SignalRow(
        Kind kind,
        CustomerKey customer,
        String number,
        LocalDate happenedOn,
        @Nullable Money amount,
        @Nullable String note) {

    /** Names are kept in the database: add, but do not rename. */
    public enum Kind {
        /** The customer did not take what they had ordered. */
        ORDER_REFUSED,
        COMPLAINT
    }

    public SignalRow {
        Rows.require(!number.isBlank(), "a signal needs a number");
    }
}
