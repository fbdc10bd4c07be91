package org.dunlin.contact.delivery;

/** What went wrong, for people: one line of a length that the log and the engine can keep. */
public final class FailureText {

    private static final int LONGEST = 500;

    private FailureText() {}

    public static String of(Exception failure) {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        String line = message.replaceAll("\\s+", " ").trim();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST);
    }
}
