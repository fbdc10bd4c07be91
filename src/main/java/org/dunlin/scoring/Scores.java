package org.dunlin.scoring;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.springframework.stereotype.Component;

/** Concludes score and segment from the profiles and keeps their history. */
@Component
public class Scores {

    /**
     * Scores every customer whose profile, or the decision tables, changed since they were scored last.
     *
     * @return how many customers were scored
     */
    public int scoreAll(LocalDate asOf) {
        throw new UnsupportedOperationException();
    }

    /** The same for some customers; those whose score is fresh are left alone. */
    public int score(Collection<Long> customerIds, LocalDate asOf) {
        throw new UnsupportedOperationException();
    }

    /** @throws org.springframework.dao.EmptyResultDataAccessException when the customer was never scored */
    public CustomerScore current(long customerId) {
        throw new UnsupportedOperationException();
    }

    /** Customers who could not be scored the last time it was tried, and why; tried again with each run. */
    public List<ScoringFailure> failures() {
        throw new UnsupportedOperationException();
    }

    /** A decision failed for this customer; the others are not affected. */
    public record ScoringFailure(long customerId, String reason) {}
}
