package org.dunlin.dunning;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.dunlin.receivables.Money;
import org.jspecify.annotations.Nullable;

/**
 * A dated reason why a customer may not be chased for some invoices, or for all.
 *
 * @param number     what people call it by; business key of nothing, but it stands in Cockpit beside its process
 * @param creditorId whose working days count
 * @param coversAll  everything the customer owes to any creditor, also what is invoiced later; then {@code invoices} is empty
 * @param reason     key of a dispute's reason, or words
 * @param amount     what was promised or planned in sum; none for other kinds
 * @param endsOn     last day, days of grace not counted; null where a person decides when it is over
 * @param outcome    what came of it, once it has ended
 * @param raisedBy   login, or null when it was raised by the system
 * @param instalments of a plan, in the order of their dates
 * @param course     how far it has come
 */
public record Hold(
        long id,
        String number,
        Kind kind,
        long customerId,
        long creditorId,
        boolean coversAll,
        List<Covered> invoices,
        String reason,
        @Nullable String note,
        @Nullable Money amount,
        LocalDate startsOn,
        @Nullable LocalDate endsOn,
        @Nullable Outcome outcome,
        Instant raisedAt,
        @Nullable String raisedBy,
        @Nullable Instant endedAt,
        @Nullable String endedBy,
        @Nullable String endNote,
        @Nullable String processInstanceId,
        List<Instalment> instalments,
        Course course) {

    public boolean isActive() {
        return outcome == null;
    }

    /** What the customer, or we, gave as the reason. */
    public enum Kind {
        /** The customer contests invoices. */
        DISPUTE,
        /** The customer says: I pay X on date D. */
        PROMISE,
        /** Payment in instalments. */
        PLAN,
        /** Somebody decided that the customer is left alone until a date. */
        BLOCK,
        /** Everything stops until a person decides. */
        INSOLVENCY
    }

    public enum Outcome {
        /** Promise or plan: the money came. */
        KEPT,
        /** Promise or plan: the money did not come, days of grace included. */
        BROKEN,
        /** Dispute: we were wrong, and a credit note was made. */
        CREDITED,
        /** Dispute: we were wrong, and the invoice was corrected. */
        CORRECTED,
        /** Dispute: the customer was wrong. */
        REJECTED,
        /** Its end date came. */
        OVER,
        /** Nothing is open of it any more. Of a dispute: it was paid in full, nothing was credited. */
        SETTLED,
        /** Somebody took it back before its end. */
        WITHDRAWN,
        /** The debt was given up. */
        WRITTEN_OFF
    }

    /**
     * An invoice under the hold.
     *
     * @param openAtStart what was open of it when the hold began
     */
    public record Covered(long invoiceId, String number, Money openAtStart) {}

    /** A part of a plan; {@code amount} is in the plan's currency. */
    public record Instalment(LocalDate dueOn, BigDecimal amount) {}

    /** What bookkeeping has to book because the customer was right. */
    public enum Expected {
        CREDIT,
        CORRECTION
    }

    /**
     * How far a hold has come.
     *
     * @param expected   of a dispute in which the customer was right; null as long as that is not found, and when it is rejected
     * @param expectedBy until when that has to be booked
     * @param agreedAt   of a plan: when somebody of ours agreed to it
     * @param toldAt     when the customer heard the result of a dispute, or got the dates of a plan in writing
     */
    public record Course(
            @Nullable Expected expected,
            @Nullable LocalDate expectedBy,
            @Nullable Instant agreedAt,
            @Nullable Instant toldAt) {

        /** Of a hold that has just begun. */
        public static final Course BEGUN = new Course(null, null, null, null);
    }
}
