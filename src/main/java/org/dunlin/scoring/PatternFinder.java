package org.dunlin.scoring;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.dunlin.scoring.PatternProperties.Rule;
import org.dunlin.scoring.PaymentPattern.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Whether the days on which a customer paid show a pattern. One observation is one pay day. A pattern is claimed when enough of
 * them keep to it, the latest too, and neither chance nor, for days of the month and week, the due dates explain as many.
 */
final class PatternFinder {

    private static final int DAYS_OF_MONTH = 31;
    private static final int WEEKDAYS = 7;

    /** The median may lie on either side of the middle. */
    private static final int AROUND_MEDIAN = 1;

    private final PatternProperties rules;

    PatternFinder(PatternProperties rules) {
        this.rules = rules;
    }

    /**
     * A pattern and how many of the pay days keep to it.
     *
     * @param offset see {@link PaymentPattern#offsetDays}
     */
    record Found(Kind kind, int value, int offset, int fits, int payDays) {

        int sharePercent() {
            return Math.round(100f * fits / payDays);
        }

        /** The rule of succession: after 6 of 6 the seventh is likely, not certain. */
        int confidence() {
            return Math.round(100f * (fits + 1) / (payDays + 2));
        }
    }

    /** @param days the working days of the customer's country, from well before the first due date */
    Optional<Found> find(Payer payer, WorkDays days) {
        PayDays observed = new PayDays(payer);
        Found best = null;
        // The simplest first: of two that fit as often, it stays.
        for (Optional<Found> found :
                List.of(daysAfterDue(observed, days), dayOfMonth(observed, days), weekday(observed, days))) {
            if (found.isPresent() && (best == null || found.get().fits() > best.fits())) {
                best = found.get();
            }
        }
        return Optional.ofNullable(best);
    }

    private Optional<Found> daysAfterDue(PayDays observed, WorkDays days) {
        Rule rule = rules.daysAfterDue();
        if (observed.count < rule.minPayments()) {
            return Optional.empty();
        }
        int median = observed.medianLag();
        Candidate best = null;
        for (int lag : new int[] {median, median - AROUND_MEDIAN, median + AROUND_MEDIAN}) {
            Candidate candidate = new Candidate(lag, observed.count);
            for (int i = 0; i < observed.count; i++) {
                candidate.fits[i] =
                        observed.most(i, pair -> days.follows(observed.paid(pair), (long) observed.due(pair) + lag));
                candidate.exact += observed.most(
                                i, pair -> days.hits(observed.paid(pair), (long) observed.due(pair) + lag))
                        ? 1
                        : 0;
            }
            best = candidate.orBetter(best);
        }
        return best != null && best.holds(rule) && unlikely(best, rule.chance(), 2 * AROUND_MEDIAN + 1)
                ? Optional.of(new Found(Kind.DAYS_AFTER_DUE, best.value, 0, best.count(), observed.count))
                : Optional.empty();
    }

    private Optional<Found> dayOfMonth(PayDays observed, WorkDays days) {
        Rule rule = rules.dayOfMonth();
        if (observed.count < rule.minPayments()) {
            return Optional.empty();
        }
        Candidate best = mostOften(observed, DAYS_OF_MONTH, days::daysOfMonth, days::exactDaysOfMonth);
        if (!best.holds(rule) || !unlikely(best, rule.chance(), DAYS_OF_MONTH)) {
            return Optional.empty();
        }
        int value = best.value;
        int bit = 1 << (value - 1);
        Intervals intervals = new Intervals();
        Set<YearMonth> months = new HashSet<>();
        for (int i = 0; i < observed.count; i++) {
            if (best.fits[i]) {
                YearMonth month = month(observed.payDay(i), value, days);
                months.add(month);
                long on = WorkDays.dayOf(month, value).toEpochDay();
                long before = WorkDays.dayOf(month.minusMonths(1), value).toEpochDay();
                observed.pairs(i, pair -> intervals.add(before - observed.due(pair), on - observed.due(pair)));
            }
        }
        // Six payments within two months say nothing about months.
        return months.size() >= rule.minPayments()
                        && !explainedByDueDates(best, observed, paid -> (days.daysOfMonth(paid) & bit) != 0)
                ? Optional.of(
                        new Found(Kind.DAY_OF_MONTH, value, intervals.mostCovered(), best.count(), observed.count))
                : Optional.empty();
    }

