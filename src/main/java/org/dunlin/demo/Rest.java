package org.dunlin.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether engine and workers have anything left to do at this moment. */
@Component
class Rest {

    private static final long LOOK_AGAIN_MILLIS = 100;

    private final JdbcClient jdbc;
    private final Clock clock;

    Rest(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** No job is due, and no external task waits for its first attempt; what failed and will be tried later counts as rest. */
    boolean reached() {
        return jdbc.sql(
                        """
                        select not exists (
                            select 1 from act_ru_job
                            where suspension_state_ = 1 and retries_ > 0 and (duedate_ is null or duedate_ <= :now))
                        and not exists (
                            select 1 from act_ru_ext_task where suspension_state_ = 1 and retries_ is null)
                        """)
                .param("now", LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    /** Returns whether it came to rest in time. */
    boolean await(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!reached()) {
            if (System.nanoTime() > end) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
        }
        return true;
    }
}
