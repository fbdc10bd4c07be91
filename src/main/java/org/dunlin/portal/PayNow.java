package org.dunlin.portal;

import java.net.URI;
import java.util.Optional;
import org.dunlin.contact.link.PayLink;
import org.dunlin.platform.PublicAddress;
import org.dunlin.receivables.Money;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** A customer wants to pay at once: leads them to the payment service. Nothing is locked while it is asked. */
@Component
class PayNow {

    private static final Logger log = LoggerFactory.getLogger(PayNow.class);

    private final Checkout checkout;
    private final OnlinePayments payments;
    private final PublicAddress address;

    PayNow(Checkout checkout, OnlinePayments payments, PublicAddress address) {
        this.checkout = checkout;
        this.payments = payments;
        this.address = address;
    }

    /**
     * Where the customer pays what is open now.
     *
     * @param token of the link, to come back to
     * @return empty when that is not possible now; the page then shows the transfer
     */
    Optional<URI> begin(Debt debt, String token) {
        Money amount = debt.amount();
        if (amount == null || checkout.offer(debt).isEmpty()) {
            return Optional.empty();
        }
        return payments.ask(debt, amount, checkout.source())
                .flatMap(asked -> asked.page() != null ? Optional.of(asked.page()) : ask(debt, asked, token));
    }

    private Optional<URI> ask(Debt debt, OnlinePayment asked, String token) {
        try {
            Checkout.Begun begun = checkout.begin(new Checkout.Order(
                    asked.key().toString(),
                    debt.creditor().number(),
                    debt.link().id(),
                    asked.amount(),
                    debt.reference().formatted(),
                    debt.customer().locale(),
                    address.of(PayLink.PATH + token + "?back").orElseThrow(),
                    address.isReachable() ? address.of(PaymentWebhook.PATH).orElseThrow() : null));
            payments.begun(asked, begun);
            return Optional.of(begun.page());
        } catch (CheckoutUnavailableException e) {
            log.warn("A customer could not pay at once: {}", e.getMessage());
            payments.notBegun(asked);
            return Optional.empty();
        }
    }
}
