package org.dunlin.scoring;

import java.time.LocalDate;
import org.dunlin.receivables.Money;
import org.jspecify.annotations.Nullable;

/**
 * Something that was learnt about a customer while following them up.
 *
 * @param happenedOn the day that counts: a promise is kept or broken when it comes due, not when it is made
 * @param reference  what it is about, such as the number of the promise or dispute; makes it count once per kind. The outcome of
 *                   a dispute carries the reference under which it was raised
 * @param creditorId whom it concerned, where that is known
 * @param amount     how much it was about, where that is known
 */
public record Experience(
        long customerId,
        Kind kind,
        LocalDate happenedOn,
        String reference,
        @Nullable Long creditorId,
        @Nullable Money amount) {

    /** Names are kept in the database: add, but do not rename. */
    public enum Kind {
        PROMISE_KEPT,
        PROMISE_BROKEN,
        PLAN_KEPT,
        PLAN_BROKEN,
        DISPUTE_RAISED,
        /** We were wrong: a credit note or a corrected invoice followed. */
        DISPUTE_ACCEPTED,
        /** The invoice was right. */
        DISPUTE_REJECTED,
        /** The customer paid what they had contested, before anybody had found who was right. */
        DISPUTE_PAID,
        CONTACT_EMAIL,
        CONTACT_SMS,
        /** An automated call. */
        CONTACT_VOICE,
        /** A call, or an attempt, by a person. */
        CONTACT_CALL,
        CONTACT_LETTER,
        CONTACT_REGISTERED_LETTER,
        /** Sales stepped in. */
        CONTACT_SALES,
        /** The case went to a collection agency or lawyer. */
        AGENCY_HAND_OVER
    }

    /** @throws IllegalArgumentException without a reference */
    public Experience {
        if (reference.isBlank()) {
            throw new IllegalArgumentException("An experience needs a reference that makes it count once");
        }
    }

    /** Without creditor and amount. */
    public static Experience of(long customerId, Kind kind, LocalDate happenedOn, String reference) {
        return new Experience(customerId, kind, happenedOn, reference, null, null);
    }
}
