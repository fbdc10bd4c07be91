package org.dunlin.platform.engine;

import java.util.Optional;

/**
 * Knows why tasks of its processes cannot be completed, in one or two sentences for the person who tries to. Without markup, and with
 * nothing in it that could act as such.
 */
public interface TaskExplanation {

    /**
     * Why the task waits: it is there, but its process stands still.
     *
     * @param rootInstanceId the process that has called all others around the task
     * @return empty when it belongs to others
     */
    Optional<String> whyItWaits(String rootInstanceId);

    /**
     * Why the task has gone without anybody having completed it.
     *
     * @param rootInstanceId as in {@link #whyItWaits}; it may have ended
     * @return empty when it belongs to others
     */
    Optional<String> whyItHasGone(String rootInstanceId);
}
