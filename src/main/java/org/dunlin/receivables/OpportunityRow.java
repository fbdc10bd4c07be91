package org.dunlin.receivables;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * How a possible sale stands in the CRM.
 *
 * @param number the CRM's own key of it
 * @param since  the day from which it stands so; it holds until the next row of that number
 * @param amount what it may bring, where that is known
 */
public record OpportunityRow(
        CustomerKey customer, String number, LocalDate since, Stage stage, @Nullable Money amount) {

    /** Names are kept in the database: add, but do not rename. */
    public enum Stage {
        OPEN,
        WON,
        LOST
    }

    public OpportunityRow {
        Rows.require(!number.isBlank(), "an opportunity needs a number");
    }
}
