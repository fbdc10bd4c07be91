package org.dunlin.portal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.dunlin.contact.link.PayLink;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Customer;
import org.dunlin.receivables.Money;
import org.dunlin.receivables.OpenInvoice;
import org.dunlin.receivables.PaymentReference;
import org.jspecify.annotations.Nullable;

/**
 * What is open at this moment of what a message named.
 *
 * @param open     oldest due date first
 * @param examined those of them that the customer contests and that are being looked into: nobody asks for them now
 * @param plan     the payment plan that the message was about, as long as it holds
 */
record Debt(
        PayLink link,
        Customer customer,
        Creditor creditor,
        PaymentReference reference,
        List<OpenInvoice> open,
        List<OpenInvoice> examined,
        @Nullable Plan plan) {

    /** What is to be paid now, one amount per currency; of a plan, what falls due next. */
    List<Money> toPay() {
        if (plan != null) {
            return plan.next().isPositive() ? List.of(plan.next()) : List.of();
        }
        return open.stream()
                .map(OpenInvoice::open)
                .collect(Collectors.toMap(Money::currency, money -> money, Money::plus, LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    /** The one amount that can be paid with one payment; null when there is none, or more than one. */
    @Nullable
    Money amount() {
        List<Money> amounts = toPay();
        return amounts.size() == 1 ? amounts.get(0) : null;
    }
}
