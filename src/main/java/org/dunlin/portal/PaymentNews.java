package org.dunlin.portal;

import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.dunlin.contact.link.PayLink;
import org.dunlin.contact.link.PayLinks;
import org.dunlin.portal.Checkout.Standing;
import org.dunlin.portal.Checkout.State;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Ledger;
import org.dunlin.receivables.Money;
import org.dunlin.receivables.PaymentReferences;
import org.dunlin.receivables.PaymentReturnRow;
import org.dunlin.receivables.PaymentRow;
import org.dunlin.receivables.Receivables;
import org.dunlin.receivables.WriteResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Somebody says that something happened to a payment: asks the service what, and books it. What the somebody says is never believed, so
 * it does not matter who says it, or how often. A payment only goes forwards, and is booked once: its row is locked, and the ledger
 * knows it by the service's id.
 */
@Component
class PaymentNews {

    private static final Logger log = LoggerFactory.getLogger(PaymentNews.class);

    private final Checkout checkout;
    private final OnlinePayments payments;
    private final PayLinks links;
    private final Receivables receivables;
    private final PaymentReferences references;
    private final Ledger ledger;
    private final TransactionTemplate transaction;
    private final Clock clock;

    PaymentNews(
            Checkout checkout,
            OnlinePayments payments,
            PayLinks links,
            Receivables receivables,
            PaymentReferences references,
            Ledger ledger,
            TransactionTemplate transaction,
            Clock clock) {
        this.checkout = checkout;
        this.payments = payments;
        this.links = links;
        this.receivables = receivables;
        this.references = references;
        this.ledger = ledger;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * News of a payment, by the service's id. Ids that are not of a payment we began are nothing to us.
     *
     * @throws CheckoutUnavailableException when the service cannot say what happened; whoever brought the news brings it again
     */
    void about(String serviceId) {
        payments.find(checkout.source(), serviceId).ifPresent(this::lookUp);
    }

    /** Payments that nobody brought news of for a while. @return how many were looked up */
    int lookUpForgotten(int limit) {
        List<OnlinePayment> forgotten = payments.takeForgotten(checkout.source(), limit);
        for (OnlinePayment payment : forgotten) {
            try {
                lookUp(payment);
            } catch (CheckoutUnavailableException e) {
                log.warn("Payment {} could not be looked up: {}", payment.serviceId(), e.getMessage());
            }
        }
        return forgotten.size();
    }

    private void lookUp(OnlinePayment payment) {
        Creditor creditor = receivables.creditor(payment.creditorId());
        Standing standing = checkout.standing(creditor.number(), Objects.requireNonNull(payment.serviceId()));
        transaction.executeWithoutResult(status -> keep(payment.id(), creditor, standing));
    }

    private void keep(long id, Creditor creditor, Standing standing) {
        OnlinePayment known = payments.lock(id);
        State state = known.state();
        if (standing.state() == State.PAID && state != State.PAID) {
            book(known, creditor, standing);
        }
        Money returned = known.returned();
        if (standing.state() == State.PAID && standing.returned().compareTo(returned) > 0) {
            returned = bookReturn(known, creditor, standing);
        }
        State further = standing.state().compareTo(state) > 0 ? standing.state() : state;
        payments.stands(
                id,
                further,
                further == State.PAID ? OffsetDateTime.ofInstant(paidAt(standing), ZoneOffset.UTC) : null,
                returned);
    }

    private java.time.Instant paidAt(Standing standing) {
        return Optional.ofNullable(standing.paidAt()).orElseGet(clock::instant);
    }

    private void book(OnlinePayment payment, Creditor creditor, Standing standing) {
        PayLink link = links.find(payment.linkId()).orElseThrow();
        LocalDate today = LocalDate.ofInstant(clock.instant(), creditor.timeZone());
        WriteResult written = ledger.payments(List.of(new PaymentRow(
                creditor.number(),
                null,
                checkout.source(),
                Objects.requireNonNull(payment.serviceId()),
                LocalDate.ofInstant(paidAt(standing), creditor.timeZone()),
                standing.amount(),
                references.forCustomer(creditor, link.customerId()).electronic(),
                null,
                receivables.balances(payment.invoiceIds(), today).stream()
                        .map(invoice -> new PaymentRow.Part(invoice.number(), null))
                        .toList())));
        if (!written.rejections().isEmpty()) {
            throw new IllegalStateException(
                    "Payment " + payment.serviceId() + " could not be booked: " + written.rejections());
        }
        log.info("Payment {} of {} is booked", payment.serviceId(), standing.amount());
    }

    /** @return what is booked as gone back now */
    private Money bookReturn(OnlinePayment payment, Creditor creditor, Standing standing) {
        Money more = new Money(
                standing.returned().amount().subtract(payment.returned().amount()),
                standing.returned().currency());
        WriteResult written = ledger.returnPayments(List.of(new PaymentReturnRow(
                creditor.number(),
                checkout.source(),
                Objects.requireNonNull(payment.serviceId()),
                LocalDate.ofInstant(clock.instant(), creditor.timeZone()),
                more,
                "Refunded or charged back at the payment service")));
        if (!written.rejections().isEmpty()) {
            log.error(
                    "{} went back of payment {}, and must be booked by hand: {}",
                    more,
                    payment.serviceId(),
                    written.rejections());
            return payment.returned();
        }
        log.info("{} of payment {} went back and is booked", more, payment.serviceId());
        return standing.returned();
    }
}
