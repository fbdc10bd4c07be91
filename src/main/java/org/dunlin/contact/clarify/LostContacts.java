package org.dunlin.contact.clarify;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.dunlin.contact.Channel;
import org.dunlin.contact.Contact;
import org.dunlin.contact.ContactState;
import org.dunlin.contact.Contacts;
import org.dunlin.contact.clarify.UnknownContacts.Trace;
import org.dunlin.contact.log.ContactLog;
import org.dunlin.contact.log.NewContact;
import org.dunlin.contact.log.Occurrence;
import org.dunlin.dunning.DunningCases;
import org.dunlin.dunning.Holds;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Messages that a worker had taken when it stopped, at a step that the case or hold has left since. A message is parked as of
 * unknown result when a worker finds it at its step again; to these nobody comes back, and while one is said to be under way its
 * case keeps its ladder.
 */
@Service
public class LostContacts {

    /** Longer than any worker keeps a message; a younger one may still be in good hands. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final Contacts contacts;
    private final ContactLog log;
    private final DunningCases cases;
    private final Holds holds;
    private final MessageTraces traces;
    private final Clock clock;

    LostContacts(
            JdbcClient jdbc,
            Contacts contacts,
            ContactLog log,
            DunningCases cases,
            Holds holds,
            MessageTraces traces,
            Clock clock) {
        this.jdbc = jdbc;
        this.contacts = contacts;
        this.log = log;
        this.cases = cases;
        this.holds = holds;
        this.traces = traces;
        this.clock = clock;
    }

    /**
     * One of them.
     *
     * @param caseId       null for a notice whose invoices are not all in one open case
     * @param instanceId   process that had the step; it may have ended
     * @param definitionId model of it
     * @param activityId   the step
     * @param trace        to look it up
     */
    public record Lost(
            long contactId,
            long customerId,
            @Nullable Long caseId,
            String instanceId,
            @Nullable String definitionId,
            String activityId,
            Instant claimedAt,
            Trace trace) {}

    /** Those that somebody has to look up. Where case or hold have ended nobody needs to know, and the log says so from now on. */
    @Transactional
    public List<Lost> look() {
        OffsetDateTime before = OffsetDateTime.ofInstant(clock.instant().minus(LONGEST), ZoneOffset.UTC);
        log.unresolvedOfWhatHasEnded(before);
        log.neverLeft(before, traces.channels());
        return jdbc.sql(
                        """
                        select k.id, k.customer_id, k.case_id, k.hold_id, k.occurrence, k.channel, k.rung, k.template, k.claimed_by, k.claimed_at, p.proc_def_id_
                        from contact k left join act_hi_procinst p on p.id_ = split_part(k.occurrence, ':', 1)
                        where k.state = 'SENDING' and k.channel = any(:channels) and k.claimed_at < :before
                          and not exists (
                              select 1 from act_ru_ext_task x
                              where x.proc_inst_id_ = split_part(k.occurrence, ':', 1)
                                and x.act_id_ = split_part(k.occurrence, ':', 2))
                        order by k.claimed_at, k.id
                        """)
                .param("channels", traces.channels().stream().map(Channel::name).toArray(String[]::new))
                .param("before", before)
                .query((row, n) -> lost(row))
                .list();
    }

    private Lost lost(ResultSet row) throws SQLException {
        Occurrence occurrence = Occurrence.parse(row.getString("occurrence"));
        Long holdId = row.getObject("hold_id", Long.class);
        Long caseId = row.getObject("case_id", Long.class);
        String template = row.getString("template");
        Channel channel = Channel.valueOf(row.getString("channel"));
        NewContact contact = holdId == null
                ? NewContact.rung(Objects.requireNonNull(caseId), occurrence, row.getInt("rung"), channel, template)
                : NewContact.notice(holdId, occurrence, channel, template);
        return new Lost(
                row.getLong("id"),
                row.getLong("customer_id"),
                caseId,
                occurrence.processInstanceId(),
                row.getString("proc_def_id_"),
                occurrence.activityId(),
                row.getTimestamp("claimed_at").toInstant(),
                traces.trace(contact, row.getLong("id"), row.getString("claimed_by")));
    }

    /**
     * Somebody looked it up.
     *
     * @param sent whether it was sent; then its rung counts as climbed, or the customer as told
     * @param by   login of who found out
     * @return false, and nothing changed, if that is known already
     */
    @Transactional
    public boolean settle(long contactId, boolean sent, String by, @Nullable String note) {
        Contact contact = contacts.find(contactId).orElseThrow();
        if (contact.state() != ContactState.SENDING) {
            return false;
        }
        if (sent && contact.holdId() != null) {
            holds.told(contact.holdId(), contact.claimedAt());
        } else if (sent) {
            // The case before the contact: the order in which everybody locks them.
            cases.contacted(Objects.requireNonNull(contact.caseId()), contact.rung(), contact.claimedAt());
        }
        return log.lookedUp(contactId, sent ? ContactState.SENT : ContactState.FAILED, by, note, clock.instant());
    }
}
