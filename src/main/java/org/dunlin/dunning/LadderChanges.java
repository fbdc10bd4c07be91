package org.dunlin.dunning;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.dunlin.dunning.LeftOut.Step;
import org.dunlin.platform.calendar.WorkCalendar;
import org.dunlin.platform.models.DecisionFailedException;
import org.dunlin.platform.models.DeployedDecision;
import org.dunlin.scoring.CustomerScore;
import org.dunlin.scoring.Scores;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Moves running cases with their customers: who got better or worse and stays so for some working days is followed up on the
 * ladder of their new segment. A customer on the border, who is on the one side today and on the other tomorrow, stays where they
 * are. A case under a hold waits until the hold is over; so does one of whose last message nobody knows whether it was sent.
 */
@Service
public class LadderChanges {

    private static final Logger log = LoggerFactory.getLogger(LadderChanges.class);

    /** Cases that are looked at together. */
    private static final int PAGE = 2_000;

    /** Cases that leave their ladder in one engine command. */
    private static final int BATCH = 100;

    private final JdbcClient jdbc;
    private final DunningCases cases;
    private final Scores scores;
    private final LadderChoice choice;
    private final DunningProcesses processes;
    private final LeftOut leftOut;
    private final ContactsUnderway contacts;
    private final WorkCalendar calendar;
    private final DunningPolicy policy;
    private final Clock clock;
    private final TransactionTemplate ownTransaction;

