package org.dunlin.scoring;

import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * For one reason a customer gets, or got, no new orders on credit.
 *
 * @param reason        key of the reason in the table {@code creditPolicy}; {@link #BY_HAND} for a stop by hand
 * @param text          the reason in words
 * @param liftedWhen    on what condition it ends, in words
 * @param facts         what was known of the customer when it began, by variable name; null means not known
 * @param since         first day on which it held
 * @param endsOn        of a stop by hand: first day on which it will no longer hold, where that was said beforehand
 * @param until         first day on which it no longer held; null while it is in force
 * @param liftedBecause why it ended, in words; null while it is in force
 * @param setBy         login of who set it by hand; null for a stop of the policy
 * @param note          for colleagues
 * @param liftedBy      login of who lifted it by hand
 */
public record CreditStop(
        long id,
        long customerId,
        Origin origin,
        String reason,
        String text,
        String liftedWhen,
        Map<String, @Nullable Object> facts,
        LocalDate since,
        @Nullable LocalDate endsOn,
        @Nullable LocalDate until,
        @Nullable String liftedBecause,
        @Nullable String setBy,
        @Nullable String note,
        @Nullable String liftedBy) {

    /** The reason of every stop by hand. */
    public static final String BY_HAND = "byHand";

    /** Who stopped the customer. */
    public enum Origin {
        POLICY,
        MANUAL
    }
}
