package org.dunlin.scoring;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * When the pay days of a customer are taken for a pattern. The usual values stand in {@code application.yaml}, their reasons in
 * {@code docs/scoring.md}.
 *
 * @param months       only what was paid within so many months counts
 * @param tolerance    working days by which a payment may miss the day of the pattern
 * @param significance most likely that chance alone yields such a pattern, over all that are tried of a kind; above 0, below 1
 * @param dueDateSignificance most likely that the due dates alone make as many payments keep to the day of month or week that was
 *                     found; above 0, below 1
 * @param daysAfterDue what a constant number of days after due takes
 * @param dayOfMonth   what a day of the month takes
 * @param weekday      what a day of the week takes
 */
@ConfigurationProperties("dunlin.scoring.pattern")
record PatternProperties(
        int months,
        int tolerance,
        double significance,
        double dueDateSignificance,
        Rule daysAfterDue,
        Rule dayOfMonth,
        Rule weekday) {

    PatternProperties {
        if (months < 1 || months > 120) {
            throw new IllegalArgumentException("dunlin.scoring.pattern.months is from 1 to 120, not " + months);
        }
        if (tolerance < 0 || tolerance > 5) {
            throw new IllegalArgumentException(
                    "dunlin.scoring.pattern.tolerance is from 0 to 5 working days, not " + tolerance);
        }
        between0And1("significance", significance);
        between0And1("due-date-significance", dueDateSignificance);
    }

    private static void between0And1(String name, double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException("dunlin.scoring.pattern." + name + " is between 0 and 1, not " + value);
        }
    }

    /**
     * What one kind of pattern takes.
     *
     * @param minPayments     fewest pay days
     * @param minSharePercent of them, how many keep to the pattern at least; 1 to 100
     * @param chance          how likely one pay day of somebody without habits keeps to it; above 0, below 1
     */
    record Rule(int minPayments, int minSharePercent, double chance) {

        Rule {
            if (minPayments < 2 || minSharePercent < 1 || minSharePercent > 100 || !(chance > 0 && chance < 1)) {
                throw new IllegalArgumentException(
                        "dunlin.scoring.pattern: min-payments is at least 2, min-share-percent from 1 to 100, chance between 0 and 1, not "
                                + minPayments + ", " + minSharePercent + ", " + chance);
            }
        }
    }
}
