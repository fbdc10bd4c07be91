package org.dunlin.dunning;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person contacted the customer (call, letter, sales, agency) and recorded it. Published within the recording transaction.
 *
 * @param occurrence the one passing of this rung by this case, with the attempt what makes the contact unique
 * @param channel    CALL, LETTER, REGISTERED_LETTER, SALES or AGENCY
 * @param by         login of the person
 * @param outcome    what came of it, as chosen in the form
 * @param text       what was sent or noted
 */
public record ContactMade(
        DunningCase dunningCase,
        String occurrence,
        int rung,
        String channel,
        int attempt,
        Instant at,
        @Nullable String by,
        String outcome,
        @Nullable String text) {}
