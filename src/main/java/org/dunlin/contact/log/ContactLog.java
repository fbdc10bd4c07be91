package org.dunlin.contact.log;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.dunlin.contact.Channel;
import org.dunlin.contact.ContactState;
import org.dunlin.dunning.ContactMade;
import org.dunlin.dunning.NoticePosted;
import org.dunlin.receivables.Money;
import org.dunlin.receivables.OpenInvoice;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes the contact log. Each change of state names the state it starts from, so that of two who want the same contact only
 * one gets it; whoever comes second waits for the row and then sees what the first has done.
 */
@Repository
public class ContactLog {

    /** The one open case that all invoices of the hold {@code h} belong to, if there is one. */
    private static final String CASE_OF_HOLD =
            """
            (select min(d.id)
             from hold_invoice l
                 join dunning_case_invoice i on i.invoice_id = l.invoice_id and i.left_on is null
                 join dunning_case d on d.id = i.case_id and d.state = 'OPEN'
             where l.hold_id = h.id having count(distinct d.id) = 1)
            """;

    private final JdbcClient jdbc;
    private final JdbcTemplate batch;
    private final LetterArchive archive;

    ContactLog(JdbcClient jdbc, JdbcTemplate batch, LetterArchive archive) {
        this.jdbc = jdbc;
        this.batch = batch;
        this.archive = archive;
    }

    /**
     * Latest attempt per occurrence by that channel, or the one by which it was said by whatever channel; occurrences without one are
     * missing.
     */
    public Map<Occurrence, Attempt> latestAttempts(Collection<Occurrence> occurrences, Channel channel) {
        record Row(String occurrence, Attempt attempt) {}
        return jdbc
                .sql(
                        """
                        select distinct on (occurrence) occurrence, id, attempt, state, claimed_by, resolved_by from contact
                        where occurrence = any(:occurrences) and (channel = :channel or state = 'SENT')
                        order by occurrence, state = 'SENT' desc, attempt desc
                        """)
                .param(
                        "occurrences",
                        occurrences.stream().map(Occurrence::toString).toArray(String[]::new))
                .param("channel", channel.name())
                .query((row, n) -> new Row(
                        row.getString("occurrence"),
                        new Attempt(
                                row.getLong("id"),
                                row.getInt("attempt"),
                                ContactState.valueOf(row.getString("state")),
                                row.getString("claimed_by"),
                                row.getString("resolved_by"))))
                .list()
                .stream()
                .collect(Collectors.toMap(row -> Occurrence.parse(row.occurrence()), Row::attempt));
    }

    /**
     * Takes a contact for sending: a first attempt, a new one after one that failed, or once more one that was cancelled, or that was
     * claimed by a worker that has gone and cannot have sent it.
     *
     * @param claim   whoever holds it may send
     * @return the contact, or nothing when somebody else has it
     */
    public Optional<Taken> claim(NewContact contact, @Nullable Attempt previous, String claim, Instant at) {
        if (previous != null && previous.state() != ContactState.FAILED) {
            return jdbc.sql(
                            """
                            update contact set state = 'SENDING', claimed_by = :claim, claimed_at = :at, detail = null
                            where id = :id and state = :state and claimed_by = :previousClaim returning id, customer_id
                            """)
                    .param("claim", claim)
                    .param("at", utc(at))
                    .param("id", previous.contactId())
                    .param("state", previous.state().name())
                    .param("previousClaim", previous.claim())
                    .query(Taken.class)
                    .optional();
        }
        return jdbc.sql(
                        """
                        insert into contact (case_id, hold_id, customer_id, creditor_id, occurrence, rung, channel, attempt, state,
                                             template, language, claimed_at, claimed_by, sent_by)
                        select s.case_id, s.hold_id, s.customer_id, s.creditor_id, :occurrence, :rung, :channel, :attempt, 'SENDING',
                               :template, k.language, :at, :claim, :sentBy
                        from (
                            select d.id as case_id, null::bigint as hold_id, d.customer_id, d.creditor_id
                            from dunning_case d where d.id = :caseId::bigint
                            union all
                            select ${caseOfHold}, h.id, h.customer_id, h.creditor_id
                            from hold h where h.id = :holdId::bigint) s
                        join customer k on k.id = s.customer_id
                        on conflict (occurrence, channel, attempt) do nothing
                        returning id, customer_id
                        """
                                .replace("${caseOfHold}", CASE_OF_HOLD))
                .param("occurrence", contact.occurrence().toString())
                .param("rung", contact.rung())
                .param("channel", contact.channel().name())
                .param("attempt", previous == null ? 1 : previous.number() + 1)
                .param("template", contact.template())
                .param("at", utc(at))
                .param("claim", claim)
                .param("sentBy", previous == null ? null : previous.resolvedBy())
                .param("caseId", contact.caseId())
                .param("holdId", contact.holdId())
                .query(Taken.class)
                .optional();
    }

