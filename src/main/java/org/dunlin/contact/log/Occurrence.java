package org.dunlin.contact.log;

import org.jspecify.annotations.Nullable;

/**
 * The one passing of a step that contacts a customer.
 *
 * @param processInstanceId the ladder that is climbed, or the process of the hold
 * @param activityId        the step of it
 * @param passing           which passing of the step, where a process may come back to it; null where it cannot
 */
public record Occurrence(String processInstanceId, String activityId, @Nullable String passing) {

    /** The step of a ladder: it is passed once, however often somebody moves the token. */
    public Occurrence(String processInstanceId, String activityId) {
        this(processInstanceId, activityId, null);
    }

    /** @throws IllegalArgumentException for a text that {@link #toString()} did not make */
    public static Occurrence parse(String text) {
        String[] parts = text.split(":", 3);
        if (parts.length < 2) {
            throw new IllegalArgumentException("Not the occurrence of a step: " + text);
        }
        return new Occurrence(parts[0], parts[1], parts.length == 2 ? null : parts[2]);
    }

    @Override
    public String toString() {
        return processInstanceId + ":" + activityId + (passing == null ? "" : ":" + passing);
    }
}
