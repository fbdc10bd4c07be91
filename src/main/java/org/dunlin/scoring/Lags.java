package org.dunlin.scoring;

import java.util.Arrays;
import java.util.Optional;
import org.dunlin.scoring.PaymentForecast.Basis;

/** How long payments take, in calendar days from the due date; negative is early. Immutable, in order. */
final class Lags {

    static final Lags NONE = new Lags(new int[0]);

    private final int[] days;

    private Lags(int[] days) {
        this.days = days;
    }

    static Lags of(int... days) {
        int[] inOrder = days.clone();
        Arrays.sort(inOrder);
        return new Lags(inOrder);
    }

    static Lags of(Payer payer) {
        int[] days = new int[payer.paid().length];
        Arrays.setAll(days, payer::lag);
        return of(days);
    }

    /** Days that each stand for the same share of these: no more of them than that. */
    Lags quantiles(int most) {
        if (days.length <= most) {
            return this;
        }
        int[] some = new int[most];
        Arrays.setAll(some, i -> days[(int) ((2L * i + 1) * days.length / (2L * most))]);
        return new Lags(some);
    }

    int[] days() {
        return days.clone();
    }

    int count() {
        return days.length;
    }

    /**
     * An expected delay.
     *
     * @param basis whether the customer's own delays or those of others weigh more in it
     */
    record Estimate(int days, Basis basis) {}

    /**
     * The middle of the customer's own delays and those of others, of which only the ones count that are still possible: the half
     * of the weight lies at or below it.
     *
     * @param others      those of other customers
     * @param othersWeigh all of them together, in payments of the customer's own
     * @param age         calendar days since the due date for which the invoice has been open already
     * @return empty when nobody ever took that long
     */
    Optional<Estimate> estimate(Lags others, double othersWeigh, int age) {
        int ownFrom = firstFrom(age);
        int othersFrom = others.firstFrom(age);
        double other = others.days.length == 0 ? 0 : othersWeigh / others.days.length;
        double ownWeight = days.length - ownFrom;
        double otherWeight = other * (others.days.length - othersFrom);
        if (ownWeight + otherWeight == 0) {
            return Optional.empty();
        }
        double half = (ownWeight + otherWeight) / 2;
        int i = ownFrom;
        int k = othersFrom;
        double weight = 0;
        int lag = age;
        while (weight < half && (i < days.length || k < others.days.length)) {
            boolean own = k == others.days.length || (i < days.length && days[i] <= others.days[k]);
            lag = own ? days[i++] : others.days[k++];
            weight += own ? 1 : other;
        }
        return Optional.of(new Estimate(lag, ownWeight >= otherWeight ? Basis.CUSTOMER_LAG : Basis.SEGMENT_LAG));
    }

    private int firstFrom(int age) {
        int low = 0;
        int high = days.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (days[middle] < age) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
