package org.dunlin.receivables;

/**
 * Two customers who turned out to be one.
 *
 * @param from the one that is no more; its key goes on naming the other
 * @param into the one that stays
 */
public record CustomerMergeRow(CustomerKey from, CustomerKey into) {}
