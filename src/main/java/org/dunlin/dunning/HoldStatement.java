package org.dunlin.dunning;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.dunlin.receivables.Money;
import org.dunlin.receivables.OpenInvoice;

/**
 * A hold and how its invoices stand at this moment, read from the ledger.
 *
 * @param lines invoices under it, oldest due date first, also those of which nothing is open any more
 */
public record HoldStatement(Hold hold, List<OpenInvoice> lines) {

    /** What is open of them, one amount per currency. */
    public List<Money> totals() {
        return lines.stream()
                .map(OpenInvoice::open)
                .collect(Collectors.toMap(Money::currency, open -> open, Money::plus, LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    public boolean isAnythingOpen() {
        return lines.stream().anyMatch(line -> line.open().isPositive());
    }
}
