package org.dunlin.agency;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which agencies there are, and how they are written to.
 *
 * @param lock       how long a message belongs to the worker that fetched it
 * @param reserve    a message is only begun while this much of the lock is left
 * @param retryAfter pauses after a message that certainly was not delivered; when all are used up it becomes an incident
 */
@ConfigurationProperties("dunlin.agency")
record AgencyProperties(
        @DefaultValue List<Agency> agencies,
        @DefaultValue("10m") Duration lock,
        @DefaultValue("2m") Duration reserve,
        @DefaultValue({"5m", "30m", "2h"}) List<Duration> retryAfter) {

    /** @throws IllegalArgumentException when two agencies have one id, or one login reports for two */
    AgencyProperties {
        agencies = List.copyOf(agencies);
        Set<String> ids = new HashSet<>();
        Set<String> logins = new HashSet<>();
        for (Agency agency : agencies) {
            if (!ids.add(agency.id())) {
                throw new IllegalArgumentException(
                        "dunlin.agency.agencies: two agencies have the id '" + agency.id() + "'");
            }
            for (String login : agency.logins()) {
                if (!logins.add(login)) {
                    throw new IllegalArgumentException(
                            "dunlin.agency.agencies: the login '" + login + "' belongs to two agencies");
                }
            }
        }
        if (lock.compareTo(reserve) <= 0) {
            throw new IllegalArgumentException("dunlin.agency: lock must be longer than reserve");
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
