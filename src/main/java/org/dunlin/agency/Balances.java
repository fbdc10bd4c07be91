package org.dunlin.agency;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import org.dunlin.agency.AgencyMessage.Kind;
import org.dunlin.dunning.DunningCases;
import org.dunlin.platform.engine.EngineBatch;
import org.dunlin.receivables.LedgerChanged;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Lets agencies know when the open amount of a file has changed: money or a credit note came, or a payment went back. Right after the
 * ledger changed, and later what was missed.
 */
@Component
class Balances {

    private static final Logger log = LoggerFactory.getLogger(Balances.class);

    private final JdbcClient jdbc;
    private final DunningCases cases;
    private final AgencyMessages messages;
    private final AgencyProcesses processes;
    private final EngineBatch engine;
    private final Clock clock;

    Balances(
            JdbcClient jdbc,
            DunningCases cases,
            AgencyMessages messages,
            AgencyProcesses processes,
            EngineBatch engine,
            Clock clock) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.messages = messages;
        this.processes = processes;
        this.engine = engine;
        this.clock = clock;
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void on(LedgerChanged event) {
        try {
            look(event.customerIds());
        } catch (RuntimeException e) {
            // What is booked stays booked; whoever booked it must not be told otherwise.
            log.error("Agencies could not be told of a payment at once; it is tried again", e);
        }
    }

    /** @param customers whose files; null for all */
    void look(@Nullable Collection<Long> customers) {
        changed(customers).forEach(this::tell);
    }

    private record Changed(long fileId, long caseId) {}

    /** One of which nothing is open any more is about to be recalled. */
    private List<Changed> changed(@Nullable Collection<Long> customers) {
        return jdbc.sql(
                        """
                        select f.id as file_id, f.case_id
                        from agency_file f
                            join dunning_case c on c.id = f.case_id
                            join creditor k on k.id = c.creditor_id
                            cross join lateral (
                                select coalesce(sum(o.open), 0) as open, bool_or(coalesce(o.open, 0) <> l.told) as changed
                                from agency_file_invoice l
                                    left join open_invoice((:now at time zone k.time_zone)::date) o on o.invoice_id = l.invoice_id
                                where l.file_id = f.id) s
                        where f.state = 'HANDED_OVER' and c.state = 'OPEN' and s.changed and s.open > 0
                          and (:customers::bigint[] is null or c.customer_id = any(:customers::bigint[]))
                          and not exists (
                              select 1 from agency_message m
                              where m.file_id = f.id and m.kind = 'PAYMENT' and m.state not in ('SENT', 'CANCELLED'))
                        order by f.id
                        """)
                .param("now", AgencyFiles.utc(clock.instant()))
                .param("customers", customers == null ? null : customers.toArray(Long[]::new))
                .query(Changed.class)
                .list();
    }

    private void tell(Changed changed) {
        try {
            engine.runInNewTransaction(() -> {
                cases.lock(changed.caseId());
                messages.want(changed.fileId(), Kind.PAYMENT, null, clock.instant())
                        .ifPresent(message -> processes.tell(changed.caseId(), message));
            });
        } catch (RuntimeException e) {
            log.error("The agency of file {} could not be told of a payment; it is tried again", changed.fileId(), e);
        }
    }
}
