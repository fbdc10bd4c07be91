package org.dunlin.contact.sending;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Whether messages may leave. Asked by everything that sends, before it takes anything that waits: what waits goes on waiting. One answer for all nodes.
 */
@Service
public class Sending {

    private final JdbcClient jdbc;
    private final Clock clock;

    Sending(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * How it stands.
     *
     * @param stoppedAt  since when nothing leaves; null while messages leave
     * @param because    why, for people
     * @param releasedAt when somebody last let messages leave again
     * @param releasedBy login of who did
     */
    public record State(
            @Nullable Instant stoppedAt,
            @Nullable String because,
            @Nullable Instant releasedAt,
            @Nullable String releasedBy) {

        public boolean isStopped() {
            return stoppedAt != null;
        }
    }

    public boolean isStopped() {
        return jdbc.sql("select exists (select 1 from installation where stopped_at is not null)")
                .query(Boolean.class)
                .single();
    }

    public State state() {
        return jdbc.sql("select stopped_at, stopped_because, released_at, released_by from installation")
                .query((row, n) -> new State(
                        instant(row.getTimestamp(1)), row.getString(2), instant(row.getTimestamp(3)), row.getString(4)))
                .optional()
                .orElse(new State(null, null, null, null));
    }

    /** Nothing leaves from now on. One who was stopped before stays so for the first reason. */
    @Transactional
    public void stop(String because) {
        jdbc.sql("update installation set stopped_at = :now, stopped_because = :because where stopped_at is null")
                .param("now", utc(clock.instant()))
                .param("because", because)
                .update();
    }

    /**
     * Messages leave again.
     *
     * @param by login of who takes responsibility
     * @return false when they were leaving already
     */
    @Transactional
    public boolean release(String by) {
        return jdbc.sql(
                                """
                        update installation set stopped_at = null, stopped_because = null, released_at = :now, released_by = :by
                        where stopped_at is not null
                        """)
                        .param("now", utc(clock.instant()))
                        .param("by", by)
                        .update()
                == 1;
    }

    private static @Nullable Instant instant(java.sql.@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
