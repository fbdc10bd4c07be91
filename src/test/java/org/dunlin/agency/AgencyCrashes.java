package org.dunlin.agency;

import java.util.function.Consumer;
import org.dunlin.agency.AgencyCrashPoint.Point;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;

/**
 * Breaks a delivery off where a test says so, as abruptly as a process that dies: nothing of ours catches it. Or only lets the test look
 * where it is.
 */
@TestComponent
public class AgencyCrashes implements AgencyCrashPoint {

    /** The node is gone. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    private volatile @Nullable Point at;
    private volatile Consumer<Point> watcher = point -> {};

    void at(Point point) {
        at = point;
    }

    /** Calls that at each point of each delivery, within its transaction as long as there is one. */
    void watch(Consumer<Point> each) {
        watcher = each;
    }

    void watchNoMore() {
        watcher = point -> {};
    }

    @Override
    public void reached(Point point) {
        watcher.accept(point);
        if (point == at) {
            at = null;
            throw new Crash();
        }
    }
}
