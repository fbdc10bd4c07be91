package org.dunlin.contact.delivery;

import java.time.Instant;
import org.dunlin.contact.log.MessageContent;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Customer;

/**
 * A message on its way.
 *
 * @param recipientName person at the address; empty if unknown
 * @param messageId     as {@link Carrier#messageId} made it
 */
public record Parcel(
        long contactId,
        MessageContent content,
        Customer customer,
        Creditor creditor,
        String recipientName,
        String messageId,
        Instant at) {}
