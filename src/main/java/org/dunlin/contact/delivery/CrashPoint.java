package org.dunlin.contact.delivery;

/** Told where the worker is. Does nothing, except in the test that kills the process at each of these points. */
public interface CrashPoint {

    enum Point {
        CLAIMED,
        ABOUT_TO_SEND,
        HANDED_OVER,
        MARKED,
        COMMITTED
    }

    void reached(Point point);
}