    /** A contact that was claimed, and whose it is. */
    public record Taken(long id, long customerId) {}

    /** What a claim is worth, until the end of the transaction. */
    public enum Standing {
        /** It is ours to send. */
        OURS,
        /** It is ours, but its step does not stand there any more. */
        STEP_LEFT,
        /** Somebody has dealt with it meanwhile. */
        NOT_OURS
    }

    /** Locks the contact until the end of the transaction, and says whether it is still to be sent. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Standing lockForSending(long contactId, String claim, Occurrence occurrence) {
        record Row(boolean ours, boolean asked) {}
        Row row = jdbc.sql(
                        """
                        select state = 'SENDING' and claimed_by = :claim as ours,
                               exists (select 1 from act_ru_ext_task x
                                       where x.proc_inst_id_ = :process and x.act_id_ = :activity) as asked
                        from contact where id = :id for update
                        """)
                .param("claim", claim)
                .param("process", occurrence.processInstanceId())
                .param("activity", occurrence.activityId())
                .param("id", contactId)
                .query(Row.class)
                .single();
        return !row.ours() ? Standing.NOT_OURS : row.asked() ? Standing.OURS : Standing.STEP_LEFT;
    }

    /** Locks the contact until the end of the transaction. True if it is still ours. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean lockClaimed(long contactId, String claim) {
        return jdbc.sql("select state = 'SENDING' and claimed_by = :claim from contact where id = :id for update")
                .param("claim", claim)
                .param("id", contactId)
                .query(Boolean.class)
                .single();
    }

    /** Keeps what is about to be sent, while the contact is locked by {@link #lockClaimed}. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void keep(long contactId, MessageContent content, String messageId) {
        Money total = content.total();
        jdbc.sql(
                        """
                        with kept as (
                            update contact set recipient = :recipient, language = :language, subject = :subject, body_text = :text,
                                body_html = :html, total = :total, currency = :currency, message_id = :messageId
                            where id = :id),
                        worded_before as (
                            delete from contact_invoice where contact_id = :id and invoice_id <> all(:invoices))
                        insert into contact_invoice (contact_id, invoice_id, open)
                        select :id, l.invoice_id, l.open from unnest(:invoices::bigint[], :open::text[]::numeric[]) as l(invoice_id, open)
                        on conflict (contact_id, invoice_id) do update set open = excluded.open
                        """)
                .param("recipient", content.recipient())
                .param("language", content.language())
                .param("subject", content.subject())
                .param("text", content.text())
                .param("html", content.html())
                .param("total", total == null ? null : total.amount())
                .param("currency", total == null ? null : total.currency().getCurrencyCode())
                .param("messageId", messageId)
                .param("id", contactId)
                .param("invoices", content.lines().stream().map(OpenInvoice::id).toArray(Long[]::new))
                .param(
                        "open",
                        content.lines().stream()
                                .map(line -> line.open().amount().toPlainString())
                                .toArray(String[]::new))
                .update();
        if (content.pages() != null) {
            archive.keep(contactId, content.pages().get());
        }
    }

    /** From SENDING to READY, by who holds the claim. */
    public void ready(long contactId, String claim) {
        jdbc.sql(
                        "update contact set state = 'READY', detail = null where id = :id and state = 'SENDING' and claimed_by = :claim")
                .param("id", contactId)
                .param("claim", claim)
                .update();
    }

    /** From READY to FAILED or CANCELLED: a letter that was not posted and will not be. */
    public void takenBack(long contactId, ContactState state, String detail) {
        jdbc.sql("update contact set state = :state, detail = :detail where id = :id and state = 'READY'")
                .param("state", state.name())
                .param("detail", detail)
                .param("id", contactId)
                .update();
    }

