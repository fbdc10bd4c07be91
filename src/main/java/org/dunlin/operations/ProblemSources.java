package org.dunlin.operations;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.dunlin.contact.clarify.LostContacts;
import org.dunlin.contact.clarify.LostContacts.Lost;
import org.dunlin.dunning.CaseCheck;
import org.dunlin.dunning.CaseCheck.Finding;
import org.dunlin.operations.Problem.Kind;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where problems are seen. Asks for all at once, so that a hundred thousand cases cost a handful of statements. */
@Component
class ProblemSources {

    private final JdbcClient jdbc;
    private final CaseCheck cases;
    private final LostContacts lostContacts;
    private final Clock clock;

    ProblemSources(JdbcClient jdbc, CaseCheck cases, LostContacts lostContacts, Clock clock) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.lostContacts = lostContacts;
        this.clock = clock;
    }

    List<Found> look() {
        Instant now = clock.instant();
        List<Found> found = new ArrayList<>(failures());
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
                            caseId,
                            row.getString("proc_inst_id_"),
                            row.getString("proc_def_id_"),
                            row.getString("activity"),
                            row.getString("incident_msg_"),
                            row.getTimestamp("incident_timestamp_").toInstant());
                })
                .list();
    }

    private static Found ofCase(Kind kind, Finding finding, Instant now) {
        Long caseId = Objects.requireNonNull(finding.caseId());
        return found(kind, caseId.toString(), caseId, finding.instanceId(), now);
    }

    private static Found found(
            Kind kind, String subject, @Nullable Long caseId, @Nullable String instanceId, Instant now) {
        return new Found(kind, subject, caseId, instanceId, null, null, null, now);
    }
}
