package org.dunlin.contact.email;

import java.time.Instant;
import java.util.Optional;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Customer;

/**
 * Says whether a customer may be spoken to now, whatever it is about. Asked while the customer is locked, right before a message
 * goes out.
 */
interface SpeakingRule {

    Optional<Postponement> objection(Customer customer, Creditor creditor, Instant now);

    /** Not now, but then; the reason is shown to people. */
    record Postponement(Instant until, String reason) {}
}