    /** Locks a letter until the end of the transaction. True if it lies ready. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean lockReady(long contactId) {
        return jdbc.sql("select state = 'READY' from contact where id = :id for update")
                .param("id", contactId)
                .query(Boolean.class)
                .single();
    }

    /**
     * From SENDING to SENT, by who holds the claim.
     *
     * @param theirId under which the other side knows it, where it said so
     */
    public boolean sent(long contactId, String claim, Instant at, @Nullable String theirId) {
        return jdbc.sql(
                                """
                        update contact set state = 'SENT', sent_at = :at, detail = null, their_id = coalesce(:theirId, their_id)
                        where id = :id and state = 'SENDING' and claimed_by = :claim
                        """)
                        .param("at", utc(at))
                        .param("theirId", theirId)
                        .param("id", contactId)
                        .param("claim", claim)
                        .update()
                == 1;
    }

    /**
     * From SENDING to COVERED, by who holds the claim.
     *
     * @param by id of the contact that said it
     */
    public void covered(long contactId, String claim, long by) {
        jdbc.sql(
                        """
                        update contact set state = 'COVERED', covered_by = :by, detail = null
                        where id = :id and state = 'SENDING' and claimed_by = :claim
                        """)
                .param("by", by)
                .param("id", contactId)
                .param("claim", claim)
                .update();
    }

    /** From SENDING to FAILED or CANCELLED, by who holds the claim and knows that nothing was sent. */
    public void notSent(long contactId, String claim, ContactState state, String detail) {
        jdbc.sql(
                        """
                        update contact set state = :state, detail = :detail
                        where id = :id and claimed_by = :claim and state in ('SENDING', 'UNRESOLVED')
                        """)
                .param("state", state.name())
                .param("detail", detail)
                .param("id", contactId)
                .param("claim", claim)
                .update();
    }

    /**
     * From SENDING to UNKNOWN. Waits while a worker is sending it: afterwards it is SENT and stays so.
     *
     * @return the state it has now
     */
    public ContactState unknown(long contactId, String detail) {
        jdbc.sql("update contact set state = 'UNKNOWN', detail = :detail where id = :id and state = 'SENDING'")
                .param("detail", detail)
                .param("id", contactId)
                .update();
        return ContactState.valueOf(jdbc.sql("select state from contact where id = :id")
                .param("id", contactId)
                .query(String.class)
                .single());
    }

    /**
     * What the log has of a message.
     *
     * @param asOffered whether the recipient is the one it was offered for
     * @param theirId   under which the other side knows it, where it said so
     */
    public record Kept(@Nullable String recipient, boolean asOffered, @Nullable String theirId, Instant claimedAt) {}

    public Kept kept(long contactId) {
        return jdbc.sql(
                        "select recipient, body_text is not null as offered, their_id, claimed_at from contact where id = :id")
                .param("id", contactId)
                .query((row, n) -> new Kept(
                        row.getString("recipient"),
                        row.getBoolean("offered"),
                        row.getString("their_id"),
                        row.getTimestamp("claimed_at").toInstant()))
                .single();
    }

    /** From UNKNOWN to SENT (at the time of the claim) or FAILED, as the other side said. False if it was not UNKNOWN. */
    public boolean answered(long contactId, ContactState state, @Nullable String theirId, Instant at) {
        return jdbc.sql(
                                """
                        update contact set state = :state, sent_at = case when :state = 'SENT' then claimed_at end,
                            their_id = coalesce(:theirId, their_id), resolved_at = :at
                        where id = :id and state = 'UNKNOWN'
                        """)
                        .param("state", state.name())
                        .param("theirId", theirId)
                        .param("at", utc(at))
                        .param("id", contactId)
                        .update()
                == 1;
    }

    /** A contact as the other side was told of it. */
    public record Told(long contactId, ContactState state, Channel channel, @Nullable String recipient) {}

    /**
     * What the other side tells about a message afterwards.
     *
     * @param claim   of who offered it
     * @param earlier what it may have told before: it only ever goes forward
     * @return nothing, and nothing changed, for what is no news, or about no contact of ours
     */
    public Optional<Told> delivered(
            long contactId,
            String claim,
            String theirId,
            Collection<String> earlier,
            String state,
            @Nullable String detail,
            Instant at) {
        return jdbc.sql(
                        """
                        update contact set their_id = :theirId, delivery_state = :state, delivery_detail = :detail, delivery_at = :at
                        where id = :id and claimed_by = :claim and (their_id is null or their_id = :theirId)
                          and (delivery_state is null or delivery_state = any(:earlier))
                        returning id, state, channel, recipient
                        """)
                .param("theirId", theirId)
                .param("state", state)
                .param("detail", detail)
                .param("at", utc(at))
                .param("id", contactId)
                .param("claim", claim)
                .param("earlier", earlier.toArray(String[]::new))
                .query((row, n) -> new Told(
                        row.getLong("id"),
                        ContactState.valueOf(row.getString("state")),
                        Channel.valueOf(row.getString("channel")),
                        row.getString("recipient")))
                .optional();
    }

