package org.dunlin.agency;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.dunlin.platform.engine.Worker;
import org.springframework.stereotype.Component;

/** Makes up every quarter of an hour for what was missed between ledger, files and processes, for example when a node died. */
@Component
class FileWatch implements Worker {

    private static final Duration INTERVAL = Duration.ofMinutes(15);

    private final Balances balances;
    private final ReportSignals signals;
    private final Clock clock;
    private final AtomicReference<Instant> lookedAt = new AtomicReference<>(Instant.EPOCH);

    FileWatch(Balances balances, ReportSignals signals, Clock clock) {
        this.balances = balances;
        this.signals = signals;
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
        signals.makeUp();
        balances.look(null);
        return 0;
    }

    @Override
    public Duration pollInterval() {
        return Duration.ofMinutes(1);
    }
}
