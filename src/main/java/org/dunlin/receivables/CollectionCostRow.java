package org.dunlin.receivables;

import java.time.LocalDate;

/**
 * What following up costs.
 *
 * @param since  the day from which it costs that, until the next row
 * @param amount of one such contact or hand-over; the same may be given in several currencies
 */
public record CollectionCostRow(Kind kind, LocalDate since, Money amount) {

    /** What costs something. Names are kept in the database: add, but do not rename. */
    public enum Kind {
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
        AGENCY_HAND_OVER
    }

    public CollectionCostRow {
        Rows.require(amount.amount().signum() >= 0, "a cost cannot be negative");
    }
}
