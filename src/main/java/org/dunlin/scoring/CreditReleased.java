package org.dunlin.scoring;

import java.time.LocalDate;

/**
 * A credit stop ended. Published within the transaction that writes it; whoever acts on it listens after commit.
 *
 * @param reason       key of the reason for which the customer had been stopped
 * @param on           first day on which it no longer holds
 * @param text         why it ended, in words
 * @param stillStopped whether the customer stays stopped for another reason
 */
public record CreditReleased(long customerId, String reason, LocalDate on, String text, boolean stillStopped) {}
