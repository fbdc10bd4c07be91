package org.dunlin.agency;

import org.dunlin.agency.AgencyCrashPoint.Point;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;

/** Breaks a delivery off where a test says so, as abruptly as a process that dies: nothing of ours catches it. */
@TestComponent
public class AgencyCrashes implements AgencyCrashPoint {

    /** The node is gone. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    private volatile @Nullable Point at;

    void at(Point point) {
        at = point;
    }

    @Override
    public void reached(Point point) {
        if (point == at) {
            at = null;
            throw new Crash();
        }
    }
}
