package org.dunlin.portal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Counts links that were not ours, by the address they came from. It only makes wrong links cheap: a right one is always opened, whoever
 * else tried whatever from the same address.
 */
@Component
class WrongLinks {

    private static final int MOST_IN_A_WINDOW = 30;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int ADDRESSES = 10_000;
    private static final int IPV6_NETWORK = 4;

    private final Clock clock;
    private final Map<String, Tries> byAddress = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tries> eldest) {
            return size() > ADDRESSES;
        }
    };

    WrongLinks(Clock clock) {
        this.clock = clock;
    }

    private record Tries(Instant since, int count) {}

    /** One more from there. True when there were so many that no page is made of it. */
    synchronized boolean tooMany(String address) {
        Instant now = clock.instant();
        Tries tries = byAddress.merge(
                network(address),
                new Tries(now, 1),
                (known, one) -> known.since().plus(WINDOW).isBefore(now)
                                || known.since().isAfter(now)
                        ? one
                        : new Tries(known.since(), known.count() + 1));
        return tries.count() > MOST_IN_A_WINDOW;
    }

    /** Of IPv6 the network, because one house has all of its addresses. */
    private static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        String[] groups = address.split(":", IPV6_NETWORK + 1);
        return String.join(":", java.util.Arrays.copyOf(groups, Math.min(groups.length, IPV6_NETWORK)));
    }
}
