package org.dunlin.contact;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps automatic messages from leaving in a burst, for example after an outage: so many per channel and hour, spread over the
 * hour, for all nodes together. What finds no room stays in the queue of the engine, where the oldest comes first; its
 * retries are not touched.
 */
@Component
@EnableConfigurationProperties(PaceProperties.class)
public class Pace {

    /** Room becomes free in parts of this length, so that an hour's messages do not all leave at its start. */
    private static final Duration PART = Duration.ofMinutes(5);

    private static final int PARTS = (int) Duration.ofHours(1).dividedBy(PART);
    private static final int KEPT_HOURS = 24 * 31;

    private final JdbcClient jdbc;
    private final PaceProperties properties;
    private final Clock clock;

    Pace(JdbcClient jdbc, PaceProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Room that was taken, until it is used or given back.
     *
     * @param hour null where the channel has no limit
     */
    public record Room(Channel channel, int messages, @Nullable Instant hour) {}

    /** How many messages may leave now, at most as many as wanted. Takes nothing. */
    public int free(Channel channel, int wanted) {
        Integer limit = properties.perHour().get(channel);
        if (limit == null) {
            return wanted;
        }
        Instant now = clock.instant();
        int used = jdbc.sql("select used from contact_pace where channel = :channel and hour = :hour")
                .param("channel", channel.name())
                .param("hour", utc(hour(now)))
                .query(Integer.class)
                .optional()
                .orElse(0);
        return Math.max(0, Math.min(wanted, allowed(limit, now) - used));
    }

    /** Takes room for as many messages as wanted, or for fewer. Committed at once: all workers of all nodes see it. */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public Room take(Channel channel, int wanted) {
        Integer limit = properties.perHour().get(channel);
        if (limit == null) {
            return new Room(channel, wanted, null);
        }
        Instant now = clock.instant();
        Instant hour = hour(now);
        int opened = jdbc.sql(
                        "insert into contact_pace (channel, hour, used) values (:channel, :hour, 0) on conflict do nothing")
                .param("channel", channel.name())
                .param("hour", utc(hour))
                .update();
        if (opened > 0) {
            jdbc.sql("delete from contact_pace where hour < :before")
                    .param("before", utc(hour.minus(KEPT_HOURS, ChronoUnit.HOURS)))
                    .update();
        }
        int granted = jdbc.sql(
                        """
                        with locked as (select used from contact_pace where channel = :channel and hour = :hour for update)
                        update contact_pace p set used = locked.used + greatest(0, least(:wanted, :allowed - locked.used))
                        from locked where p.channel = :channel and p.hour = :hour
                        returning p.used - locked.used
                        """)
                .param("channel", channel.name())
                .param("hour", utc(hour))
                .param("wanted", wanted)
                .param("allowed", allowed(limit, now))
                .query(Integer.class)
                .single();
        return new Room(channel, granted, hour);
    }

    /** Gives room back that was not used after all. */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void giveBack(Room room, int messages) {
        if (room.hour() == null || messages <= 0) {
            return;
        }
        jdbc.sql(
                        "update contact_pace set used = greatest(0, used - :messages) where channel = :channel and hour = :hour")
                .param("messages", messages)
                .param("channel", room.channel().name())
                .param("hour", utc(room.hour()))
                .update();
    }

    /** When the next messages may leave; empty when some may leave now. */
    public Optional<Instant> nextRoom(Channel channel) {
        if (free(channel, 1) > 0) {
            return Optional.empty();
        }
        int limit = Objects.requireNonNull(properties.perHour().get(channel));
        Instant now = clock.instant();
        Instant part = hour(now).plus(PART.multipliedBy(part(now)));
        Instant next = part.plus(PART);
        while (next.isBefore(hour(now).plus(Duration.ofHours(1))) && allowed(limit, next) == allowed(limit, part)) {
            next = next.plus(PART);
        }
        return Optional.of(next);
    }

    /** What may have left since the beginning of the hour, until the end of the present part of it. */
    private static int allowed(int limit, Instant now) {
        // Rounded up, so that a small limit need not wait for its share to become a whole message.
        return (int) (((long) limit * (part(now) + 1) + PARTS - 1) / PARTS);
    }

    private static int part(Instant now) {
        return (int) Duration.between(hour(now), now).dividedBy(PART);
    }

    private static Instant hour(Instant now) {
        return now.truncatedTo(ChronoUnit.HOURS);
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
