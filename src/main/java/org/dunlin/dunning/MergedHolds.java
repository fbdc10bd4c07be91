package org.dunlin.dunning;

import java.util.LinkedHashMap;
import java.util.Map;
import org.dunlin.receivables.CustomersMerged;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Holds of customers who turned out to be one belong to that one, those that have ended too. One that lasts and is about everything
 * the customer owes is about everything the one owes now; one that has ended was about what the other had. {@link Pauses} hears of it
 * by the change of the ledger.
 */
@Component
class MergedHolds {

    private static final Logger log = LoggerFactory.getLogger(MergedHolds.class);

    private final JdbcClient jdbc;
    private final DunningProcesses processes;

    MergedHolds(JdbcClient jdbc, DunningProcesses processes) {
        this.jdbc = jdbc;
        this.processes = processes;
    }

    /** Within the transaction that merges the customers, under the locks of all of them. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void on(CustomersMerged event) {
        jdbc.sql(
                        """
                        update hold h set customer_id = m.heir, merged_from = coalesce(h.merged_from, h.customer_id)
                        from unnest(:gone, :heirs) as m(gone, heir) where h.customer_id = m.gone
                        """)
                .param("gone", event.gone())
                .param("heirs", event.heirs())
                .update();
    }

    /** Their processes say whose they are, for the people who look at them. */
    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void afterwards(CustomersMerged event) {
        Map<String, Long> customers = new LinkedHashMap<>();
        jdbc.sql(
                        """
                        select h.process_instance_id, h.customer_id
                        from hold h join act_ru_execution e on e.id_ = h.process_instance_id
                        where h.state = 'ACTIVE' and h.merged_from is not null and h.customer_id = any(:heirs)
                        """)
                .param("heirs", event.heirs())
                .query((row, n) -> customers.put(row.getString("process_instance_id"), row.getLong("customer_id")))
                .list();
        try {
            processes.holdsBelongTo(customers);
        } catch (RuntimeException e) {
            // The table is the truth; nothing reads it from the process.
            log.warn("The processes of {} holds still name a customer who was merged", customers.size(), e);
        }
    }
}
