package org.dunlin.portal;

import java.util.Optional;
import org.dunlin.contact.letter.PaymentCode;
import org.jspecify.annotations.Nullable;

/** A way in which a customer can pay what is open. Each adapter says for each debt whether it is one. */
interface WayToPay {

    Optional<Offer> offer(Debt debt);

    /** What the page shows of it. */
    sealed interface Offer {

        /**
         * A transfer from the customer's bank.
         *
         * @param holder    of the account
         * @param reference as it is printed
         * @param code      for a banking app; null when the amount is not one in euros
         */
        record Transfer(
                String holder,
                @Nullable String iban,
                @Nullable String bic,
                String reference,
                @Nullable PaymentCode code)
                implements Offer {}

        /** A button that leads to a payment service. */
        record AtOnce() implements Offer {}
    }
}
