package org.dunlin.desk.customer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Who has a customer open, on whichever node: a screen says so every half minute, and counts until it has been silent for a while. */
@Repository
class Presences {

    /** Three signs of life may get lost. */
    private static final Duration SILENCE = Duration.ofSeconds(100);

    private final JdbcClient jdbc;
    private final Clock clock;

    Presences(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Somebody else who has the customer open.
     *
     * @param name  what colleagues call them; their login where nothing else is known
     * @param since without a break
     */
    public record Colleague(String name, Instant since) {}

    /** Says that the customer is open at that person's, and who else has it open. */
    @Transactional
    public List<Colleague> open(long customerId, String login) {
        Instant now = clock.instant();
        jdbc.sql("delete from customer_presence where seen_at < :dayAgo")
                .param("dayAgo", at(now.minus(Duration.ofDays(1))))
                .update();
        jdbc.sql(
                        """
                        insert into customer_presence as p (customer_id, login, since, seen_at) values (:customer, :login, :now, :now)
                        on conflict (customer_id, login) do update
                        set since = case when p.seen_at < :silent then excluded.since else p.since end, seen_at = excluded.seen_at
                        """)
                .param("customer", customerId)
                .param("login", login)
                .param("now", at(now))
                .param("silent", at(now.minus(SILENCE)))
                .update();
        return others(customerId, login);
    }

    /** Who else has the customer open, the longest first. */
    public List<Colleague> others(long customerId, String login) {
        return jdbc.sql(
                        """
                        select coalesce(nullif(u.first_, ''), p.login) as name, p.since
                        from customer_presence p left join act_id_user u on u.id_ = p.login
                        where p.customer_id = :customer and p.login <> :login and p.seen_at >= :silent
                        order by p.since, p.login
                        """)
                .param("customer", customerId)
                .param("login", login)
                .param("silent", at(clock.instant().minus(SILENCE)))
                .query((row, n) -> new Colleague(
                        row.getString("name"), row.getTimestamp("since").toInstant()))
                .list();
    }

    /** It is closed there. */
    @Transactional
    public void close(long customerId, String login) {
        jdbc.sql("delete from customer_presence where customer_id = :customer and login = :login")
                .param("customer", customerId)
                .param("login", login)
                .update();
    }

    private static OffsetDateTime at(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
