package org.dunlin.receivables;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Gives each customer of each creditor the reference to pay with; the first time it is asked for, and then for good. */
@Repository
public class PaymentReferences implements ReferenceBook {

    private final JdbcClient jdbc;

    PaymentReferences(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In the form of the creditor's country. Safe to ask for at the same time from several places. */
    @Override
    @Transactional
    public PaymentReference forCustomer(Creditor creditor, long customerId) {
        long base = find(creditor.id(), customerId).orElseGet(() -> {
            jdbc.sql(
                            """
                            insert into payment_reference (creditor_id, customer_id) values (:creditor, :customer)
                            on conflict (creditor_id, customer_id) do nothing
                            """)
                    .param("creditor", creditor.id())
                    .param("customer", customerId)
                    .update();
            return find(creditor.id(), customerId).orElseThrow();
        });
        return new PaymentReference(PaymentReference.Form.of(creditor.country()), Long.toString(base));
    }

    private Optional<Long> find(long creditorId, long customerId) {
        return jdbc.sql("select base from payment_reference where creditor_id = :creditor and customer_id = :customer")
                .param("creditor", creditorId)
                .param("customer", customerId)
                .query(Long.class)
                .optional();
    }
}
