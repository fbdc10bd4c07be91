package org.dunlin.receivables;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** An invoice and what is open of it; {@code open} is derived from the ledger at the moment of reading. */
public record OpenInvoice(
        long id, String number, LocalDate issuedOn, LocalDate dueOn, Money gross, Money open, boolean disputed) {

    /** Calendar days since the due date; 0 on the due date and negative before. */
    public long daysOverdue(LocalDate today) {
        return ChronoUnit.DAYS.between(dueOn, today);
    }
}
