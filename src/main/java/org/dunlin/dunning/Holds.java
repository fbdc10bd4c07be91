package org.dunlin.dunning;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.dunlin.dunning.Hold.Expected;
import org.dunlin.dunning.Hold.Kind;
import org.dunlin.dunning.Hold.Outcome;
import org.dunlin.dunning.engine.HoldProcesses;
import org.dunlin.receivables.Receivables;
import org.dunlin.scoring.Experience;
import org.dunlin.scoring.Experiences;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Why customers may not be chased, until when, and what came of it. The table of holds is the truth: each hold has a process
 * that waits for its date or its person, started and ended in the transaction that writes the table; the frames of the cases
 * follow after commit ({@link Pauses}).
 */
@Service
public class Holds {

    private final JdbcClient jdbc;
    private final HoldReader reader;
    private final HoldRegistration registration;
    private final Receivables receivables;
    private final Experiences experiences;
    private final DunningProcesses processes;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Holds(
            JdbcClient jdbc,
            HoldReader reader,
            HoldRegistration registration,
            Receivables receivables,
            Experiences experiences,
            DunningProcesses processes,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.reader = reader;
        this.registration = registration;
        this.receivables = receivables;
        this.experiences = experiences;
        this.processes = processes;
        this.events = events;
        this.clock = clock;
    }

    /** @throws EmptyResultDataAccessException when there is no such hold */
    public Hold get(long holdId) {
        return reader.holds(List.of(holdId)).stream()
                .findFirst()
                .orElseThrow(() -> new EmptyResultDataAccessException("No hold " + holdId, 1));
    }

    /** Under the number that people use. */
    public Optional<Hold> find(String number) {
        return jdbc.sql("select id from hold where number = :number")
                .param("number", number)
                .query(Long.class)
                .optional()
                .map(this::get);
    }

    /** Holds of a customer, the latest first. */
    public List<Hold> ofCustomer(long customerId) {
        List<Long> ids = jdbc.sql("select id from hold where customer_id = :id")
                .param("id", customerId)
                .query(Long.class)
                .list();
        return reader.holds(ids).stream()
                .sorted(Comparator.comparing(Hold::id).reversed())
                .toList();
    }

    /** Active holds that cover an invoice of the case. */
    public List<Hold> onCase(long caseId) {
        return reader.holds(jdbc.sql(
                        """
                        select distinct h.hold_id from held_invoice h
                            join dunning_case_invoice c on c.invoice_id = h.invoice_id and c.left_on is null
                        where c.case_id = :id
                        """)
                .param("id", caseId)
                .query(Long.class)
                .list());
    }

    /**
     * Begins a hold and starts its process.
     *
     * @param agreed of a plan: nobody needs to look it over any more
     * @throws InvalidOutcomeException when something about it cannot be; nothing was changed
     */
    @Transactional
    public Hold raise(NewHold wanted, boolean agreed) {
        Hold hold = begin(wanted, null);
        if (agreed && hold.kind() == Kind.PLAN) {
            agreed(hold.id());
        }
        processes.startHold(hold, businessKey(hold), Map.of(HoldProcesses.PLAN_AGREED, agreed));
        return get(hold.id());
    }

    @Transactional
    public Hold raise(NewHold wanted) {
        return raise(wanted, true);
    }

    /**
     * The same, for a process that is running already because a person started it by its form.
     *
     * @param processInstanceId of that process
     */
    @Transactional
    public Hold raiseFor(NewHold wanted, String processInstanceId) {
        return begin(wanted, processInstanceId);
    }

    private Hold begin(NewHold wanted, @Nullable String processInstanceId) {
        receivables.lockCustomers(Set.of(wanted.customerId()));
        Hold hold = get(registration.register(wanted, processInstanceId));
        if (hold.kind() == Kind.DISPUTE) {
            receivables.disputed(covered(hold));
            learn(hold, Experience.Kind.DISPUTE_RAISED, hold.startsOn());
        }
        events.publishEvent(new HoldsChanged(Set.of(hold.customerId())));
        return hold;
    }

    /** What Cockpit shows the process under: the case if the invoices are all in the same one, else the customer. */
    public String businessKey(Hold hold) {
        return caseOf(hold)
                .map(CaseOf::number)
                .orElseGet(() -> receivables.customer(hold.customerId()).number());
    }

    record CaseOf(long id, String number) {}

    /** The case that all invoices of the hold are in which are in one. */
    Optional<CaseOf> caseOf(Hold hold) {
        List<CaseOf> cases = jdbc.sql(
                        """
                        select distinct d.id, d.number from hold_invoice l
                            join dunning_case_invoice c on c.invoice_id = l.invoice_id and c.left_on is null
                            join dunning_case d on d.id = c.case_id
                        where l.hold_id = :id
                        """)
                .param("id", hold.id())
                .query(CaseOf.class)
                .list();
        return cases.size() == 1 ? Optional.of(cases.get(0)) : Optional.empty();
    }

    /** Ends a hold whose process ends by itself. False, and nothing changed, if it has ended before. */
    @Transactional
    public boolean end(long holdId, Outcome outcome, @Nullable String by, @Nullable String note) {
        return !endAll(Map.of(holdId, outcome), by, note).isEmpty();
    }

    /**
     * Takes a hold back before its end; its process ends with it.
     *
     * @return false, and nothing changed, if it has ended before
     */
    @Transactional
    public boolean withdraw(long holdId, @Nullable String by, @Nullable String note) {
        receivables.lockCustomers(Set.of(get(holdId).customerId()));
        return !endEarly(Map.of(holdId, Outcome.WITHDRAWN), by, note).isEmpty();
    }

