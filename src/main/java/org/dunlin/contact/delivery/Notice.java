package org.dunlin.contact.delivery;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import org.dunlin.contact.conversation.Turn;
import org.dunlin.contact.delivery.SpeakingRule.Postponement;
import org.dunlin.contact.log.MessageContent;
import org.dunlin.contact.log.NewContact;
import org.dunlin.dunning.Hold;
import org.dunlin.dunning.HoldStatements;
import org.dunlin.dunning.Holds;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Customer;

/**
 * What a customer is told about a hold. It is information: said whether or not anything is open or may be chased, it climbs no
 * rung, and no wait counts from it. Only a hold that was taken back has nothing to tell.
 */
final class Notice implements Occasion {

    private final NewContact contact;
    private final Hold hold;
    private final HoldStatements statements;
    private final Holds holds;
    private final Carrier carrier;

    Notice(NewContact contact, HoldStatements statements, Holds holds, Carrier carrier) {
        this.contact = contact;
        this.hold = statements.hold(Objects.requireNonNull(contact.holdId()));
        this.statements = statements;
        this.holds = holds;
        this.carrier = carrier;
    }

    @Override
    public long customerId() {
        return hold.customerId();
    }

    @Override
    public long creditorId() {
        return hold.creditorId();
    }

    /** Whoever takes a hold back holds the customer's lock, so that this is enough. */
    @Override
    public void lock() {}

    @Override
    public Optional<Postponement> objection(Customer customer, Creditor creditor, Instant now) {
        return statements.hold(hold.id()).outcome() == Hold.Outcome.WITHDRAWN
                ? Optional.of(new Postponement(now.plus(carrier.terms().waiting()), "The hold was taken back"))
                : Optional.empty();
    }

    @Override
    public Turn turn(Creditor creditor, Instant now) {
        return new Turn.Speak(false);
    }

    @Override
    public MessageContent words(Customer customer, Creditor creditor, String recipient, LocalDate today) {
        return carrier.notice(
                Objects.requireNonNull(contact.template()),
                statements.of(hold.id(), today),
                customer,
                creditor,
                recipient,
                today);
    }

    @Override
    public void said(Instant at) {
        holds.told(hold.id(), at);
    }
}
