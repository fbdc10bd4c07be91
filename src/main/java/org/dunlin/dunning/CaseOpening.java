package org.dunlin.dunning;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.dunlin.dunning.LeftOut.Step;
import org.dunlin.platform.database.Outage;
import org.dunlin.platform.engine.EngineBatch;
import org.dunlin.receivables.Receivables;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Puts overdue invoices under follow-up. Invoices of one customer, creditor and currency that are overdue and in no case yet
 * join that customer's case as long as it has made no contact; otherwise they open the next case, if together they reach the
 * minimum. Disputed invoices and those under a hold stay out.
 *
 * <p>Each invoice keeps its own level. One that a case had chased and that is open again, because its payment was returned, opens
 * a case at the rung which that case had reached, together with those of the same level only. What is too small for a case of its
 * own at its level goes along with the invoices that nobody has chased yet.
 */
@Service
public class CaseOpening {

    private static final Logger log = LoggerFactory.getLogger(CaseOpening.class);

    /**
     * Overdue, undisputed, under no hold, in no case. A day is over when it is over at the creditor's. The minimum of a currency without one
     * of its own is the default. {@code level} is the rung from which the follow-up goes on; {@code worthwhile} are the cases to
     * open or to join, and {@code :opened} the ids of those that have just been opened.
     */
    private static final String UNATTENDED =
            """
            with unattended as (
                select o.customer_id, o.creditor_id, o.currency, o.invoice_id, o.open,
                       (:now at time zone k.time_zone)::date as today,
                       coalesce(before.rung, 0) as rung, before.first_contact_on, before.last_contact_at,
                       coalesce(m.minimum, :defaultMinimum) as minimum
                from creditor k
                    cross join lateral open_invoice((:now at time zone k.time_zone)::date) o
                    left join lateral (
                        select c.rung, c.first_contact_on, c.last_contact_at
                        from dunning_case_invoice i join dunning_case c on c.id = i.case_id
                        where i.invoice_id = o.invoice_id and i.left_on is not null and c.state = 'CLOSED'
                        order by c.id desc limit 1) before on true
                    left join unnest(:currencies::text[], :minimums::numeric[]) as m(currency, minimum) on m.currency = o.currency
                where o.creditor_id = k.id
                  and o.due_on < (:now at time zone k.time_zone)::date
                  and not o.disputed
                  and not exists (select 1 from held_invoice h where h.invoice_id = o.invoice_id)
                  and (:customers::bigint[] is null or o.customer_id = any(:customers::bigint[]))
                  and not exists (
                      select 1 from dunning_case_invoice i where i.invoice_id = o.invoice_id and i.left_on is null)),
            graded as (
                select u.*, case when sum(u.open) over (partition by u.customer_id, u.creditor_id, u.currency, u.rung) >= u.minimum
                                 then u.rung else 0 end as level
                from unattended u),
            worthwhile as (
                select g.customer_id, g.creditor_id, g.currency, g.level, min(g.today) as today, c.id as case_id,
                       min(g.first_contact_on) as first_contact_on, max(g.last_contact_at) as last_contact_at
                from graded g
                    left join dunning_case c on c.customer_id = g.customer_id and c.creditor_id = g.creditor_id
                        and c.currency = g.currency and c.state = 'OPEN'
                        and (g.level = 0 and c.first_contact_on is null
                             or g.level > 0 and c.rung = g.level and c.id = any(:opened::bigint[]))
                group by g.customer_id, g.creditor_id, g.currency, g.level, c.id
                having c.id is not null or sum(g.open) >= min(g.minimum))
            """;

    private final JdbcClient jdbc;
    private final Receivables receivables;
    private final DunningPolicy policy;
    private final DunningProcesses processes;
    private final ApplicationEventPublisher events;
    private final LeftOut leftOut;
    private final EngineBatch engine;
    private final Clock clock;

    CaseOpening(
            JdbcClient jdbc,
            Receivables receivables,
            DunningPolicy policy,
            DunningProcesses processes,
            ApplicationEventPublisher events,
            LeftOut leftOut,
            EngineBatch engine,
            Clock clock) {
        this.jdbc = jdbc;
        this.receivables = receivables;
        this.policy = policy;
        this.processes = processes;
        this.events = events;
        this.leftOut = leftOut;
        this.engine = engine;
        this.clock = clock;
    }

    /**
     * Looks through the whole portfolio, once, for customers with something to follow up. What it finds is worked off by
     * {@link #openNext}. Committed by itself even within a caller's transaction.
     *
     * @return how many customers were found
     */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public int findCandidates() {
        leftOut.forget(Step.OPEN_CASE);
        return query(
                        UNATTENDED
                                + """
                                insert into dunning_candidate (customer_id) select distinct customer_id from worthwhile
                                on conflict do nothing
                                """,
                        clock.instant(),
                        null,
                        List.of())
                .update();
    }

