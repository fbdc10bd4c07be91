package org.dunlin.platform.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Something that works beside the job executor and must stand still while the clock jumps. */
public interface Worker {

    /** Does what is due now, on the caller's thread. Returns how many items it handled; 0 means nothing is left. */
    int runOnce();

    /** How long to wait before looking again when nothing was there. */
    default Duration pollInterval() {
        return Duration.ofSeconds(1);
    }

    /** When work that is there already may go on, for whoever moves the clock; empty when none waits for a time. */
    default Optional<Instant> goesOnAt() {
        return Optional.empty();
    }
}
