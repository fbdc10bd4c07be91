package org.dunlin.contact.text;

import java.util.Optional;
import org.dunlin.contact.link.PayLink;
import org.dunlin.receivables.Creditor;

/** What a reader of a message can open. */
interface MessageLinks {

    /** The page of this message, where the customer sees what is open and pays. */
    Optional<String> page(PayLink.Occasion message);

    /** The explanation made for this customer. */
    Optional<String> explanation(PayLink.Occasion message, Creditor creditor, String language);
}
