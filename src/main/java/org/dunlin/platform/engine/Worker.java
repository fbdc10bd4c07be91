package org.dunlin.platform.engine;

/** Something that works beside the job executor and must stand still while the clock jumps. */
public interface Worker {

    /** Does what is due now, on the caller's thread. Returns how many items it handled; 0 means nothing is left. */
    int runOnce();

    /** How long to wait before looking again when nothing was there. */
    default java.time.Duration pollInterval() {
        return java.time.Duration.ofSeconds(1);
    }
}