    /** Fills in what a person needs to look a message of unknown result up, where it was not kept. */
    public void describe(
            long contactId, @Nullable String recipient, @Nullable String subject, @Nullable String messageId) {
        jdbc.sql(
                        """
                        update contact set recipient = coalesce(recipient, :recipient), subject = coalesce(subject, :subject),
                            message_id = coalesce(message_id, :messageId)
                        where id = :id and state = 'UNKNOWN'
                        """)
                .param("recipient", recipient)
                .param("subject", subject)
                .param("messageId", messageId)
                .param("id", contactId)
                .update();
    }

    /** From UNKNOWN to SENT (at the time of the claim) or FAILED, as a person found out. False if it was not UNKNOWN. */
    public boolean resolved(long contactId, ContactState state, String by, @Nullable String note, Instant at) {
        return resolved(contactId, ContactState.UNKNOWN, state, by, note, at);
    }

    /** The same from SENDING, for one whose worker is gone. */
    public boolean lookedUp(long contactId, ContactState state, String by, @Nullable String note, Instant at) {
        return resolved(contactId, ContactState.SENDING, state, by, note, at);
    }

    private boolean resolved(
            long contactId, ContactState from, ContactState state, String by, @Nullable String note, Instant at) {
        return jdbc.sql(
                                """
                        update contact set state = :state, sent_at = case when :state = 'SENT' then claimed_at end,
                            resolved_at = :at, resolved_by = :by, note = :note
                        where id = :id and state = :from
                        """)
                        .param("state", state.name())
                        .param("from", from.name())
                        .param("at", utc(at))
                        .param("by", by)
                        .param("note", note)
                        .param("id", contactId)
                        .update()
                == 1;
    }

    /** What a worker had taken before that instant for a case or hold that has ended: nobody needs to find out. */
    public void unresolvedOfWhatHasEnded(OffsetDateTime before) {
        jdbc.sql(
                        """
                        update contact k set state = 'UNRESOLVED'
                        where k.state = 'SENDING' and k.claimed_at < :before
                          and (k.hold_id is null and exists (
                                   select 1 from dunning_case c where c.id = k.case_id and c.state = 'CLOSED')
                               or exists (select 1 from hold h where h.id = k.hold_id and h.state = 'ENDED'))
                        """)
                .param("before", before)
                .update();
    }

    /** What a worker had taken before that instant at a step that is no longer there, by a channel by which nothing gets lost: it never left. */
    public void neverLeft(OffsetDateTime before, Set<Channel> channelsThatLose) {
        jdbc.sql(
                        """
                        update contact k set state = 'CANCELLED', detail = 'The case has left this step'
                        where k.state = 'SENDING' and k.claimed_at < :before and k.channel <> all(:channels)
                          and not exists (
                              select 1 from act_ru_ext_task x
                              where x.proc_inst_id_ = split_part(k.occurrence, ':', 1)
                                and x.act_id_ = split_part(k.occurrence, ':', 2))
                        """)
                .param("before", before)
                .param("channels", channelsThatLose.stream().map(Channel::name).toArray(String[]::new))
                .update();
    }

    /**
     * The case has ended: nobody needs to find out any more what became of its contacts of unknown result, notices excepted, and its letters
     * stay where they are.
     */
    public void unresolved(long caseId) {
        jdbc.sql(
                        """
                        update contact set state = 'CANCELLED', detail = 'The case has ended'
                        where case_id = :id and hold_id is null and state = 'READY'
                        """)
                .param("id", caseId)
                .update();
        jdbc.sql(
                        """
                        update contact set state = 'UNRESOLVED'
                        where case_id = :id and hold_id is null and state in ('SENDING', 'UNKNOWN')
                        """)
                .param("id", caseId)
                .update();
    }

    /** The same for notices, when their hold has ended. */
    public void unresolvedNotices(long holdId) {
        jdbc.sql("update contact set state = 'UNRESOLVED' where hold_id = :id and state in ('SENDING', 'UNKNOWN')")
                .param("id", holdId)
                .update();
    }

