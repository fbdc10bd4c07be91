package org.dunlin.dunning;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dunlin.dunning.DunningProcesses.RunningCase;
import org.dunlin.dunning.engine.DunningCaseProcess;
import org.dunlin.platform.calendar.WorkCalendar;
import org.dunlin.receivables.LedgerChanged;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Keeps the frames of the cases in step with holds and ledger: a case stands still while nothing unheld and undisputed above the
 * minimum is open in it, however many holds that takes, and climbs on when there is again. The tables are committed first, then
 * the frames hear of it; the daily run makes up for what was missed.
 */
@Service
public class Pauses {

    private static final Logger log = LoggerFactory.getLogger(Pauses.class);

    /**
     * For each running case: does it stand still, and should it (resting) or should it not (moving)? One of which too little is open
     * is neither: it is about to end. An agency that is at work is not stopped.
     */
    private static final String STATES =
            """
            select c.id as case_id, c.customer_id, c.process_instance_id, c.held_since is not null as held,
                   a.total >= m.minimum and a.free < m.minimum and c.handed_over_on is null as resting,
                   a.free >= m.minimum or c.handed_over_on is not null as moving
            from dunning_case c
                join creditor k on k.id = c.creditor_id
                cross join lateral (
                    select coalesce(sum(o.open), 0) as total,
                           coalesce(sum(o.open) filter (where not o.disputed and not exists (
                               select 1 from held_invoice h where h.invoice_id = o.invoice_id)), 0) as free
                    from dunning_case_invoice i
                        cross join lateral (
                            select * from open_invoice((:now at time zone k.time_zone)::date) o
                            where o.invoice_id = i.invoice_id) o
                    where i.case_id = c.id and i.left_on is null) a
                cross join lateral (
                    select coalesce((select p.minimum from unnest(:currencies::text[], :minimums::numeric[]) as p(currency, minimum)
                                     where p.currency = c.currency), :defaultMinimum) as minimum) m
            where c.state = 'OPEN' and c.process_instance_id is not null
            """;

