package org.dunlin.contact.killed;

import java.util.concurrent.CountDownLatch;
import org.dunlin.contact.delivery.CrashPoint;
import org.jspecify.annotations.Nullable;

/** Stops a thread for ever at the point that was chosen for it, in the middle of whatever it was doing. */
final class Parking implements CrashPoint {

    private final ThreadLocal<@Nullable Spot> chosen = new ThreadLocal<>();

    private record Spot(String point, CountDownLatch reached) {}

    /** Lets the work begin on a thread of its own, and returns when it stands at that point. */
    void park(String point, Runnable work) throws InterruptedException {
        Spot spot = new Spot(point, new CountDownLatch(1));
        Thread thread = new Thread(() -> {
            chosen.set(spot);
            work.run();
        });
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((t, e) -> Victim.giveUp(e));
        thread.start();
        spot.reached().await();
    }

    @Override
    public void reached(Point point) {
        reached(point.name());
    }

    void reached(String point) {
        Spot spot = chosen.get();
        if (spot != null && spot.point().equals(point)) {
            spot.reached().countDown();
            forEver();
        }
    }

    static void forEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
