package org.dunlin.contact.log;

/**
 * The one passing of a rung by a case.
 *
 * @param processInstanceId the ladder that is climbed
 * @param activityId        the step of it
 */
public record Occurrence(String processInstanceId, String activityId) {

    /** @throws IllegalArgumentException for a text that {@link #toString()} did not make */
    public static Occurrence parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("Not the occurrence of a step: " + text);
        }
        return new Occurrence(text.substring(0, colon), text.substring(colon + 1));
    }

    @Override
    public String toString() {
        return processInstanceId + ":" + activityId;
    }
}
