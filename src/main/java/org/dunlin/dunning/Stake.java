package org.dunlin.dunning;

import org.dunlin.receivables.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a task is about, as far as its urgency goes.
 *
 * @param open          what is open of it today
 * @param daysOverdue   of its oldest invoice; 0 where nothing is overdue yet
 * @param segment       A, B or C; null where none is known
 * @param promiseBroken a promise or plan about some of it was broken
 */
public record Stake(Money open, int daysOverdue, @Nullable String segment, boolean promiseBroken) {}