    /**
     * Ends holds before their processes came to it, and the processes with them.
     *
     * @return those that were active until now
     */
    @Transactional
    public List<Hold> endEarly(Map<Long, Outcome> outcomes, @Nullable String by, @Nullable String note) {
        List<Hold> ended = endAll(outcomes, by, note);
        processes.endHolds(ended);
        return ended;
    }

    /** @return those that were active until now */
    private List<Hold> endAll(Map<Long, Outcome> outcomes, @Nullable String by, @Nullable String note) {
        Instant now = clock.instant();
        List<Hold> ended = reader.holds(jdbc.sql(
                        """
                        update hold h set state = 'ENDED', outcome = n.outcome, ended_at = :now, ended_by = :by,
                            end_note = coalesce(:note, h.end_note)
                        from unnest(:ids::bigint[], :outcomes::text[]) as n(id, outcome)
                        where h.id = n.id and h.state = 'ACTIVE' returning h.id
                        """)
                .param("now", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                .param("by", by)
                .param("note", note)
                .param("ids", outcomes.keySet().toArray(Long[]::new))
                .param("outcomes", outcomes.values().stream().map(Enum::name).toArray(String[]::new))
                .query(Long.class)
                .list());
        for (Hold hold : ended) {
            if (hold.kind() == Kind.DISPUTE) {
                receivables.disputeOver(covered(hold));
            }
            learn(hold);
            events.publishEvent(new HoldEnded(hold));
        }
        if (!ended.isEmpty()) {
            events.publishEvent(
                    new HoldsChanged(ended.stream().map(Hold::customerId).collect(Collectors.toSet())));
        }
        return ended;
    }

    /** Keeps the instalments as they were agreed, in place of those that were computed. */
    @Transactional
    public void agree(long holdId, List<Hold.Instalment> instalments) {
        registration.replaceInstalments(get(holdId), instalments);
        agreed(holdId);
    }

    private void agreed(long planId) {
        jdbc.sql("update hold set agreed_at = :at where id = :id")
                .param("at", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .param("id", planId)
                .update();
    }

    /**
     * What was found about a dispute, in place of what may have been found before; the customer has yet to hear it. Were they right,
     * it goes on until bookkeeping has booked it, or should have.
     *
     * @param expected null: the invoice stands
     * @param by       last day for booking it
     * @param note     what is said to the customer
     */
    @Transactional
    public void found(long holdId, @Nullable Expected expected, @Nullable LocalDate by, @Nullable String note) {
        jdbc.sql(
                        """
                        update hold set expected = :what, expected_by = :by, end_note = :note, told_at = null
                        where id = :id and state = 'ACTIVE'
                        """)
                .param("what", expected == null ? null : expected.name())
                .param("by", by)
                .param("note", note)
                .param("id", holdId)
                .update();
    }

    /** The customer has heard what there is to tell about the hold. */
    @Transactional
    public void told(long holdId, Instant at) {
        jdbc.sql("update hold set told_at = :at where id = :id and state = 'ACTIVE'")
                .param("at", OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
                .param("id", holdId)
                .update();
    }

    /**
     * The customer was told by a letter that a person posted.
     *
     * @param occurrence the one passing of the step
     * @param notice     name of the notice
     * @param text       as it was posted
     */
    @Transactional
    public void posted(long holdId, String occurrence, String notice, @Nullable String text, @Nullable String by) {
        Instant now = clock.instant();
        told(holdId, now);
        events.publishEvent(new NoticePosted(get(holdId), occurrence, notice, now, by, text));
    }

    /** Keeps what was decided about a hold that goes on. */
    @Transactional
    public void explain(long holdId, @Nullable String note) {
        jdbc.sql("update hold set end_note = :note where id = :id and state = 'ACTIVE'")
                .param("note", note)
                .param("id", holdId)
                .update();
    }

    /** What a hold that has ended says about the customer. */
    private void learn(Hold hold) {
        Outcome outcome = Objects.requireNonNull(hold.outcome());
        LocalDate due = hold.endsOn() == null ? hold.startsOn() : hold.endsOn();
        switch (outcome) {
            case KEPT ->
                learn(hold, hold.kind() == Kind.PLAN ? Experience.Kind.PLAN_KEPT : Experience.Kind.PROMISE_KEPT, due);
            case BROKEN ->
                learn(
                        hold,
                        hold.kind() == Kind.PLAN ? Experience.Kind.PLAN_BROKEN : Experience.Kind.PROMISE_BROKEN,
                        due);
            case CREDITED, CORRECTED -> learn(hold, Experience.Kind.DISPUTE_ACCEPTED, hold.startsOn());
            case REJECTED -> learn(hold, Experience.Kind.DISPUTE_REJECTED, hold.startsOn());
            case SETTLED -> {
                if (hold.kind() == Kind.DISPUTE) {
                    // Who was right was found all the same, if it was; else the customer pays what they contested.
                    learn(
                            hold,
                            hold.course().expected() == null
                                    ? Experience.Kind.DISPUTE_PAID
                                    : Experience.Kind.DISPUTE_ACCEPTED,
                            hold.startsOn());
                }
            }
            case OVER, WITHDRAWN, WRITTEN_OFF -> {
                // Says nothing about the customer that the ledger does not say.
            }
        }
    }

    private void learn(Hold hold, Experience.Kind what, LocalDate on) {
        LocalDate today = LocalDate.ofInstant(
                clock.instant(), receivables.creditor(hold.creditorId()).timeZone());
        // Money that comes early is known today, whatever day it was promised for.
        LocalDate happenedOn = on.isAfter(today) ? today : on;
        experiences.record(List.of(
                new Experience(hold.customerId(), what, happenedOn, hold.number(), hold.creditorId(), hold.amount())));
    }

    private static List<Long> covered(Hold hold) {
        return hold.invoices().stream().map(Hold.Covered::invoiceId).toList();
    }
}
