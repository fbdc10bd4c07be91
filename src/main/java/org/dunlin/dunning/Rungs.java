package org.dunlin.dunning;

/** The scale of rungs, one for all ladders; steps in between are open to designers. */
public final class Rungs {

    private static final int HAND_OVER = 70;

    private Rungs() {}

    /**
     * Whether a step speaks about everything that a customer owes a creditor, each invoice at its own level. An agency gets one case.
     */
    public static boolean speaksForAll(int rung) {
        return rung > 0 && rung < HAND_OVER;
    }

    /** What a rung is called on a card; a number of a designer's own takes the name of the rung below it. */
    public static String name(int rung) {
        if (rung < 10) {
            return "Not contacted yet";
        }
        return switch (rung / 10) {
            case 1 -> "Reminder";
            case 2 -> "Call";
            case 3 -> "Letter";
            case 4 -> "Second call";
            case 5 -> "Sales";
            case 6 -> "Registered letter";
            default -> "Hand-over";
        };
    }
}
