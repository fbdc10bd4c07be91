package org.dunlin.platform.clock;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How far the clock was moved forward by hand, kept in the database so that a restart does not travel back in time. */
@Component
public class ClockSetting {

    private final JdbcClient jdbc;

    ClockSetting(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Zero as long as nobody moved the clock. */
    public Duration movedBy() {
        return jdbc.sql("select extract(epoch from moved_by)::bigint from clock_setting")
                .query(Long.class)
                .optional()
                .map(Duration::ofSeconds)
                .orElse(Duration.ZERO);
    }

    /** Adds to what is kept. */
    public void moveBy(Duration by) {
        jdbc.sql(
                        """
                        insert into clock_setting (moved_by) values (make_interval(secs => :seconds))
                        on conflict (only_row) do update set moved_by = clock_setting.moved_by + excluded.moved_by
                        """)
                .param("seconds", by.toSeconds())
                .update();
    }
}
