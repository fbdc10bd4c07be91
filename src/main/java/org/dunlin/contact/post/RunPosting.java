package org.dunlin.contact.post;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dunlin.contact.post.PrintRun.Fate;
import org.dunlin.contact.post.PrintRun.Letter;
import org.dunlin.contact.post.PrintRun.Posting;
import org.dunlin.contact.post.PrintRun.ToTakeOut;
import org.dunlin.dunning.DunningCases;
import org.dunlin.platform.calendar.WorkCalendar;
import org.dunlin.platform.engine.RefusedException;
import org.dunlin.receivables.Receivables;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Records what became of a run, all of it in one transaction and under the locks of all its customers: payments take the same ones, so
 * that no letter counts as posted whose customer had paid. The steps that wait hear of it afterwards.
 */
@Service
class RunPosting {

    private final JdbcClient jdbc;
    private final PrintRunRows rows;
    private final Envelopes envelopes;
    private final Receivables receivables;
    private final DunningCases cases;
    private final Clock clock;

    RunPosting(
            JdbcClient jdbc,
            PrintRunRows rows,
            Envelopes envelopes,
            Receivables receivables,
            DunningCases cases,
            Clock clock) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.envelopes = envelopes;
        this.receivables = receivables;
        this.cases = cases;
        this.clock = clock;
    }

    /** Locks everybody who gets a letter of the run, their cases and the letters, until the end of the caller's transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    void lock(long runId) {
        receivables.lockCustomers(() -> new HashSet<>(ids("c.customer_id", runId)));
        cases.lock(ids("c.case_id", runId));
        jdbc.sql(
                        """
                        select c.id from contact c join print_run_letter l on l.contact_id = c.id
                        where l.run_id = :run order by c.id for update of c
                        """)
                .param("run", runId)
                .query(Long.class)
                .list();
    }

    private List<Long> ids(String column, long runId) {
        return jdbc.sql(
                        """
                        select distinct %1$s from print_run_letter l join contact c on c.id = l.contact_id
                        where l.run_id = :run and %1$s is not null
                        """
                                .formatted(column))
                .param("run", runId)
                .query(Long.class)
                .list();
    }

    /**
     * The letters are at the post, but for those that are named and for those that had to be taken out.
     *
     * @throws RefusedException for numbers that are not in the run, or a day that cannot be; nothing was changed
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void posted(long runId, Posting posting) {
        lock(runId);
        PrintRun run = open(runId);
        Instant now = clock.instant();
        check(run, posting, now);
        List<ToTakeOut> out = envelopes.toTakeOut(runId);
        mark(runId, posting.addressWrong(), Fate.ADDRESS_WRONG, "The mail room: the address cannot be right");
        mark(runId, posting.printAgain(), Fate.PRINT_AGAIN, "Printed again");
        takeOut(runId, out);
        jdbc.sql(
                        """
                        update contact c set state = 'FAILED', detail = l.reason
                        from print_run_letter l
                        where l.run_id = :run and l.contact_id = c.id and l.state = 'ADDRESS_WRONG' and c.state = 'READY'
                        """)
                .param("run", runId)
                .update();
        send(runId, posting.postedOn(), now, posting.by());
        rows.end(runId, PrintRun.State.POSTED, now, posting.by(), posting.note());
    }

    /**
     * All of the run is where nobody can take anything out any more, whatever has become of the cases since.
     *
     * @param note where it is
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void handedOver(long runId, String note) {
        lock(runId);
        open(runId);
        jdbc.sql(
                        """
                        update contact c set state = 'READY' from print_run_letter l
                        where l.run_id = :run and l.contact_id = c.id and l.state = 'IN_RUN' and c.state = 'CANCELLED'
                        """)
                .param("run", runId)
                .update();
        send(runId, null, clock.instant(), null);
        rows.end(runId, PrintRun.State.POSTED, clock.instant(), null, note);
    }

    /**
     * The run was not printed: its letters lie in the tray again.
     *
     * @throws RefusedException when something has been recorded about it already
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void notPrinted(long runId, @Nullable String note, @Nullable String by) {
        lock(runId);
        open(runId);
        rows.undoLetters(runId);
        rows.end(runId, PrintRun.State.UNDONE, clock.instant(), by, note);
    }

    /** Takes letters out of a run; who still waits for theirs gets it with another run. */
    @Transactional(propagation = Propagation.MANDATORY)
    void takeOut(long runId, List<ToTakeOut> letters) {
        Map<String, List<ToTakeOut>> reasons = letters.stream().collect(Collectors.groupingBy(ToTakeOut::why));
        reasons.forEach(
                (why, some) -> mark(runId, some.stream().map(ToTakeOut::number).toList(), Fate.TAKEN_OUT, why));
        jdbc.sql(
                        """
                        update contact c set state = 'CANCELLED', detail = l.reason
                        from print_run_letter l
                        where l.run_id = :run and l.contact_id = c.id and l.state = 'TAKEN_OUT' and c.state = 'READY'
                          and not exists (select 1 from act_ru_execution e where e.id_ = split_part(c.occurrence, ':', 1))
                        """)
                .param("run", runId)
                .update();
    }

    private PrintRun open(long runId) {
        PrintRun run = rows.lock(runId);
        if (run.state() != PrintRun.State.PRINTED) {
            throw new RefusedException(
                    "What became of run %s has been recorded already. Nothing was recorded.".formatted(run.number()));
        }
        return run;
    }

    private void check(PrintRun run, Posting posting, Instant now) {
        LocalDate on = posting.postedOn();
        if (on != null && on.isAfter(today(run, now))) {
            throw new RefusedException("What is still to come cannot be recorded as done. Nothing was recorded.");
        }
        if (on != null && run.day() != null && on.isBefore(run.day())) {
            throw new RefusedException(
                    "The letters were printed on %s and cannot have been posted before. Nothing was recorded."
                            .formatted(run.day()));
        }
        Map<Integer, Letter> known =
                rows.letters(run.id()).stream().collect(Collectors.toMap(Letter::number, Function.identity()));
        List<Integer> named = new ArrayList<>(posting.printAgain());
        named.addAll(posting.addressWrong());
        Set<Integer> unknown = new TreeSet<>(named);
        unknown.removeAll(known.keySet());
        if (!unknown.isEmpty()) {
            throw new RefusedException("There is no letter with the number %s in run %s. Nothing was recorded."
                    .formatted(join(unknown), run.number()));
        }
        Set<Integer> twice = new TreeSet<>(posting.printAgain());
        twice.retainAll(posting.addressWrong());
        if (!twice.isEmpty()) {
            throw new RefusedException(
                    "The number %s stands in both lists. Nothing was recorded.".formatted(join(twice)));
        }
    }

    /** Where the day begins first. */
    private LocalDate today(PrintRun run, Instant now) {
        return jdbc.sql(
                        """
                        select max((:now at time zone k.time_zone)::date)
                        from print_run_letter l join contact c on c.id = l.contact_id join creditor k on k.id = c.creditor_id
                        where l.run_id = :run
                        """)
                .param("now", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                .param("run", run.id())
                .query(LocalDate.class)
                .single();
    }

    private static String join(Set<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private void mark(long runId, List<Integer> numbers, Fate fate, String reason) {
        if (numbers.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        update print_run_letter set state = :state, reason = :reason
                        where run_id = :run and number = any(:numbers) and state = 'IN_RUN'
                        """)
                .param("state", fate.name())
                .param("reason", reason)
                .param("run", runId)
                .param("numbers", numbers.toArray(Integer[]::new))
                .update();
    }

    /** What is still in the run is sent: at the opening of the day on which it was posted, or now if that is today. */
    private void send(long runId, @Nullable LocalDate on, Instant now, @Nullable String by) {
        List<DunningCases.Said> said = jdbc.sql(
                        """
                        with posted as (
                            update print_run_letter set state = 'POSTED' where run_id = :run and state = 'IN_RUN' returning contact_id)
                        update contact c set state = 'SENT', sent_by = :by, detail = null,
                            sent_at = case when :on::date is null or :on::date >= (:now at time zone r.time_zone)::date then :now
                                           else (:on::date + :opening::time) at time zone r.time_zone end
                        from posted p, creditor r
                        where c.id = p.contact_id and r.id = c.creditor_id and c.state = 'READY'
                        returning c.case_id, c.rung, c.sent_at
                        """)
                .param("run", runId)
                .param("by", by)
                .param("on", on)
                .param("opening", WorkCalendar.OPENING)
                .param("now", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                .query((row, n) -> new DunningCases.Said(
                        row.getLong("case_id"),
                        row.getInt("rung"),
                        row.getTimestamp("sent_at").toInstant()))
                .list();
        // A notice belongs to no case.
        cases.contacted(said.stream().filter(one -> one.caseId() != 0).toList());
    }
}
