package org.dunlin.contact.delivery;

import java.time.Duration;
import java.util.List;

/**
 * How a channel's worker goes about it.
 *
 * @param prefix     of the configuration, for messages about it
 * @param batch      messages fetched at a time
 * @param lock       how long a fetched batch belongs to its worker
 * @param reserve    a message is only begun while this much of the lock is left; more than the time-outs of one message add
 *                   up to
 * @param retryAfter pauses after a message that certainly was not sent; when all are used up it becomes an incident
 * @param waiting    pause before a message is looked at again of which nothing is worth sending
 */
public record Terms(
        String prefix, int batch, Duration lock, Duration reserve, List<Duration> retryAfter, Duration waiting) {

    public Terms {
        if (batch < 1) {
            throw new IllegalArgumentException(prefix + ": batch is at least 1");
        }
        if (lock.compareTo(reserve) <= 0) {
            throw new IllegalArgumentException(prefix + ": lock must be longer than reserve");
        }
        retryAfter = List.copyOf(retryAfter);
    }

    /** How often a message is tried before it becomes an incident. */
    int attempts() {
        return retryAfter.size() + 1;
    }

    /** Pause before the next attempt when this many are left. */
    Duration pause(int attemptsLeft) {
        return retryAfter.isEmpty()
                ? Duration.ZERO
                : retryAfter.get(Math.max(0, Math.min(retryAfter.size() - 1, attempts() - attemptsLeft - 1)));
    }
}
