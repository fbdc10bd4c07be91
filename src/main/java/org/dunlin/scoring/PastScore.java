package org.dunlin.scoring;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What the tables of today make of a customer as the ledger stood at the end of a day.
 *
 * @param asOf    that day
 * @param profile the facts
 * @param score   the conclusion, its {@code since} being that day too; null when the tables have no usable answer
 * @param failure why there is no score; null when there is one
 */
public record PastScore(
        LocalDate asOf, CustomerProfile profile, @Nullable CustomerScore score, @Nullable String failure) {

    public long customerId() {
        return profile.customerId();
    }
}
