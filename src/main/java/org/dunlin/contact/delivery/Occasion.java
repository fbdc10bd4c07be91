package org.dunlin.contact.delivery;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.dunlin.contact.conversation.Turn;
import org.dunlin.contact.delivery.SpeakingRule.Postponement;
import org.dunlin.contact.log.MessageContent;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Customer;

/**
 * Why a customer is written to: a {@link Chase} asks for money, a {@link Notice} informs. One object per message; it reads the
 * ledger when it is first asked for something, which is under the locks.
 */
interface Occasion {

    long customerId();

    long creditorId();

    /** Keeps what it is about from ending while the message goes out. Taken after the customer's lock. */
    void lock();

    /** Why this is not to be said now, if so. */
    Optional<Postponement> objection(Customer customer, Creditor creditor, Instant now);

    /** Whether it is its turn, among all that the customer hears. Asked after {@link #objection}, which had none. */
    Turn turn(Creditor creditor, Instant now);

    MessageContent words(Customer customer, Creditor creditor, String recipient, LocalDate today);

    /** It went out, or is covered by what went out then. */
    void said(Instant at);
}
