package org.dunlin.receivables;

import java.util.Set;

/**
 * Something that changes open amounts (payment, credit note, allocation, return, withdrawal, merge), or whether an invoice is
 * contested, was committed for these customers. Published within the writing transaction; whoever acts on it listens after commit.
 *
 * @param customerIds ids of {@link Customer}
 */
public record LedgerChanged(Set<Long> customerIds) {}
