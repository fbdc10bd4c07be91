package org.dunlin.contact.log;

import java.util.AbstractMap.SimpleEntry;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts the messages that named an invoice; what is said on one rung twice, by mail and by letter, counts once. */
@Component
class WrittenRequests implements InvoiceLevels {

    private final JdbcClient jdbc;

    WrittenRequests(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<Long, Integer> asked(Collection<Long> invoiceIds) {
        return jdbc
                .sql(
                        """
                        select l.invoice_id, count(distinct (c.case_id, c.rung)) as rungs
                        from contact_invoice l join contact c on c.id = l.contact_id
                        where l.invoice_id = any(:invoices) and c.state = 'SENT' and c.rung > 0
                        group by l.invoice_id
                        """)
                .param("invoices", invoiceIds.toArray(Long[]::new))
                .query((row, n) -> new SimpleEntry<>(row.getLong("invoice_id"), row.getInt("rungs")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
