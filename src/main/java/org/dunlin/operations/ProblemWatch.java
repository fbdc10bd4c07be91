package org.dunlin.operations;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.dunlin.platform.engine.Worker;
import org.springframework.stereotype.Component;

/**
 * Looks for problems every quarter of an hour: a worker, because it must go on when jobs do not, and a process instance each
 * time would fill the history with nothing.
 */
@Component
class ProblemWatch implements Worker {

    static final Duration INTERVAL = Duration.ofMinutes(15);

    private final ProblemFinder finder;
    private final Clock clock;
    private final AtomicReference<Instant> lookedAt = new AtomicReference<>(Instant.EPOCH);

    ProblemWatch(ProblemFinder finder, Clock clock) {
        this.finder = finder;
        this.clock = clock;
    }

    @Override
    public int runOnce() {
        Instant now = clock.instant();
        Duration passed = Duration.between(lookedAt.get(), now);
        // A clock that was set back counts as time that has passed.
        if (!passed.isNegative() && passed.compareTo(INTERVAL) < 0) {
            return 0;
        }
        lookedAt.set(now);
        finder.look();
        return 0;
    }

    @Override
    public Duration pollInterval() {
        return Duration.ofMinutes(1);
    }
}
