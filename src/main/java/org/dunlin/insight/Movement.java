package org.dunlin.insight;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Customers who moved from one place of the matrix to another between a day and now.
 *
 * @param from            null for who had no score then
 * @param to              null for who has none any more: they were merged into another customer
 * @param customers       how many
 * @param meanScoreBefore their mean score on that day, one decimal; null for new customers
 * @param meanScoreNow    their mean score now; null for those who are gone
 * @param amounts         what they owe now, by currency
 */
record Movement(
        @Nullable Place from,
        @Nullable Place to,
        Direction direction,
        int customers,
        @Nullable BigDecimal meanScoreBefore,
        @Nullable BigDecimal meanScoreNow,
        List<Amount> amounts) {

    /** A cell, and the segment it led to. */
    record Place(String size, String behaviour, String segment) {
        Cell cell() {
            return new Cell(size, behaviour);
        }
    }

    enum Direction {
        /** They pay worse than they did: the payment behaviour is another, the mean score lower. */
        WORSE,
        /** They pay better than they did. */
        BETTER,
        /** Their payment behaviour is the same: their size changed, or the matrix. */
        OTHER,
        /** No score then. */
        NEW,
        /** No score now. */
        GONE
    }
}
