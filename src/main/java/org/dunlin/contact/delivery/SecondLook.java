package org.dunlin.contact.delivery;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dunlin.contact.Channel;
import org.dunlin.contact.Contact;
import org.dunlin.contact.ContactState;
import org.dunlin.contact.Contacts;
import org.dunlin.contact.delivery.SpeakingRule.Postponement;
import org.dunlin.contact.log.ContactLog;
import org.dunlin.contact.log.MessageContent;
import org.dunlin.contact.log.NewContact;
import org.dunlin.contact.log.Occurrence;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Customer;
import org.dunlin.receivables.Receivables;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Looks again at a message that was worded a while ago and lies ready: may it be sent now, and does it still say what is true? Under the
 * same locks as when it was worded.
 */
@Component
public class SecondLook {

    private final Contacts contacts;
    private final ContactLog log;
    private final Occasions occasions;
    private final Receivables receivables;
    private final List<SpeakingRule> rules;
    private final JdbcClient jdbc;
    private final Clock clock;

    SecondLook(
            Contacts contacts,
            ContactLog log,
            Occasions occasions,
            Receivables receivables,
            List<SpeakingRule> rules,
            JdbcClient jdbc,
            Clock clock) {
        this.contacts = contacts;
        this.log = log;
        this.occasions = occasions;
        this.receivables = receivables;
        this.rules = rules;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** What was found. */
    public enum Finding {
        /** It may be sent as it is kept now; it has been worded anew where something had changed. */
        MAY_GO,
        /** It lies where it is for now. */
        NOT_NOW,
        /** Nobody waits for it any more; the log says so. */
        OVER,
        /** Nobody can be reached there; the log says so, and the step that waits has to hear it. */
        ADDRESS_UNUSABLE
    }

    /** Binding until the end of the caller's transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Finding at(long contactId, Carrier carrier) {
        Contact contact = contacts.find(contactId).orElseThrow();
        Occasion occasion = occasions.of(asked(contact), carrier);
        receivables.lockCustomers(Set.of(occasion.customerId()));
        occasion.lock();
        if (!log.lockReady(contactId)) {
            return Finding.OVER;
        }
        Optional<Boolean> step = step(contact);
        if (step.isEmpty()) {
            log.takenBack(contactId, ContactState.CANCELLED, "The case has left this step");
            return Finding.OVER;
        }
        Customer customer = receivables.customer(occasion.customerId());
        Creditor creditor = receivables.creditor(occasion.creditorId());
        boolean standsStill = step.get();
        if (standsStill
                || objection(occasion, carrier.channel(), customer, creditor).isPresent()) {
            return Finding.NOT_NOW;
        }
        Address address = carrier.address(customer);
        if (!(address instanceof Address.Usable usable)) {
            log.takenBack(contactId, ContactState.FAILED, address.problem());
            return Finding.ADDRESS_UNUSABLE;
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), creditor.timeZone());
        MessageContent words = occasion.words(customer, creditor, usable.text(), today);
        if (!words.text().equals(contact.bodyText())) {
            log.keep(contactId, words, contact.messageId() == null ? "" : contact.messageId());
        }
        return Finding.MAY_GO;
    }

    private static NewContact asked(Contact contact) {
        Occurrence occurrence = Occurrence.parse(contact.occurrence());
        return contact.holdId() == null
                ? new NewContact(
                        contact.caseId(), null, occurrence, contact.rung(), contact.channel(), contact.template())
                : new NewContact(null, contact.holdId(), occurrence, 0, contact.channel(), contact.template());
    }

    /** Whether the process that waits for the message stands still; empty when it has gone. */
    private Optional<Boolean> step(Contact contact) {
        return jdbc.sql("select suspension_state_ <> 1 from act_ru_execution where id_ = :id")
                .param("id", Occurrence.parse(contact.occurrence()).processInstanceId())
                .query(Boolean.class)
                .optional();
    }

    private Optional<Postponement> objection(Occasion occasion, Channel channel, Customer customer, Creditor creditor) {
        Instant now = clock.instant();
        return occasion.objection(customer, creditor, now).or(() -> rules.stream()
                .flatMap(rule -> rule.objection(channel, customer, creditor, now).stream())
                .findFirst());
    }
}
