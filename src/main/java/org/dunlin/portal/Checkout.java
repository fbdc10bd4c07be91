package org.dunlin.portal;

import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import org.dunlin.receivables.Money;
import org.jspecify.annotations.Nullable;

/** A payment service that takes a customer's money at once and tells us afterwards. */
interface Checkout extends WayToPay {

    /** Under which name its payments stand in the ledger; together with the service's own id, what makes one count once. */
    String source();

    /**
     * Asks the service for a payment.
     *
     * @throws CheckoutUnavailableException when it does not answer, or says no
     */
    Begun begin(Order order);

    /**
     * How a payment stands, by the service's own word.
     *
     * @param creditor number of the creditor whose payment it is
     * @throws CheckoutUnavailableException when that cannot be found out now
     */
    Standing standing(String creditor, String id);

    /**
     * A payment to begin.
     *
     * @param key         makes the same order one payment, however often it is sent
     * @param linkId      what the service keeps with it; nothing personal
     * @param description what the customer reads at the service and on the statement of their bank
     * @param back        where the customer comes back to
     */
    record Order(
            String key,
            String creditor,
            long linkId,
            Money amount,
            String description,
            Locale locale,
            URI back,
            @Nullable URI webhook) {}

    /** A payment that the service knows: its id there, and where the customer pays. */
    record Begun(String id, URI page) {}

    /**
     * How a payment stands.
     *
     * @param amount   as paid
     * @param paidAt   when; null as long as it is not paid
     * @param returned how much of it went back, refunds and chargebacks together
     */
    record Standing(State state, Money amount, @Nullable Instant paidAt, Money returned) {}

    /** How far a payment has come; later ones are further. */
    enum State {
        /** We have asked for it. */
        ASKED,
        OPEN,
        PENDING,
        /** Nothing came of it. */
        ENDED,
        PAID;

        /** Whether it is not decided yet. */
        boolean isUnderWay() {
            return this == OPEN || this == PENDING;
        }
    }
}