    private final JdbcClient jdbc;
    private final DunningCases cases;
    private final DunningPolicy policy;
    private final HoldPolicy holdPolicy;
    private final WorkCalendar calendar;
    private final DunningProcesses processes;
    private final Repairs repairs;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Pauses(
            JdbcClient jdbc,
            DunningCases cases,
            DunningPolicy policy,
            HoldPolicy holdPolicy,
            WorkCalendar calendar,
            DunningProcesses processes,
            Repairs repairs,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.policy = policy;
        this.holdPolicy = holdPolicy;
        this.calendar = calendar;
        this.processes = processes;
        this.repairs = repairs;
        this.events = events;
        this.clock = clock;
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void on(HoldsChanged event) {
        follow(event.customerIds());
    }

    /** A part payment may leave nothing but what is held; a credit note may do so, too. */
    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void on(LedgerChanged event) {
        follow(event.customerIds());
    }

    private void follow(Set<Long> customers) {
        try {
            signal(customers, Integer.MAX_VALUE);
        } catch (RuntimeException e) {
            // What was written stays written; whoever wrote it must not be told otherwise.
            log.error("Cases could not be paused or resumed at once; the next daily run does it", e);
        }
    }

    /**
     * Repairs what a signal missed.
     *
     * @return how many cases were paused or resumed; fewer than the limit means none are left
     */
    public int reconcile(int limit) {
        Told told = signal(null, limit);
        told.paused()
                .forEach(one -> repairs.note(
                        "casePaused", one.caseId(), "Nothing in it may be chased, but it had not heard of it; paused"));
        told.resumed()
                .forEach(one -> repairs.note(
                        "caseResumed",
                        one.caseId(),
                        "Something in it may be chased again, but it had not heard of it; resumed"));
        return told.paused().size() + told.resumed().size();
    }

    private record State(long caseId, String processInstanceId, boolean held) {}

    /** Cases that heard of it. */
    private record Told(List<RunningCase> paused, List<RunningCase> resumed) {}

    private Told signal(@Nullable Collection<Long> customers, int limit) {
        List<State> wrong = query(
                        "select * from (" + STATES
                                + """
                        ) s
                        where (:customers::bigint[] is null or s.customer_id = any(:customers::bigint[]))
                          and (not s.held and s.resting or s.held and s.moving)
                        order by s.case_id limit :limit
                        """)
                .param("customers", customers == null ? null : customers.toArray(Long[]::new))
                .param("limit", limit)
                .query(State.class)
                .list();
        return new Told(
                tell(
                        DunningCaseProcess.MESSAGE_HELD,
                        wrong.stream().filter(state -> !state.held()).toList()),
                tell(
                        DunningCaseProcess.MESSAGE_RELEASED,
                        wrong.stream().filter(State::held).toList()));
    }

    private List<RunningCase> tell(String message, List<State> states) {
        return processes.tell(
                message,
                states.stream()
                        .map(state -> new RunningCase(state.caseId(), state.processInstanceId()))
                        .toList());
    }

    /**
     * Marks a case as standing still, if that is still so.
     *
     * @return whether it stands still now because of this call; false as well when it did so before
     */
    @Transactional
    public boolean begin(long caseId) {
        // First, so that what is read is what it is when the ladder stops.
        cases.lock(caseId);
        return query(
                                "update dunning_case d set held_since = :now from (" + STATES
                                        + " and c.id = :id) s where d.id = s.case_id and s.resting and d.held_since is null and d.handed_over_on is null")
                        .param("id", caseId)
                        .update()
                == 1;
    }

    /**
     * How a case climbs on.
     *
     * @param heldSince  since when it stood still
     * @param today      in the creditor's zone
     * @param impatient  a promise or plan was broken: what was left of a wait no longer counts
     * @param earliest   first day on which anything happens again
     */
    public record Resumption(
            Instant heldSince, LocalDate today, boolean impatient, LocalDate earliest, String country, ZoneId zone) {}

    /** Marks a case as running again. Nothing when it did not stand still. */
    @Transactional
    public Optional<Resumption> end(long caseId) {
        cases.lock(caseId);
        Optional<Resumption> resumption = jdbc.sql(
                        """
                        select c.held_since, k.country, k.time_zone, exists (
                            select 1 from hold h
                                join hold_invoice l on l.hold_id = h.id
                                join dunning_case_invoice i on i.invoice_id = l.invoice_id and i.left_on is null
                            where i.case_id = c.id and h.outcome = 'BROKEN' and h.ended_at >= c.held_since) as broken
                        from dunning_case c join creditor k on k.id = c.creditor_id
                        where c.id = :id and c.held_since is not null
                        """)
                .param("id", caseId)
                .query((row, n) -> {
                    ZoneId zone = ZoneId.of(row.getString("time_zone"));
                    LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
                    String country = row.getString("country");
                    return new Resumption(
                            row.getTimestamp("held_since").toInstant(),
                            today,
                            row.getBoolean("broken"),
                            calendar.after(country, today, holdPolicy.resumeAfter()),
                            country,
                            zone);
                })
                .optional();
        resumption.ifPresent(
                found -> jdbc.sql("update dunning_case set held_since = null, speak_from = :from where id = :id")
                        .param("from", found.earliest())
                        .param("id", caseId)
                        .update());
        return resumption;
    }

    /** Tells the listeners after commit that this case should be looked at again, because something began or ended meanwhile. */
    @Transactional
    public void lookAgain(long caseId) {
        events.publishEvent(new HoldsChanged(Set.of(jdbc.sql("select customer_id from dunning_case where id = :id")
                .param("id", caseId)
                .query(Long.class)
                .single())));
    }

    private JdbcClient.StatementSpec query(String sql) {
        return policy.minimums(jdbc.sql(sql)).param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
    }
}
