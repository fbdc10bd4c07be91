package org.dunlin.dunning;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.dunlin.receivables.CustomersMerged;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Cases of customers who turned out to be one belong to that one. Where both had a case that had not spoken yet, with the same
 * creditor and in the same currency, the invoices of the younger go into the older, and the younger ends. Cases that have spoken go
 * on side by side, as those of one customer do. The process of a case that ended here is ended by {@link Settlement} after the
 * commit.
 */
@Component
class MergedCases {

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    MergedCases(JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    private record Absorbed(long id, long older) {}

    private record Moved(long older, long invoice) {}

    /** Within the transaction that merges the customers, under the locks of all of them. */
    @EventListener
    @Order(Ordered.HIGHEST_PRECEDENCE)
    @Transactional(propagation = Propagation.MANDATORY)
    public void on(CustomersMerged event) {
        lockCases(event);
        List<Absorbed> absorbed = absorbed(event);
        if (!absorbed.isEmpty()) {
            moveInvoices(absorbed);
            close(absorbed);
        }
        with(
                        event,
                        """
                        update dunning_case c set customer_id = m.heir from unnest(:gone, :heirs) as m(gone, heir)
                        where c.customer_id = m.gone
                        """)
                .update();
        with(
                        event,
                        """
                        with found as (delete from dunning_candidate where customer_id = any(:gone) returning customer_id)
                        insert into dunning_candidate (customer_id)
                        select distinct m.heir from found f join unnest(:gone, :heirs) as m(gone, heir) on m.gone = f.customer_id
                        on conflict do nothing
                        """)
                .update();
        absorbed.forEach(each -> events.publishEvent(new CaseClosed(each.id(), DunningCase.Outcome.MERGED)));
    }

    private void lockCases(CustomersMerged event) {
        with(
                        event,
                        """
                        select id from dunning_case
                        where state = 'OPEN' and (customer_id = any(:gone) or customer_id = any(:heirs))
                        order by id for no key update
                        """)
                .query(Long.class)
                .list();
    }

    private List<Absorbed> absorbed(CustomersMerged event) {
        return with(
                        event,
                        """
                        with joinable as (
                            select c.id, first_value(c.id) over (
                                       partition by coalesce(m.heir, c.customer_id), c.creditor_id, c.currency
                                       order by c.opened_on, c.id) as older
                            from dunning_case c
                                left join unnest(:gone, :heirs) as m(gone, heir) on m.gone = c.customer_id
                            where c.state = 'OPEN' and c.first_contact_on is null
                                and (c.customer_id = any(:gone) or c.customer_id = any(:heirs)))
                        select id, older from joinable where id <> older order by id
                        """)
                .query((row, n) -> new Absorbed(row.getLong("id"), row.getLong("older")))
                .list();
    }

    private void moveInvoices(List<Absorbed> absorbed) {
        List<Moved> moved = jdbc.sql(
                        """
                        update dunning_case_invoice i set left_on = (:now at time zone k.time_zone)::date
                        from unnest(:ids, :olders) as a(id, older)
                            join dunning_case c on c.id = a.id
                            join creditor k on k.id = c.creditor_id
                        where i.case_id = a.id and i.left_on is null
                        returning a.older, i.invoice_id
                        """)
                .param("now", now())
                .param("ids", ids(absorbed))
                .param("olders", absorbed.stream().map(Absorbed::older).toArray(Long[]::new))
                .query((row, n) -> new Moved(row.getLong("older"), row.getLong("invoice_id")))
                .list();
        jdbc.sql(
                        """
                        insert into dunning_case_invoice (case_id, invoice_id, joined_on)
                        select a.older, a.invoice, (:now at time zone k.time_zone)::date
                        from unnest(:olders, :invoices) as a(older, invoice)
                            join dunning_case c on c.id = a.older
                            join creditor k on k.id = c.creditor_id
                        on conflict (case_id, invoice_id) do update set left_on = null, joined_on = excluded.joined_on
                        """)
                .param("now", now())
                .param("olders", moved.stream().map(Moved::older).toArray(Long[]::new))
                .param("invoices", moved.stream().map(Moved::invoice).toArray(Long[]::new))
                .update();
    }

    private void close(List<Absorbed> absorbed) {
        jdbc.sql(
                        """
                        update dunning_case c
                        set state = 'CLOSED', outcome = 'MERGED', closed_on = (:now at time zone k.time_zone)::date
                        from creditor k where k.id = c.creditor_id and c.id = any(:ids)
                        """)
                .param("now", now())
                .param("ids", ids(absorbed))
                .update();
    }

    private static Long[] ids(List<Absorbed> absorbed) {
        return absorbed.stream().map(Absorbed::id).toArray(Long[]::new);
    }

    private OffsetDateTime now() {
        return OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private JdbcClient.StatementSpec with(CustomersMerged event, String sql) {
        return jdbc.sql(sql).param("gone", event.gone()).param("heirs", event.heirs());
    }
}
