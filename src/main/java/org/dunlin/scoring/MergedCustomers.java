package org.dunlin.scoring;

import java.time.Clock;
import java.time.LocalDate;
import org.dunlin.receivables.CustomersMerged;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A customer who was merged into another is not judged any more. What was learnt about them counts for the other one, whose facts
 * change with it at the next refresh.
 */
@Component
class MergedCustomers {

    private final JdbcClient jdbc;
    private final Experiences experiences;
    private final Clock clock;

    MergedCustomers(JdbcClient jdbc, Experiences experiences, Clock clock) {
        this.jdbc = jdbc;
        this.experiences = experiences;
        this.clock = clock;
    }

    @EventListener
    void on(CustomersMerged event) {
        experiences.moved(event);
        retire(LocalDate.now(clock));
    }

    /**
     * Removes the profiles and pay-day patterns of all customers who were merged, and ends their scores; what they were judged before stays in the
     * history.
     *
     * @param asOf the first day on which their last score no longer holds; a score that began then or later is removed
     */
    @Transactional
    public void retire(LocalDate asOf) {
        jdbc.sql(
                        """
                        delete from customer_profile p using customer c
                        where c.id = p.customer_id and c.merged_into is not null
                        """)
                .update();
        jdbc.sql(
                        """
                        delete from payment_pattern p using customer c
                        where c.id = p.customer_id and c.merged_into is not null
                        """)
                .update();
        jdbc.sql(
                        """
                        update customer_score s set until = :asOf from customer c
                        where c.id = s.customer_id and c.merged_into is not null and s.until is null and s.since < :asOf
                        """)
                .param("asOf", asOf)
                .update();
        jdbc.sql(
                        """
                        delete from customer_score s using customer c
                        where c.id = s.customer_id and c.merged_into is not null and s.until is null
                        """)
                .update();
    }
}
