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
        // Somebody may give one at this moment: then it was waited for, and is seen when asked again.
        long base = findOrGive(creditor.id(), customerId)
                .or(() -> findOrGive(creditor.id(), customerId))
                .orElseThrow();
        return new PaymentReference(PaymentReference.Form.of(creditor.country()), Long.toString(base));
    }

    /** Takes no number where one is given already. */
    private Optional<Long> findOrGive(long creditorId, long customerId) {
        return jdbc.sql(
                        """
                        with known as (
                            select base from payment_reference where creditor_id = :creditor and customer_id = :customer),
                        given as (
                            insert into payment_reference (creditor_id, customer_id)
                            select :creditor, :customer where not exists (select 1 from known)
                            on conflict (creditor_id, customer_id) do nothing returning base)
                        select base from known union all select base from given
                        """)
                .param("creditor", creditorId)
                .param("customer", customerId)
                .query(Long.class)
                .optional();
    }
}
