package org.dunlin.contact.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.dunlin.contact.Channel;
import org.dunlin.contact.ContactState;
import org.dunlin.contact.clarify.MessageTraces;
import org.dunlin.contact.clarify.UnknownContacts.Trace;
import org.dunlin.contact.conversation.Turn;
import org.dunlin.contact.delivery.Carrier.Round;
import org.dunlin.contact.delivery.CrashPoint.Point;
import org.dunlin.contact.delivery.SpeakingRule.Postponement;
import org.dunlin.contact.details.ContactDetails;
import org.dunlin.contact.log.ContactLog;
import org.dunlin.contact.log.ContactLog.Standing;
import org.dunlin.contact.log.MessageContent;
import org.dunlin.contact.log.NewContact;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Customer;
import org.dunlin.receivables.Receivables;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One claimed message, in one transaction: lock the customer, look once more, send, keep what was sent. Payments take the same
 * lock, so none can be committed between the look and the sending.
 */
@Component
class Delivery implements MessageTraces {

    private static final Logger log = LoggerFactory.getLogger(Delivery.class);

    private static final Duration LOCK_WAIT = Duration.ofSeconds(10);
    private static final Duration UNTIL_UNLOCKED = Duration.ofMinutes(1);

    private final TransactionTemplate transaction;
    private final Receivables receivables;
    private final Occasions occasions;
    private final ContactLog contacts;
    private final List<SpeakingRule> rules;
    private final Map<Channel, Carrier> carriers;
    private final ContactDetails details;
    private final CrashPoint crashPoint;
    private final Clock clock;

    Delivery(
            TransactionTemplate transaction,
            Receivables receivables,
            Occasions occasions,
            ContactLog contacts,
            List<SpeakingRule> rules,
            List<Carrier> carriers,
            ContactDetails details,
            ObjectProvider<CrashPoint> crashPoint,
            Clock clock) {
        this.transaction = transaction;
        this.receivables = receivables;
        this.occasions = occasions;
        this.contacts = contacts;
        this.rules = rules;
        this.details = details;
        this.carriers = carriers.stream().collect(Collectors.toMap(Carrier::channel, carrier -> carrier));
        this.crashPoint = crashPoint.getIfAvailable(() -> point -> {});
        this.clock = clock;
    }

    /** A contact that is claimed and not yet sent. */
    record Claimed(long contactId, long customerId, String claim, NewContact contact) {}

    /** What came of it, for the step that waits. */
    sealed interface Outcome {

        record Sent() implements Outcome {}

        /** Nothing was sent, because it had been said already. */
        record Covered() implements Outcome {}

        /** It lies ready for whoever takes it; the step goes on and waits for that. */
        record Ready() implements Outcome {}

        /** Not now; the contact may be taken up again at that instant. */
        record Later(Instant at, String reason) implements Outcome {}

        record AddressUnusable(long customerId, @Nullable String address, String detail) implements Outcome {}

        /** The customer is not to be reached by this channel, whatever the address. */
        record ChannelClosed() implements Outcome {}

        /** Certainly not sent. */
        record Failed(String detail) implements Outcome {}

        record InDoubt(String detail) implements Outcome {}

        /** The contact is in other hands, or its row says less than we know: leave everything as it is. */
        record HandsOff() implements Outcome {}
    }

    Outcome deliver(Claimed claimed, Carrier carrier, Round round) {
        crashPoint.reached(Point.CLAIMED);
        Sending sending = new Sending(claimed, carrier, round);
        try {
            Outcome outcome = transaction.execute(status -> sending.attempt());
            crashPoint.reached(Point.COMMITTED);
            return outcome == null ? new Outcome.HandsOff() : outcome;
        } catch (RuntimeException e) {
            return sending.afterRollback(e);
        }
    }

    @Override
    public Set<Channel> channels() {
        return carriers.values().stream()
                .filter(Carrier::canBeLost)
                .map(Carrier::channel)
                .collect(Collectors.toSet());
    }

