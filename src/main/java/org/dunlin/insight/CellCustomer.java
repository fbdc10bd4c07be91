package org.dunlin.insight;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.dunlin.dunning.Rungs;
import org.jspecify.annotations.Nullable;

/**
 * A customer of a cell.
 *
 * @param source            the system the number comes from
 * @param score             0 (worst) to 100 (best)
 * @param since             day since which they are in this cell
 * @param amounts           by currency; one in which nothing is open is left out
 * @param daysLate          how late they pay, in calendar days, weighted by amount; null while nothing has been paid or is overdue
 * @param oldestOverdueDays calendar days since the oldest due date of what is overdue and undisputed; 0 when nothing is
 * @param previous          the cell they came from; null when they were never in another
 * @param cases             dunning cases that are open
 */
record CellCustomer(
        String source,
        String number,
        String name,
        int score,
        String segment,
        LocalDate since,
        List<Amount> amounts,
        @Nullable BigDecimal daysLate,
        int oldestOverdueDays,
        @Nullable Cell previous,
        List<RunningCase> cases) {

    /**
     * A case on its way.
     *
     * @param ladder     process id of the ladder; null before one was chosen
     * @param rung       the highest that was climbed; 0 before the first contact
     * @param onHold     nothing in it may be chased at the moment
     * @param withAgency it was handed over
     */
    record RunningCase(String number, @Nullable String ladder, int rung, boolean onHold, boolean withAgency) {

        /** In words: {@code key account, letter}. */
        public String words() {
            String climbed = Rungs.name(rung).toLowerCase(java.util.Locale.ROOT);
            String state = withAgency ? "with an agency" : onHold ? climbed + ", on hold" : climbed;
            return ladder == null ? state : name(ladder) + ", " + state;
        }

        private static String name(String ladder) {
            return ladder.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(java.util.Locale.ROOT);
        }
    }
}
