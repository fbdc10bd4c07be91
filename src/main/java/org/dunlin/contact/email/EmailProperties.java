package org.dunlin.contact.email;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How e-mail is sent; the mail server itself is configured under {@code spring.mail}.
 *
 * @param batch      messages fetched at a time; they share a connection to the mail server
 * @param lock       how long a fetched batch belongs to its worker
 * @param reserve    a message is only begun while this much of the lock is left; more than the time-outs of one message add
 *                   up to
 * @param retryAfter pauses after a message that certainly was not sent; when all are used up it becomes an incident
 * @param waiting    pause before a message is looked at again of which nothing is worth sending
 */
@ConfigurationProperties("dunlin.email")
record EmailProperties(
        @DefaultValue("50") int batch,
        @DefaultValue("10m") Duration lock,
        @DefaultValue("2m") Duration reserve,
        @DefaultValue({"5m", "30m", "2h"}) List<Duration> retryAfter,
        @DefaultValue("1h") Duration waiting) {

    EmailProperties {
        if (batch < 1) {
            throw new IllegalArgumentException("dunlin.email: batch is at least 1");
        }
        if (lock.compareTo(reserve) <= 0) {
            throw new IllegalArgumentException("dunlin.email: lock must be longer than reserve");
        }
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