    LadderChanges(
            JdbcClient jdbc,
            DunningCases cases,
            Scores scores,
            LadderChoice choice,
            DunningProcesses processes,
            LeftOut leftOut,
            ContactsUnderway contacts,
            WorkCalendar calendar,
            DunningPolicy policy,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.scores = scores;
        this.choice = choice;
        this.processes = processes;
        this.leftOut = leftOut;
        this.contacts = contacts;
        this.calendar = calendar;
        this.policy = policy;
        this.clock = clock;
        this.ownTransaction = new TransactionTemplate(transactions);
        this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * Looks at every running case with the scores of today, remembers which ladder it should be on, and makes those leave theirs
     * for which that has been the same other one for long enough. The frame of the case then chooses afresh. What is remembered is
     * committed before the engine hears of it, and each batch by itself, even within a caller's transaction. A second run on the same
     * day changes nothing.
     *
     * @return how many cases left their ladder
     * @throws DecisionFailedException when the table of ladders is missing or unreadable as a whole
     */
    public int adapt() {
        DeployedDecision table = choice.table();
        leftOut.forget(Step.CHANGE_LADDER);
        int moved = 0;
        Page page = new Page(Long.MIN_VALUE, List.of());
        while (true) {
            long after = page.last();
            page = Objects.requireNonNull(ownTransaction.execute(status -> look(after, table)));
            for (int from = 0; from < page.due().size(); from += BATCH) {
                List<Long> batch = page.due()
                        .subList(from, Math.min(from + BATCH, page.due().size()));
                moved += processes.leaveLadders(batch, this::free);
            }
            if (page.last() == after) {
                if (moved > 0) {
                    log.info("{} cases moved to another ladder with their customers", moved);
                }
                return moved;
            }
        }
    }

    /**
     * @param last id of the last case looked at
     * @param due  cases that may leave their ladder now
     */
    private record Page(long last, List<Long> due) {}

    private record Running(
            long caseId,
            long customerId,
            String ladder,
            boolean held,
            @Nullable String wanted,
            @Nullable LocalDate since,
            String country,
            LocalDate today) {}

    private Page look(long after, DeployedDecision table) {
        List<Running> running = running(after);
        if (running.isEmpty()) {
            return new Page(after, List.of());
        }
        Map<Long, CustomerScore> standing =
                scores.current(running.stream().map(Running::customerId).toList());
        List<Running> changed = new ArrayList<>();
        List<Long> due = new ArrayList<>();
        for (Running one : running) {
            String ladder = wanted(one, standing.get(one.customerId()), table);
            Running now = remember(one, ladder);
            if (!now.equals(one)) {
                changed.add(now);
            }
            if (!now.held() && isDue(now)) {
                due.add(now.caseId());
            }
        }
        write(changed);
        return new Page(running.get(running.size() - 1).caseId(), due);
    }

    private List<Running> running(long after) {
        return jdbc.sql(
                        """
                        select c.id, c.customer_id, c.ladder, c.held_since, c.wanted_ladder, c.wanted_since, k.country, k.time_zone
                        from dunning_case c join creditor k on k.id = c.creditor_id
                        where c.state = 'OPEN' and c.process_instance_id is not null and c.ladder is not null
                          and c.handed_over_on is null and c.id > :after
                        order by c.id limit :limit
                        """)
                .param("after", after)
                .param("limit", PAGE)
                .query((row, n) -> new Running(
                        row.getLong("id"),
                        row.getLong("customer_id"),
                        row.getString("ladder"),
                        row.getTimestamp("held_since") != null,
                        row.getString("wanted_ladder"),
                        row.getObject("wanted_since", LocalDate.class),
                        row.getString("country"),
                        LocalDate.ofInstant(clock.instant(), ZoneId.of(row.getString("time_zone")))))
                .list();
    }

    /** The ladder the table has for the customer as they are now; the present one if it has no answer. */
    private static String wanted(Running one, @Nullable CustomerScore score, DeployedDecision table) {
        if (score == null) {
            return one.ladder();
        }
        try {
            return LadderChoice.choice(table, score).ladder();
        } catch (DecisionFailedException e) {
            log.warn("Case {} stays on its ladder: {}", one.caseId(), e.getMessage());
            return one.ladder();
        }
    }

    private static Running remember(Running one, String ladder) {
        if (ladder.equals(one.ladder())) {
            return with(one, null, null);
        }
        return ladder.equals(one.wanted()) ? one : with(one, ladder, one.today());
    }

    private static Running with(Running one, @Nullable String wanted, @Nullable LocalDate since) {
        return new Running(
                one.caseId(), one.customerId(), one.ladder(), one.held(), wanted, since, one.country(), one.today());
    }

    private boolean isDue(Running one) {
        if (one.since() == null) {
            return false;
        }
        int days = policy.ladderChangeAfter();
        return days == 0 || !calendar.after(one.country(), one.since(), days).isAfter(one.today());
    }

    private void write(List<Running> changed) {
        if (changed.isEmpty()) {
            return;
        }
        cases.lock(changed.stream().map(Running::caseId).toList());
        jdbc.sql(
                        """
                        update dunning_case c set wanted_ladder = n.wanted, wanted_since = n.since
                        from unnest(:ids::bigint[], :ladders::text[], :wanted::text[], :since::date[]) as n (id, ladder, wanted, since)
                        where c.id = n.id and c.ladder = n.ladder
                        """)
                .param("ids", changed.stream().map(Running::caseId).toArray(Long[]::new))
                .param("ladders", changed.stream().map(Running::ladder).toArray(String[]::new))
                .param("wanted", changed.stream().map(Running::wanted).toArray(String[]::new))
                .param(
                        "since",
                        changed.stream()
                                .map(one ->
                                        one.since() == null ? null : one.since().toString())
                                .toArray(String[]::new))
                .update();
    }

    /**
     * Process instances of those cases that may still leave their ladder, now that nobody else can touch them: a hold may have come
     * in between, and a message may be on its way.
     */
    private List<String> free(List<Long> caseIds) {
        cases.lock(caseIds);
        Set<Long> speaking = contacts.among(caseIds);
        return jdbc.sql(
                        """
                        select process_instance_id from dunning_case
                        where id = any(:ids) and state = 'OPEN' and held_since is null and handed_over_on is null
                          and wanted_ladder <> ladder
                        order by id
                        """)
                .param(
                        "ids",
                        caseIds.stream().filter(id -> !speaking.contains(id)).toArray(Long[]::new))
                .query(String.class)
                .list();
    }
}
