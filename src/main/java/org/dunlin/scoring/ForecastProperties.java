package org.dunlin.scoring;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What the forecast of payments rests on. The usual values stand in {@code application.yaml}, their reasons in {@code docs/scoring.md}.
 *
 * @param months             only what was paid within so many months counts
 * @param othersWeigh        as much as so many payments of the customer's own, what others of the segment do weighs
 * @param minSegmentPayments with fewer in a segment, everybody's stand in
 */
@ConfigurationProperties("dunlin.scoring.forecast")
record ForecastProperties(int months, double othersWeigh, int minSegmentPayments) {

    ForecastProperties {
        if (months < 1 || months > 120) {
            throw new IllegalArgumentException("dunlin.scoring.forecast.months is from 1 to 120, not " + months);
        }
        if (!(othersWeigh > 0)) {
            throw new IllegalArgumentException("dunlin.scoring.forecast.others-weigh is above 0, not " + othersWeigh);
        }
        if (minSegmentPayments < 1) {
            throw new IllegalArgumentException(
                    "dunlin.scoring.forecast.min-segment-payments is at least 1, not " + minSegmentPayments);
        }
    }
}
