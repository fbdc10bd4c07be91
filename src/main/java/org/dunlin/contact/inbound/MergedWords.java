package org.dunlin.contact.inbound;

import org.dunlin.receivables.CustomersMerged;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a customer said who was merged into another was said by that other one. */
@Component
class MergedWords {

    private final JdbcClient jdbc;

    MergedWords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @EventListener
    void on(CustomersMerged event) {
        jdbc.sql(
                        """
                        update customer_word w set customer_id = m.heir from unnest(:gone, :heirs) as m(gone, heir)
                        where w.customer_id = m.gone
                        """)
                .param("gone", event.gone())
                .param("heirs", event.heirs())
                .update();
    }
}
