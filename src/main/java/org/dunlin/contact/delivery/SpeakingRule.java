package org.dunlin.contact.delivery;

import java.time.Instant;
import java.util.Optional;
import org.dunlin.contact.Channel;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Customer;

/**
 * Says whether a customer may be spoken to now, by a channel, whatever it is about. Asked while the customer is locked, right before a message
 * goes out.
 */
public interface SpeakingRule {

    Optional<Postponement> objection(Channel channel, Customer customer, Creditor creditor, Instant now);

    /** Not now, but then; the reason is shown to people. */
    record Postponement(Instant until, String reason) {}
}
