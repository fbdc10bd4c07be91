package org.dunlin.dunning;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Figures of the house that apply to holds.
 *
 * @param promiseWithin   calendar days a promised date may lie ahead
 * @param planWithin      calendar days until the last instalment of a plan
 * @param blockWithin     calendar days a block may last
 * @param grace           working days after a promised date or instalment before it counts as broken: a transfer made on the day
 *                        reaches the bank statement on the next working day
 * @param resumeAfter     working days after the end of a hold before anything happens again, at least
 * @param bookingWithin   working days in which a promised credit note or corrected invoice has to be booked
 */
@ConfigurationProperties("dunlin.holds")
public record HoldPolicy(
        @DefaultValue("60") int promiseWithin,
        @DefaultValue("370") int planWithin,
        @DefaultValue("180") int blockWithin,
        @DefaultValue("1") int grace,
        @DefaultValue("1") int resumeAfter,
        @DefaultValue("10") int bookingWithin) {

    public HoldPolicy {
        if (resumeAfter < 1 || grace < 0 || bookingWithin < 1) {
            throw new IllegalArgumentException(
                    "dunlin.holds: resume-after and booking-within are at least 1, grace at least 0");
        }
    }

    /** Calendar days from today up to which a hold of that kind may last. */
    int longest(Hold.Kind kind) {
        return switch (kind) {
            case PROMISE -> promiseWithin;
            case PLAN -> planWithin;
            case BLOCK -> blockWithin;
            case DISPUTE, INSOLVENCY -> Integer.MAX_VALUE / 2;
        };
    }
}
