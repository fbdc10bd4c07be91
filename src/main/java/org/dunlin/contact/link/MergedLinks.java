package org.dunlin.contact.link;

import org.dunlin.receivables.CustomersMerged;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A link that somebody got before they were merged into another customer shows what is open with that other one. */
@Component
class MergedLinks {

    private final JdbcClient jdbc;

    MergedLinks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @EventListener
    void on(CustomersMerged event) {
        jdbc.sql(
                        """
                        update pay_link l set customer_id = m.heir from unnest(:gone, :heirs) as m(gone, heir)
                        where l.customer_id = m.gone
                        """)
                .param("gone", event.gone())
                .param("heirs", event.heirs())
                .update();
    }
}