    /**
     * Opens cases for the next candidates: together if that works, else one by one, so that one bad customer stops only themselves.
     * A case and its process begin in one transaction, which is committed by itself even within a caller's. Safe when two nodes do
     * it at the same time.
     *
     * @param customers how many customers to look after at most, so that a transaction keeps a sensible size
     * @return whether there may be more customers to look after
     */
    public boolean openNext(int customers) {
        try {
            return engine.callInNewTransaction(() -> {
                List<Long> next = take(customers);
                open(next);
                return next.size() == customers;
            });
        } catch (RuntimeException e) {
            if (Outage.caused(e)) {
                throw e;
            }
            log.debug("Cases of {} customers could not be opened together, now one by one", customers, e);
        }
        boolean more = true;
        for (int i = 0; i < customers && more; i++) {
            more = openOne();
        }
        return more;
    }

    /**
     * Puts what is overdue of one customer under follow-up now, and not only with the next daily run. In a transaction of its own.
     *
     * @return numbers of the cases that were opened, or that invoices joined; empty when nothing was left to follow up
     */
    public List<String> openNow(long customerId) {
        Set<Long> cases = engine.callInNewTransaction(() -> open(List.of(customerId)));
        return jdbc.sql("select number from dunning_case where id = any(:ids) order by id")
                .param("ids", cases.toArray(Long[]::new))
                .query(String.class)
                .list();
    }

    /** False when nobody was left. */
    private boolean openOne() {
        AtomicReference<Long> customer = new AtomicReference<>();
        try {
            return engine.callInNewTransaction(() -> {
                List<Long> next = take(1);
                next.forEach(customer::set);
                open(next);
                return !next.isEmpty();
            });
        } catch (RuntimeException e) {
            Long bad = customer.get();
            if (bad == null || Outage.caused(e)) {
                throw e;
            }
            log.error("No case could be opened for customer {}; the next daily run tries again", bad, e);
            leftOut.customer(Step.OPEN_CASE, bad, LeftOut.reason(e));
            jdbc.sql("delete from dunning_candidate where customer_id = :id")
                    .param("id", bad)
                    .update();
            return true;
        }
    }

    /** Nobody else gets these. */
    private List<Long> take(int customers) {
        return jdbc.sql(
                        """
                        delete from dunning_candidate where customer_id in (
                            select customer_id from dunning_candidate order by customer_id limit :limit
                            for update skip locked)
                        returning customer_id
                        """)
                .param("limit", customers)
                .query(Long.class)
                .list();
    }

    /** @return ids of the cases that were opened or joined */
    private Set<Long> open(List<Long> next) {
        if (next.isEmpty()) {
            return Set.of();
        }
        Instant now = clock.instant();
        receivables.lockCustomers(next);
        Long[] locked = next.toArray(Long[]::new);
        Map<Long, String> opened = new java.util.LinkedHashMap<>();
        query(
                        UNATTENDED
                                + """
                                insert into dunning_case (number, creditor_id, customer_id, currency, state, opened_on,
                                                          rung, first_contact_on, last_contact_at)
                                select 'D' || nextval('dunning_case_number'), creditor_id, customer_id, currency, 'OPEN', today,
                                       level, case when level > 0 then first_contact_on end, case when level > 0 then last_contact_at end
                                from worthwhile where case_id is null
                                returning id, number
                                """,
                        now,
                        locked,
                        List.of())
                .query((row, n) -> opened.put(row.getLong("id"), row.getString("number")))
                .list();
        List<Long> joined = query(
                        UNATTENDED
                                + """
                                insert into dunning_case_invoice (case_id, invoice_id, joined_on)
                                select w.case_id, g.invoice_id, g.today
                                from graded g join worthwhile w using (customer_id, creditor_id, currency, level)
                                where w.case_id is not null
                                on conflict (case_id, invoice_id) do update set left_on = null, joined_on = excluded.joined_on
                                returning case_id
                                """,
                        now,
                        locked,
                        opened.keySet())
                .query(Long.class)
                .list();
        tellThatMayGoOn(joined);
        Map<Long, String> instances = processes.startCases(opened);
        jdbc.sql(
                        """
                        update dunning_case c set process_instance_id = s.instance
                        from unnest(:ids::bigint[], :instances::text[]) as s(id, instance) where c.id = s.id
                        """)
                .param("ids", instances.keySet().toArray(Long[]::new))
                .param("instances", instances.values().toArray(String[]::new))
                .update();
        log.debug("{} cases opened, {} invoices joined", opened.size(), joined.size());
        Set<Long> concerned = new HashSet<>(opened.keySet());
        concerned.addAll(joined);
        return concerned;
    }

    /** A case that stood still because of its holds has got something that may be chased. */
    private void tellThatMayGoOn(List<Long> caseIds) {
        Set<Long> customers = jdbc.sql(
                        "select customer_id from dunning_case where id = any(:ids) and held_since is not null")
                .param("ids", caseIds.toArray(Long[]::new))
                .query(Long.class)
                .set();
        if (!customers.isEmpty()) {
            events.publishEvent(new HoldsChanged(customers));
        }
    }

    private JdbcClient.StatementSpec query(
            String sql, Instant now, Long @org.jspecify.annotations.Nullable [] customers, Collection<Long> opened) {
        return policy.minimums(jdbc.sql(sql))
                .param("now", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                .param("customers", customers)
                .param("opened", opened.toArray(Long[]::new));
    }
}
