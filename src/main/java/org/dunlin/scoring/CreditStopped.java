package org.dunlin.scoring;

import java.time.LocalDate;

/**
 * A customer gets no new orders on credit, for one reason; there may be others. Published within the transaction that writes
 * it; whoever acts on it listens after commit.
 *
 * @param reason key of the reason
 * @param on     first day on which it holds
 * @param text   the reason in words
 */
public record CreditStopped(long customerId, String reason, LocalDate on, String text) {}
