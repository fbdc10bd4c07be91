package org.dunlin.platform.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.jspecify.annotations.Nullable;

/**
 * The one clock: product and engine always read the same instant. It runs with the machine's time, or shifted from it, or
 * stands still (tests). Whoever moves it while the engine works must first pause executor and workers, because a jump lets
 * their locks expire.
 */
public final class DunlinClock extends Clock {

    private final Clock machine;
    private volatile Duration shift = Duration.ZERO;
    private volatile @Nullable Instant frozenAt;

    public DunlinClock(Clock machine) {
        this.machine = machine;
    }

    /** How far this clock is ahead of the machine's; negative when it runs in the past. */
    public Duration shift() {
        return shift;
    }

    /** Whether it was told to stand still. */
    public boolean standsStill() {
        return frozenAt != null;
    }

    /** Runs on from the given instant. */
    public synchronized void runFrom(Instant instant) {
        frozenAt = null;
        shift = Duration.between(machine.instant(), instant);
        ClockUtil.reset();
        ClockUtil.offset(shift.toMillis());
    }

    /** Stands still at the given instant until told otherwise. */
    public synchronized void freezeAt(Instant instant) {
        frozenAt = instant;
        ClockUtil.setCurrentTime(Date.from(instant));
    }

    @Override
    public Instant instant() {
        Instant frozen = frozenAt;
        return frozen != null ? frozen : machine.instant().plus(shift);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        DunlinClock source = this;
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return zone;
            }

            @Override
            public Clock withZone(ZoneId other) {
                return source.withZone(other);
            }

            @Override
            public Instant instant() {
                return source.instant();
            }
        };
    }
}
