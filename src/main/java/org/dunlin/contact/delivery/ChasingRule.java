package org.dunlin.contact.delivery;

import java.time.Instant;
import java.util.Optional;
import org.dunlin.contact.delivery.SpeakingRule.Postponement;
import org.dunlin.dunning.CaseStatement;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Customer;

/** Like {@link SpeakingRule}, for messages that ask for money; what only informs is not held up by it. */
interface ChasingRule {

    Optional<Postponement> objection(CaseStatement statement, Customer customer, Creditor creditor, Instant now);
}