    @Override
    public Trace trace(NewContact contact, long contactId, String claim) {
        try {
            Carrier carrier = Objects.requireNonNull(carriers.get(contact.channel()));
            Occasion occasion = occasions.of(contact, carrier);
            Customer customer = receivables.customer(occasion.customerId());
            Creditor creditor = receivables.creditor(occasion.creditorId());
            String messageId = carrier.messageId(contactId, claim, creditor);
            if (carrier.address(customer, creditor) instanceof Address.Usable to) {
                MessageContent words = compose(occasion, customer, creditor, to);
                return new Trace(words.recipient(), words.subject(), messageId);
            }
            return new Trace(null, null, messageId);
        } catch (RuntimeException e) {
            log.warn("Nothing can be told about the lost message of contact {}", contactId, e);
            return new Trace(null, null, null);
        }
    }

    /**
     * Asks the other side what became of a message in doubt, and keeps what it says.
     *
     * @param contact whose state is {@link ContactState#UNKNOWN}
     */
    Finding find(NewContact contact, long contactId, String claim, Carrier carrier) {
        Occasion occasion = occasions.of(contact, carrier);
        Creditor creditor = receivables.creditor(occasion.creditorId());
        ContactLog.Kept kept = contacts.kept(contactId);
        String recipient = kept.asOffered()
                ? kept.recipient()
                : carrier.address(receivables.customer(occasion.customerId()), creditor) instanceof Address.Usable to
                        ? to.text()
                        : null;
        if (kept.theirId() != null) {
            return new Finding.Theirs(kept.theirId());
        }
        return carrier.find(new LostMessage(
                contactId,
                carrier.messageId(contactId, claim, creditor),
                recipient,
                kept.asOffered(),
                creditor,
                kept.claimedAt()));
    }

