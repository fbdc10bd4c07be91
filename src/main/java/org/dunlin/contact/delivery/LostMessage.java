package org.dunlin.contact.delivery;

import java.time.Instant;
import org.dunlin.receivables.Creditor;
import org.jspecify.annotations.Nullable;

/**
 * A message of which nobody knows whether the other side has it.
 *
 * @param messageId under which the other side would know it, see {@link Carrier#messageId}
 * @param recipient to whom it went; where {@code kept} is false, to whom it would go now
 * @param kept      whether recipient and text are known as they were offered. Where the process died they are not: what is not found
 *                  may then have gone elsewhere
 * @param claimedAt not offered before
 */
public record LostMessage(
        long contactId,
        String messageId,
        @Nullable String recipient,
        boolean kept,
        Creditor creditor,
        Instant claimedAt) {}
