package org.dunlin.dunning;

import java.time.LocalDate;
import org.dunlin.receivables.Receivables;
import org.springframework.stereotype.Service;

/** What there is to tell about holds. */
@Service
public class HoldStatements {

    private final Holds holds;
    private final Receivables receivables;

    HoldStatements(Holds holds, Receivables receivables) {
        this.holds = holds;
        this.receivables = receivables;
    }

    /** @throws org.springframework.dao.EmptyResultDataAccessException when there is no such hold */
    public Hold hold(long holdId) {
        return holds.get(holdId);
    }

    /** As it stands at the end of that day; errors as in {@link #hold}. */
    public HoldStatement of(long holdId, LocalDate asOf) {
        Hold hold = hold(holdId);
        return new HoldStatement(
                hold,
                receivables.balances(
                        hold.invoices().stream().map(Hold.Covered::invoiceId).toList(), asOf));
    }
}
