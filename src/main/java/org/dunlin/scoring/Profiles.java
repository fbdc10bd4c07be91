package org.dunlin.scoring;

import java.time.LocalDate;
import java.util.Collection;
import org.springframework.stereotype.Component;

/** Keeps the facts about every customer up to date. */
@Component
public class Profiles {

    /**
     * Computes the facts of all customers as the ledger stood at the end of a day.
     *
     * @return how many profiles were new or changed; 0 when nothing happened since
     */
    public int refreshAll(LocalDate asOf) {
        throw new UnsupportedOperationException();
    }

    /** The same for some customers. */
    public int refresh(Collection<Long> customerIds, LocalDate asOf) {
        throw new UnsupportedOperationException();
    }

    /** @throws org.springframework.dao.EmptyResultDataAccessException before the customer's first refresh */
    public CustomerProfile profile(long customerId) {
        throw new UnsupportedOperationException();
    }
}
