package org.dunlin.scoring;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was concluded from a customer's profile, and why.
 *
 * @param score     0 (worst) to 100 (best)
 * @param segment   A, B or C
 * @param cell      field of the matrix size × payment behaviour the segment came from, in words
 * @param behaviour good, fair, poor, or new for a customer without history
 * @param size      small, medium, large, unknown, or consumer
 * @param reasons   the rules that applied, in the words of the tables
 * @param terms     on which terms the customer should buy; null where that was never asked
 * @param facts     what the rules looked at, by variable name; null means not known
 * @param since     day since which score, segment and cell are what they are
 */
public record CustomerScore(
        long customerId,
        int score,
        String segment,
        String cell,
        String behaviour,
        String size,
        List<Reason> reasons,
        @Nullable PaymentTerms terms,
        Map<String, @Nullable Object> facts,
        LocalDate since) {

    /**
     * One rule that applied.
     *
     * @param criterion what it looked at
     * @param text      what it says, ready to be told to the customer
     * @param points    what it added to the score; null for a rule that gives no points (size, behaviour, segment)
     */
    public record Reason(String criterion, String text, @Nullable Integer points) {}
}