    /** A contact that a person made and recorded. Safe to call twice. */
    public void madeByPerson(ContactMade made) {
        jdbc.sql(
                        """
                        insert into contact (case_id, customer_id, creditor_id, occurrence, rung, channel, attempt, state, language,
                                             body_text, claimed_at, claimed_by, sent_at, sent_by, detail)
                        select d.id, d.customer_id, d.creditor_id, :occurrence, :rung, :channel, :attempt, 'SENT', k.language,
                               :text, :at, coalesce(:by, 'unknown'), :at, :by, :outcome
                        from dunning_case d join customer k on k.id = d.customer_id
                        where d.id = :caseId
                        on conflict (occurrence, channel, attempt) do nothing
                        """)
                .param("occurrence", made.occurrence())
                .param("rung", made.rung())
                .param("channel", made.channel())
                .param("attempt", made.attempt())
                .param("text", made.text())
                .param("at", utc(made.at()))
                .param("by", made.by())
                .param("outcome", made.outcome())
                .param("caseId", made.dunningCase().id())
                .update();
        named(made.occurrence(), made.at());
    }

    /** What the registered letter of that passing of a step asks for. */
    private void named(String occurrence, Instant at) {
        jdbc.sql(
                        """
                        insert into contact_invoice (contact_id, invoice_id, open)
                        select c.id, o.invoice_id, o.open
                        from contact c
                            join creditor k on k.id = c.creditor_id
                            join dunning_case_invoice i on i.case_id = c.case_id and i.left_on is null
                            cross join lateral (
                                select * from open_invoice((:at at time zone k.time_zone)::date) o where o.invoice_id = i.invoice_id) o
                        where c.occurrence = :occurrence and c.channel = 'REGISTERED_LETTER' and not o.disputed
                          and not exists (select 1 from held_invoice h where h.invoice_id = i.invoice_id)
                        on conflict do nothing
                        """)
                .param("occurrence", occurrence)
                .param("at", utc(at))
                .update();
    }

    /** The invoices that a letter named which a person has posted. Safe to call twice. */
    public void named(ContactMade made, List<OpenInvoice> lines) {
        batch.batchUpdate(
                """
                insert into contact_invoice (contact_id, invoice_id, open)
                select id, ?, ? from contact where occurrence = ? and channel = ? and attempt = ?
                on conflict do nothing
                """,
                lines,
                Math.max(1, lines.size()),
                (statement, line) -> {
                    statement.setLong(1, line.id());
                    statement.setBigDecimal(2, line.open().amount());
                    statement.setString(3, made.occurrence());
                    statement.setString(4, made.channel());
                    statement.setInt(5, made.attempt());
                });
    }

    /** A call that nobody had to make, because another one had been made. Safe to call twice. */
    public void coveredCall(NewContact call, long by, Instant at) {
        jdbc.sql(
                        """
                        insert into contact (case_id, customer_id, creditor_id, occurrence, rung, channel, attempt, state, language,
                                             claimed_at, claimed_by, covered_by)
                        select d.id, d.customer_id, d.creditor_id, :occurrence, :rung, :channel, 1, 'COVERED', k.language,
                               :at, 'covered', :by
                        from dunning_case d join customer k on k.id = d.customer_id
                        where d.id = :caseId
                        on conflict (occurrence, channel, attempt) do nothing
                        """)
                .param("occurrence", call.occurrence().toString())
                .param("rung", call.rung())
                .param("channel", call.channel().name())
                .param("at", utc(at))
                .param("by", by)
                .param("caseId", call.caseId())
                .update();
    }

    /** A notice that a person posted as a letter and recorded. Safe to call twice. */
    public void posted(NoticePosted posted) {
        jdbc.sql(
                        """
                        insert into contact (case_id, hold_id, customer_id, creditor_id, occurrence, rung, channel, state, template,
                                             language, body_text, claimed_at, claimed_by, sent_at, sent_by)
                        select ${caseOfHold}, h.id, h.customer_id, h.creditor_id, :occurrence, 0, :channel, 'SENT', :template,
                               k.language, :text, :at, coalesce(:by, 'unknown'), :at, :by
                        from hold h join customer k on k.id = h.customer_id
                        where h.id = :holdId
                        on conflict (occurrence, channel, attempt) do nothing
                        """
                                .replace("${caseOfHold}", CASE_OF_HOLD))
                .param("occurrence", posted.occurrence())
                .param("channel", Channel.LETTER.name())
                .param("template", posted.notice())
                .param("text", posted.text())
                .param("at", utc(posted.at()))
                .param("by", posted.by())
                .param("holdId", posted.hold().id())
                .update();
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