    private Optional<Found> weekday(PayDays observed, WorkDays days) {
        Rule rule = rules.weekday();
        if (observed.count < rule.minPayments()) {
            return Optional.empty();
        }
        Candidate best = mostOften(observed, WEEKDAYS, days::weekdays, WorkDays::weekday);
        if (!best.holds(rule) || !unlikely(best, rule.chance(), WEEKDAYS)) {
            return Optional.empty();
        }
        int value = best.value;
        int bit = 1 << (value - 1);
        if (explainedByDueDates(best, observed, paid -> (days.weekdaysWhenBooked(paid) & bit) != 0)) {
            return Optional.empty();
        }
        Intervals intervals = new Intervals();
        for (int i = 0; i < observed.count; i++) {
            if (best.fits[i]) {
                long on = nearestWeekday(observed.payDay(i), value);
                observed.pairs(i, pair -> intervals.add(on - WEEKDAYS - observed.due(pair), on - observed.due(pair)));
            }
        }
        return Optional.of(new Found(Kind.WEEKDAY, value, intervals.mostCovered(), best.count(), observed.count));
    }

    /**
     * The value to which most pay days may belong; exact ones decide between neighbours within the tolerance of each other.
     *
     * @param fits  the values to which a day may belong, as bits: bit 0 is 1
     * @param exact those on which it is exact
     */
    private static Candidate mostOften(PayDays observed, int values, IntUnaryOperator fits, IntUnaryOperator exact) {
        int[] counts = new int[values];
        for (int i = 0; i < observed.count; i++) {
            count(fits.applyAsInt(observed.payDay(i)), counts);
            count(exact.applyAsInt(observed.payDay(i)), counts);
        }
        int best = 0;
        for (int value = 1; value < values; value++) {
            best = counts[value] > counts[best] ? value : best;
        }
        Candidate candidate = new Candidate(best + 1, observed.count);
        for (int i = 0; i < observed.count; i++) {
            candidate.fits[i] = (fits.applyAsInt(observed.payDay(i)) & 1 << best) != 0;
        }
        return candidate;
    }

    private static void count(int bits, int[] counts) {
        for (int left = bits; left != 0; left &= left - 1) {
            counts[Integer.numberOfTrailingZeros(left)]++;
        }
    }

    /** In which month the day of the month lies to which a payment belongs: it may be paid a few days before or after. */
    private static YearMonth month(int paid, int dayOfMonth, WorkDays days) {
        YearMonth same = YearMonth.from(LocalDate.ofEpochDay(paid));
        for (YearMonth month : List.of(same, same.plusMonths(1), same.minusMonths(1))) {
            if (days.keeps(paid, WorkDays.dayOf(month, dayOfMonth).toEpochDay())) {
                return month;
            }
        }
        throw new IllegalStateException("No " + dayOfMonth + " is near " + LocalDate.ofEpochDay(paid));
    }

    /** At most three days away. */
    private static long nearestWeekday(int paid, int weekday) {
        int away = Math.floorMod(
                weekday - LocalDate.ofEpochDay(paid).getDayOfWeek().getValue(), WEEKDAYS);
        return paid + (away > WEEKDAYS / 2 ? away - WEEKDAYS : away);
    }

    private boolean unlikely(Candidate candidate, double chance, int tried) {
        return atLeast(candidate.count(), candidate.fits.length, chance) * tried <= rules.significance();
    }

    /**
     * Whether as many pay days would be expected if the customer's delays were dealt out anew among their due dates: who pays
     * about ten days after due, and has everything due on the first, pays about the eleventh without looking at the calendar.
     */
    private boolean explainedByDueDates(Candidate candidate, PayDays observed, IntPredicate keeps) {
        double expected = observed.expectedShare(keeps);
        return atLeast(candidate.count(), observed.count, expected) > rules.dueDateSignificance();
    }

    /** How likely at least so many of n are, each by itself with this chance. */
    private static double atLeast(int fits, int n, double chance) {
        return BinomialDistribution.of(n, Math.min(1, chance)).survivalProbability(fits - 1);
    }

    /** One pattern that is tried. */
    private static final class Candidate {

        private final int value;
        private final boolean[] fits;
        private int exact;

        private Candidate(int value, int payDays) {
            this.value = value;
            this.fits = new boolean[payDays];
        }

        int count() {
            return count(0);
        }

        private int count(int from) {
            int count = 0;
            for (int i = from; i < fits.length; i++) {
                count += fits[i] ? 1 : 0;
            }
            return count;
        }

