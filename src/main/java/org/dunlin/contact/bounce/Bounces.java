package org.dunlin.contact.bounce;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.dunlin.contact.Channel;
import org.dunlin.contact.Contact;
import org.dunlin.contact.ContactBounced;
import org.dunlin.contact.ContactState;
import org.dunlin.contact.Contacts;
import org.dunlin.contact.details.ContactDetails;
import org.dunlin.dunning.MessagesBack;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Messages that had been sent and came back. Each is noted first and followed afterwards, once: the address is asked for, and the case says the
 * same by another channel, unless the customer has been spoken to since.
 */
@Service
public class Bounces {

    private final JdbcClient jdbc;
    private final Contacts contacts;
    private final ContactDetails details;
    private final MessagesBack cases;
    private final Clock clock;

    Bounces(JdbcClient jdbc, Contacts contacts, ContactDetails details, MessagesBack cases, Clock clock) {
        this.jdbc = jdbc;
        this.contacts = contacts;
        this.details = details;
        this.cases = cases;
        this.clock = clock;
    }

    /** The message that went out under that id; empty for one that is not ours. */
    Optional<Long> contact(String messageId) {
        return jdbc.sql(
                        "select id from contact where message_id = :id and state in ('SENT', 'UNKNOWN') order by id desc limit 1")
                .param("id", messageId)
                .query(Long.class)
                .optional();
    }

    /** The last letter of that case, or of that customer, that was posted. */
    Optional<Long> letter(String number) {
        return jdbc.sql(
                        """
                        select k.id from contact k
                            join customer c on c.id = k.customer_id left join dunning_case d on d.id = k.case_id
                        where k.channel in ('LETTER', 'REGISTERED_LETTER') and k.state = 'SENT'
                          and (c.number = :number or d.number = :number)
                        order by k.sent_at desc, k.id desc limit 1
                        """)
                .param("number", number)
                .query(Long.class)
                .optional();
    }

    /**
     * A message came back. Safe to call twice.
     *
     * @param forGood whether the address is wrong; otherwise only this message did not arrive
     * @param detail  why, for people
     */
    @Transactional
    public void note(long contactId, boolean forGood, String detail) {
        jdbc.sql(
                        """
                        insert into contact_bounce (contact_id, noticed_at, for_good, detail) values (:id, :at, :forGood, :detail)
                        on conflict do nothing
                        """)
                .param("id", contactId)
                .param("at", utc(clock.instant()))
                .param("forGood", forGood)
                .param("detail", detail)
                .update();
    }

    /** By telephone nothing comes back; the company says that it did not arrive. */
    @EventListener
    void on(ContactBounced bounced) {
        note(bounced.contactId(), bounced.wrongAddress(), "It did not arrive: " + bounced.reason());
    }

    /** One that was noted and not followed yet. */
    record Noted(long contactId, boolean forGood, String detail) {}

    List<Noted> toFollow(int limit) {
        return jdbc.sql(
                        """
                        select contact_id, for_good, detail from contact_bounce where followed_at is null
                        order by noticed_at, contact_id limit :limit
                        """)
                .param("limit", limit)
                .query((row, n) ->
                        new Noted(row.getLong("contact_id"), row.getBoolean("for_good"), row.getString("detail")))
                .list();
    }

    @Transactional
    void follow(Noted bounce) {
        int taken = jdbc.sql(
                        "update contact_bounce set followed_at = :at where contact_id = :id and followed_at is null")
                .param("at", utc(clock.instant()))
                .param("id", bounce.contactId())
                .update();
        if (taken == 0) {
            return;
        }
        Contact contact = contacts.find(bounce.contactId()).orElseThrow();
        if (bounce.forGood()) {
            details.wrong(contact.customerId(), contact.channel(), contact.recipient(), bounce.detail(), contact.id());
        }
        Long caseId = contact.caseId();
        String template = contact.template();
        if (caseId != null
                && contact.holdId() == null
                && template != null
                && contact.state() == ContactState.SENT
                && !spokenToSince(contact)) {
            cases.cameBack(caseId, contact.rung(), template, isPaper(contact.channel()));
        }
    }

    private boolean spokenToSince(Contact contact) {
        return jdbc.sql(
                        """
                        select exists (
                            select 1 from contact where case_id = :case and state = 'SENT' and id <> :id and sent_at > :at)
                        """)
                .param("case", contact.caseId())
                .param("id", contact.id())
                .param("at", contact.sentAt() == null ? null : utc(contact.sentAt()))
                .query(Boolean.class)
                .single();
    }

    private static boolean isPaper(Channel channel) {
        return channel == Channel.LETTER || channel == Channel.REGISTERED_LETTER;
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
