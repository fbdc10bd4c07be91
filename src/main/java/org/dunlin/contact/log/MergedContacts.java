package org.dunlin.contact.log;

import org.dunlin.receivables.CustomersMerged;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was said to a customer who was merged into another stands in the log of that other one. */
@Component
class MergedContacts {

    private final JdbcClient jdbc;

    MergedContacts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** After the cases were moved: a case is locked before its contacts. */
    @EventListener
    @Order
    void on(CustomersMerged event) {
        jdbc.sql(
                        """
                        update contact c set customer_id = m.heir from unnest(:gone, :heirs) as m(gone, heir)
                        where c.customer_id = m.gone
                        """)
                .param("gone", event.gone())
                .param("heirs", event.heirs())
                .update();
    }
}