        /** Exact days decide between neighbours that are within the tolerance of each other. */
        Candidate orBetter(@Nullable Candidate other) {
            return other == null || count() + exact > other.count() + other.exact ? this : other;
        }

        /** Often enough, and of the latest at least half: who gave up a habit has none. */
        boolean holds(Rule rule) {
            return fits.length >= rule.minPayments()
                    && 100 * count() >= rule.minSharePercent() * fits.length
                    && 2 * count(fits.length - rule.minPayments()) >= rule.minPayments();
        }
    }

    /** The pay days of a customer in order, each with the due dates that were paid on it. */
    private static final class PayDays {

        private final Payer payer;

        /** Where the pairs of each pay day begin, and after the last one end. */
        private final int[] starts;

        private final int count;

        private PayDays(Payer payer) {
            this.payer = payer;
            int[] begin = new int[payer.paid().length + 1];
            int days = 0;
            for (int pair = 0; pair < payer.paid().length; pair++) {
                if (pair == 0 || payer.paid()[pair] != payer.paid()[pair - 1]) {
                    begin[days++] = pair;
                }
            }
            begin[days] = payer.paid().length;
            this.starts = Arrays.copyOf(begin, days + 1);
            this.count = days;
        }

        int payDay(int i) {
            return payer.paid()[starts[i]];
        }

        int paid(int pair) {
            return payer.paid()[pair];
        }

        int due(int pair) {
            return payer.due()[pair];
        }

        private int size(int i) {
            return starts[i + 1] - starts[i];
        }

        void pairs(int i, IntConsumer each) {
            for (int pair = starts[i]; pair < starts[i + 1]; pair++) {
                each.accept(pair);
            }
        }

        /** Whether more than half of what was paid that day is so. */
        boolean most(int i, IntPredicate so) {
            int yes = 0;
            for (int pair = starts[i]; pair < starts[i + 1]; pair++) {
                yes += so.test(pair) ? 1 : 0;
            }
            return 2 * yes > size(i);
        }

        int medianLag() {
            int[] lags = new int[payer.paid().length];
            Arrays.setAll(lags, payer::lag);
            Arrays.sort(lags);
            return lags[(lags.length - 1) / 2];
        }

        /** The share of pay days that would be expected if each due date came with the delay of any other pay day. */
        double expectedShare(IntPredicate keeps) {
            TreeMap<Integer, Double> weights = new TreeMap<>();
            for (int i = 0; i < count; i++) {
                double weight = 1.0 / size(i);
                pairs(i, pair -> weights.merge(payer.lag(pair), weight, Double::sum));
            }
            int[] lags = weights.keySet().stream().mapToInt(Integer::intValue).toArray();
            double[] weight =
                    weights.values().stream().mapToDouble(Double::doubleValue).toArray();
            double expected = 0;
            for (int i = 0; i < count; i++) {
                double share = 0;
                for (int pair = starts[i]; pair < starts[i + 1]; pair++) {
                    for (int l = 0; l < lags.length; l++) {
                        share += keeps.test(due(pair) + lags[l]) ? weight[l] : 0;
                    }
                    // Its own delays are no others.
                    for (int own = starts[i]; own < starts[i + 1]; own++) {
                        share -= keeps.test(due(pair) + payer.lag(own)) ? 1.0 / size(i) : 0;
                    }
                }
                expected += share / size(i) / (count - 1);
            }
            return Math.max(0, expected / count);
        }
    }

    /** Numbers of days for each of which a payment was made on the first pay day that it allows. */
    private static final class Intervals {

        private final List<long[]> bounds = new ArrayList<>();

        /** From right after the first to the second. */
        void add(long after, long to) {
            bounds.add(new long[] {after + 1, 1});
            bounds.add(new long[] {to + 1, -1});
        }

        /** The number in most of them; of several the one closest to 0. */
        int mostCovered() {
            bounds.sort((one, other) -> Long.compare(one[0], other[0]));
            long depth = 0;
            long most = 0;
            long best = 0;
            for (int i = 0; i < bounds.size(); i++) {
                depth += bounds.get(i)[1];
                if (i + 1 < bounds.size() && bounds.get(i + 1)[0] > bounds.get(i)[0]) {
                    long closest = Math.max(bounds.get(i)[0], Math.min(0, bounds.get(i + 1)[0] - 1));
                    if (depth > most || (depth == most && Math.abs(closest) < Math.abs(best))) {
                        most = depth;
                        best = closest;
                    }
                }
            }
            return (int) best;
        }
    }
}
