package org.dunlin.dunning;

import java.util.Currency;
import java.util.List;
import org.dunlin.receivables.Money;
import org.dunlin.receivables.OpenInvoice;

/**
 * What is open in a case at this moment, read from the ledger.
 *
 * @param lines       open invoices of the case that are neither disputed nor under a hold, oldest due date first
 * @param worthwhile  whether the total is at or above the minimum; if not, nobody may be contacted
 */
public record CaseStatement(DunningCase dunningCase, List<OpenInvoice> lines, boolean worthwhile) {

    public Money total() {
        return lines.stream()
                .map(OpenInvoice::open)
                .reduce(Money.zero(Currency.getInstance(dunningCase.currency())), Money::plus);
    }
}
