package org.dunlin.operations;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.dunlin.contact.clarify.LostContacts;
import org.dunlin.contact.clarify.LostContacts.Lost;
import org.dunlin.dunning.CaseCheck;
import org.dunlin.dunning.CaseCheck.Finding;
import org.dunlin.dunning.LeftOut;
import org.dunlin.operations.Problem.Kind;
import org.dunlin.scoring.CreditStops;
import org.dunlin.scoring.DailyRunProcess;
import org.dunlin.scoring.Scores;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where problems are seen. Asks for all at once, so that a hundred thousand cases cost a handful of statements. */
@Component
class ProblemSources {

    /** A mistake in a table may leave out thousands, which help nobody as so many tasks: the next come when these are solved. */
    private static final int MOST_LEFT_OUT = 100;

    private final JdbcClient jdbc;
    private final CaseCheck cases;
    private final LostContacts lostContacts;
    private final LeftOut leftOut;
    private final Scores scores;
    private final CreditStops creditStops;
    private final Clock clock;

    ProblemSources(
            JdbcClient jdbc,
            CaseCheck cases,
            LostContacts lostContacts,
            LeftOut leftOut,
            Scores scores,
            CreditStops creditStops,
            Clock clock) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.lostContacts = lostContacts;
        this.leftOut = leftOut;
        this.scores = scores;
        this.creditStops = creditStops;
        this.clock = clock;
    }

    List<Found> look() {
        Instant now = clock.instant();
        List<Found> found = new ArrayList<>(failures());
        found.addAll(leftOut(now));
        cases.casesWithoutProcess().forEach(finding -> found.add(ofCase(Kind.CASE_WITHOUT_PROCESS, finding, now)));
        cases.standingStill().forEach(finding -> found.add(ofCase(Kind.STANDS_STILL, finding, now)));
        cases.processesWithoutCase()
                .forEach(finding -> found.add(found(
                        Kind.PROCESS_WITHOUT_CASE,
                        Objects.requireNonNull(finding.instanceId()),
                        finding.caseId(),
                        finding.instanceId(),
                        now)));
        lostContacts.look().forEach(lost -> found.add(ofContact(lost)));
        return found;
    }

    private static Found ofContact(Lost lost) {
        return new Found(
                Kind.LOST_CONTACT,
                Long.toString(lost.contactId()),
                lost.customerId(),
                lost.caseId(),
                lost.instanceId(),
                lost.definitionId(),
                lost.activityId(),
                "To %s, \"%s\", Message-ID %s"
                        .formatted(
                                orDash(lost.trace().recipient()),
                                orDash(lost.trace().subject()),
                                orDash(lost.trace().messageId())),
                lost.claimedAt());
    }

    private static String orDash(@Nullable String text) {
        return text == null ? "–" : text;
    }

    /**
     * Jobs and external tasks without retries. Those of a message of unknown result are left out: a senior collector has that
     * question already.
     */
    private List<Found> failures() {
        return jdbc.sql(
                        """
                        select i.configuration_ as subject, i.proc_inst_id_, i.proc_def_id_, i.incident_msg_, i.incident_timestamp_,
                               coalesce(i.failed_activity_id_, i.activity_id_) as activity, c.id as case_id
                        from act_ru_incident i
                            left join act_ru_execution p on p.id_ = i.proc_inst_id_
                            left join dunning_case c on c.process_instance_id = p.root_proc_inst_id_
                        where i.incident_type_ in ('failedJob', 'failedExternalTask')
                          and coalesce(i.cause_incident_id_, i.id_) = i.id_
                          and i.configuration_ is not null
                          and not exists (
                              select 1 from contact k
                              where k.state = 'UNKNOWN'
                                and (k.occurrence = i.proc_inst_id_ || ':' || i.activity_id_
                                     or starts_with(k.occurrence, i.proc_inst_id_ || ':' || i.activity_id_ || ':')))
                        order by i.incident_timestamp_, i.id_
                        """)
                .query((row, n) -> {
                    Long caseId = row.getObject("case_id", Long.class);
                    return new Found(
                            caseId == null ? Kind.RUN_FAILED : Kind.STEP_FAILED,
                            row.getString("subject"),
                            null,
                            caseId,
                            row.getString("proc_inst_id_"),
                            row.getString("proc_def_id_"),
                            row.getString("activity"),
                            row.getString("incident_msg_"),
                            row.getTimestamp("incident_timestamp_").toInstant());
                })
                .list();
    }

    /** Whom the daily run left out, and at which of its steps. */
    private List<Found> leftOut(Instant now) {
        List<Found> found = new ArrayList<>();
        Optional<String> dailyRun = dailyRun();
        scores.failures(MOST_LEFT_OUT)
                .forEach(one -> found.add(leftOut(
                        DailyRunProcess.SCORE_CUSTOMERS,
                        one.customerId(),
                        one.customerId(),
                        null,
                        one.reason(),
                        now,
                        dailyRun)));
        creditStops
                .failures(MOST_LEFT_OUT)
                .forEach(one -> found.add(leftOut(
                        DailyRunProcess.APPLY_CREDIT_POLICY,
                        one.customerId(),
                        one.customerId(),
                        null,
                        one.reason(),
                        now,
                        dailyRun)));
        leftOut.entries(MOST_LEFT_OUT)
                .forEach(one -> found.add(leftOut(
                        step(one.step()),
                        one.id(),
                        one.customerId(),
                        one.caseId(),
                        one.error(),
                        one.since(),
                        dailyRun)));
        return found;
    }

    private static String step(LeftOut.Step step) {
        return switch (step) {
            case OPEN_CASE -> DailyRunProcess.OPEN_CASES;
            case CHANGE_LADDER -> DailyRunProcess.ADAPT_LADDERS;
            case TELL_CASE, END_HOLD, START_HOLD -> DailyRunProcess.RECONCILE;
        };
    }

    private static Found leftOut(
            String step,
            long id,
            long customerId,
            @Nullable Long caseId,
            String error,
            Instant since,
            Optional<String> dailyRun) {
        return new Found(
                Kind.CUSTOMER_LEFT_OUT,
                step + " " + id,
                customerId,
                caseId,
                null,
                dailyRun.orElse(null),
                step,
                error,
                since);
    }

    /** The model that is live. */
    private Optional<String> dailyRun() {
        return jdbc.sql("select id_ from act_re_procdef where key_ = :key order by version_ desc limit 1")
                .param("key", DailyRunProcess.KEY)
                .query(String.class)
                .optional();
    }

    private static Found ofCase(Kind kind, Finding finding, Instant now) {
        Long caseId = Objects.requireNonNull(finding.caseId());
        return found(kind, caseId.toString(), caseId, finding.instanceId(), now);
    }

    private static Found found(
            Kind kind, String subject, @Nullable Long caseId, @Nullable String instanceId, Instant now) {
        return new Found(kind, subject, null, caseId, instanceId, null, null, null, now);
    }
}
