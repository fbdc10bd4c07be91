package org.dunlin.contact;

/**
 * A message that was sent did not arrive, and will not. Published once, in the transaction that keeps it.
 *
 * @param wrongAddress whether nothing will arrive there; otherwise only this message did not
 * @param reason       in words, as far as the other side gave one
 */
public record ContactBounced(long contactId, Channel channel, boolean wrongAddress, String reason) {}
