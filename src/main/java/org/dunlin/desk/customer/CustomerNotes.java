package org.dunlin.desk.customer;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.dunlin.dunning.InvalidOutcomeException;
import org.dunlin.receivables.CustomersMerged;
import org.dunlin.receivables.Receivables;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What people noted about customers, for colleagues. */
@Repository
class CustomerNotes {

    private static final int LONGEST = 2000;

    private final JdbcClient jdbc;
    private final Receivables receivables;
    private final Clock clock;

    CustomerNotes(JdbcClient jdbc, Receivables receivables, Clock clock) {
        this.jdbc = jdbc;
        this.receivables = receivables;
        this.clock = clock;
    }

    /** @param by login */
    record Note(long id, String text, Instant notedAt, String notedBy) {}

    /** @throws InvalidOutcomeException when there is no text, or too much of it */
    @Transactional
    public void add(long customerId, String text, String by) {
        if (text.isBlank()) {
            throw new InvalidOutcomeException("text", "Write what is to be remembered");
        }
        if (text.length() > LONGEST) {
            throw new InvalidOutcomeException(
                    "text", "%d characters are too many; say it in %d".formatted(text.length(), LONGEST));
        }
        receivables.lockCustomers(List.of(customerId));
        jdbc.sql(
                        """
                        insert into customer_note (customer_id, text, noted_at, noted_by)
                        select coalesce(merged_into, id), :text, :at, :by from customer where id = :customer
                        """)
                .param("customer", customerId)
                .param("text", text.strip())
                .param("at", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .param("by", by)
                .update();
    }

    /** The latest of a customer, newest first. */
    List<Note> latest(long customerId, int limit) {
        return jdbc.sql(
                        """
                        select id, text, noted_at, noted_by from customer_note
                        where customer_id = :customer order by noted_at desc, id desc limit :limit
                        """)
                .param("customer", customerId)
                .param("limit", limit)
                .query((row, n) -> new Note(
                        row.getLong("id"),
                        row.getString("text"),
                        row.getTimestamp("noted_at").toInstant(),
                        row.getString("noted_by")))
                .list();
    }

    /** What was noted about somebody who turned out to be another one stands with that one. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void on(CustomersMerged event) {
        jdbc.sql(
                        """
                        update customer_note n set customer_id = m.heir from unnest(:gone, :heirs) as m(gone, heir)
                        where n.customer_id = m.gone
                        """)
                .param("gone", event.gone())
                .param("heirs", event.heirs())
                .update();
    }
}
