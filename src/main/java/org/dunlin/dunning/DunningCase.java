package org.dunlin.dunning;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The follow-up of a customer's invoices that went overdue together.
 *
 * @param number         business key of its processes
 * @param currency       ISO 4217; all invoices of a case share it
 * @param ladder         process id of the ladder it climbs, once chosen
 * @param rung           highest rung climbed, 0 before the first contact
 * @param lastContactAt  when the last contact really happened
 * @param heldSince      since when it stands still because nothing in it may be chased; null while it does not
 * @param speakFrom      after a hold nobody is spoken to before this day
 * @param handedOverOn   day on which a collection agency got it; null when none has it
 */
public record DunningCase(
        long id,
        String number,
        long creditorId,
        long customerId,
        String currency,
        State state,
        @Nullable String processInstanceId,
        LocalDate openedOn,
        @Nullable String segment,
        @Nullable String ladder,
        int rung,
        @Nullable Instant lastContactAt,
        @Nullable Instant heldSince,
        @Nullable LocalDate speakFrom,
        @Nullable LocalDate handedOverOn) {

    public enum State {
        OPEN,
        CLOSED
    }

    /** Why a case ended. */
    public enum Outcome {
        SETTLED,
        BELOW_MINIMUM,
        WRITTEN_OFF,
        AGENCY_CONCLUDED,
        /** Went into an older case when its customer was merged with that one's. */
        MERGED
    }

    public boolean isOpen() {
        return state == State.OPEN;
    }
}