    private MessageContent compose(Occasion occasion, Customer customer, Creditor creditor, Address.Usable to) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), creditor.timeZone());
        return occasion.words(customer, creditor, to.text(), today);
    }

    /** The state of one delivery, because after a failure it matters how far it came. */
    private final class Sending {

        private final Claimed claimed;
        private final Carrier carrier;
        private final Round round;
        private @Nullable MessageContent content;
        private @Nullable String messageId;
        private @Nullable Handover handover;

        Sending(Claimed claimed, Carrier carrier, Round round) {
            this.claimed = claimed;
            this.carrier = carrier;
            this.round = round;
        }

        Outcome attempt() {
            receivables.lockCustomer(claimed.customerId(), LOCK_WAIT);
            Occasion occasion = occasions.of(claimed.contact(), carrier);
            occasion.lock();
            // Whoever takes a case off its ladder holds the lock of the case that we hold now.
            Standing standing = contacts.lockForSending(
                    claimed.contactId(), claimed.claim(), claimed.contact().occurrence());
            if (standing == Standing.NOT_OURS) {
                contacts.notSent(
                        claimed.contactId(), claimed.claim(), ContactState.CANCELLED, "The case or hold has ended");
                return new Outcome.HandsOff();
            }
            if (standing == Standing.STEP_LEFT) {
                contacts.notSent(
                        claimed.contactId(), claimed.claim(), ContactState.CANCELLED, "The case has left this step");
                return new Outcome.HandsOff();
            }
            if (occasion.customerId() != claimed.customerId()) {
                // Payments of the customer it is now take another lock than the one that we hold.
                return later(
                        clock.instant().plus(UNTIL_UNLOCKED), "The customer has just been merged with another one");
            }
            Customer customer = receivables.customer(occasion.customerId());
            Creditor creditor = receivables.creditor(occasion.creditorId());
            Optional<Postponement> objection = objection(occasion, customer, creditor);
            if (objection.isPresent()) {
                return later(objection.get().until(), objection.get().reason());
            }
            Turn turn = occasion.turn(creditor, clock.instant());
            if (turn instanceof Turn.Wait wait) {
                return later(wait.until(), wait.reason());
            }
            if (turn instanceof Turn.Covered covered) {
                contacts.covered(claimed.contactId(), claimed.claim(), covered.contactId());
                occasion.said(covered.at());
                return new Outcome.Covered();
            }
            Address address = carrier.address(customer, creditor);
            if (address instanceof Address.Closed closed) {
                return closed(closed.problem());
            }
            if (address instanceof Address.Unusable unusable) {
                return unusable(customer, unusable.given(), unusable.problem());
            }
            Address.Usable usable = (Address.Usable) address;
            Optional<String> wrong = details.knownWrong(customer.id(), carrier.channel(), usable.text());
            if (wrong.isPresent()) {
                return unusable(customer, usable.text(), wrong.get());
            }
            return send(occasion, customer, creditor, usable);
        }

        private Optional<Postponement> objection(Occasion occasion, Customer customer, Creditor creditor) {
            Instant now = clock.instant();
            return occasion.objection(customer, creditor, now).or(() -> rules.stream()
                    .flatMap(rule -> rule.objection(carrier.channel(), customer, creditor, now).stream())
                    .findFirst());
        }

        private Outcome send(Occasion occasion, Customer customer, Creditor creditor, Address.Usable to) {
            String id = carrier.messageId(claimed.contactId(), claimed.claim(), creditor);
            MessageContent message = carrier.findable(compose(occasion, customer, creditor, to), id);
            content = message;
            messageId = id;
            contacts.keep(claimed.contactId(), message, id);
            crashPoint.reached(Point.ABOUT_TO_SEND);
            Handover result = round.hand(
                    new Parcel(claimed.contactId(), message, customer, creditor, to.name(), id, clock.instant()));
            handover = result;
            crashPoint.reached(Point.HANDED_OVER);
            return switchOn(result, occasion, customer, message);
        }

        private Outcome switchOn(Handover result, Occasion occasion, Customer customer, MessageContent message) {
            if (result instanceof Handover.NotSent notSent) {
                return failed(notSent.detail());
            }
            if (result instanceof Handover.AddressRefused refused) {
                return unusable(customer, message.recipient(), refused.detail());
            }
            if (result instanceof Handover.InDoubt doubt) {
                contacts.unknown(claimed.contactId(), doubt.detail());
                return new Outcome.InDoubt(doubt.detail());
            }
            if (result instanceof Handover.Ready) {
                contacts.ready(claimed.contactId(), claimed.claim());
                crashPoint.reached(Point.MARKED);
                return new Outcome.Ready();
            }
            return markSent(occasion, ((Handover.Accepted) result).theirId());
        }

        private Outcome markSent(Occasion occasion, @Nullable String theirId) {
            Instant at = clock.instant();
            contacts.sent(claimed.contactId(), claimed.claim(), at, theirId);
            occasion.said(at);
            crashPoint.reached(Point.MARKED);
            return new Outcome.Sent();
        }

        private Outcome later(Instant at, String reason) {
            contacts.notSent(claimed.contactId(), claimed.claim(), ContactState.CANCELLED, reason);
            return new Outcome.Later(at, reason);
        }

        private Outcome unusable(Customer customer, @Nullable String address, String detail) {
            contacts.notSent(claimed.contactId(), claimed.claim(), ContactState.FAILED, detail);
            return new Outcome.AddressUnusable(customer.id(), address, detail);
        }

        private Outcome closed(String detail) {
            contacts.notSent(claimed.contactId(), claimed.claim(), ContactState.FAILED, detail);
            return new Outcome.ChannelClosed();
        }

        private Outcome failed(String detail) {
            contacts.notSent(claimed.contactId(), claimed.claim(), ContactState.FAILED, detail);
            return new Outcome.Failed(detail);
        }

        /** The transaction is gone. Before the handover that means: not sent. Afterwards the log must catch up, if it can. */
        Outcome afterRollback(RuntimeException failure) {
            Handover known = handover;
            try {
                if (known == null && failure instanceof PessimisticLockingFailureException) {
                    return transaction.execute(status ->
                            later(clock.instant().plus(UNTIL_UNLOCKED), "The customer's account is being booked"));
                }
                MessageContent told = content;
                if (known == null || told == null) {
                    log.warn("The message of contact {} could not be made", claimed.contactId(), failure);
                    return transaction.execute(status -> failed(FailureText.of(failure)));
                }
                return transaction.execute(status -> {
                    Occasion occasion = occasions.of(claimed.contact(), carrier);
                    occasion.lock();
                    if (!contacts.lockClaimed(claimed.contactId(), claimed.claim())) {
                        return new Outcome.HandsOff();
                    }
                    if (messageId != null) {
                        contacts.keep(claimed.contactId(), told, messageId);
                    }
                    return switchOn(known, occasion, receivables.customer(occasion.customerId()), told);
                });
            } catch (RuntimeException e) {
                e.addSuppressed(failure);
                log.error(
                        "Contact {} stays as claimed; somebody will be asked what became of it",
                        claimed.contactId(),
                        e);
                return new Outcome.HandsOff();
            }
        }
    }
}
