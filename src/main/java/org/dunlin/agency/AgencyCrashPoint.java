package org.dunlin.agency;

/** Told where the delivery is. Does nothing, except in the test that breaks it off at each of these points. */
interface AgencyCrashPoint {

    enum Point {
        CLAIMED,
        ABOUT_TO_DELIVER,
        DELIVERED,
        MARKED,
        COMMITTED
    }

    void reached(Point point);
}
