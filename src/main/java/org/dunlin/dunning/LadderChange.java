package org.dunlin.dunning;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A case was put on a ladder.
 *
 * @param from        the ladder it was on before; null for the first one, and the same as {@code to} when it began again or came
 *                    back to where it was
 * @param fromSegment the customer's segment when the ladder before was chosen
 * @param rung        highest rung climbed by then; the ladder was entered above it
 * @param reason      the rule that chose it, in words
 */
public record LadderChange(
        Instant at,
        @Nullable String from,
        String to,
        @Nullable String fromSegment,
        @Nullable String toSegment,
        int rung,
        String reason) {}
