package org.dunlin.receivables;

import java.util.Map;

/**
 * Customers turned out to be others: what the ledger knew of them belongs to those now. Published within the writing
 * transaction, while the locks of all of them are held; a listener moves what it keeps of them in the same transaction. {@link
 * LedgerChanged} follows after that.
 *
 * @param into id of the {@link Customer} who stays, by id of the one who is no more; nobody stands on both sides
 */
public record CustomersMerged(Map<Long, Long> into) {

    public CustomersMerged {
        into = Map.copyOf(into);
    }

    /** Ids of those who are no more, in the order of {@link #heirs()}. */
    public Long[] gone() {
        return into.keySet().stream().sorted().toArray(Long[]::new);
    }

    /** For each of {@link #gone()} the id of who stays. */
    public Long[] heirs() {
        return into.keySet().stream().sorted().map(into::get).toArray(Long[]::new);
    }
}
