package org.dunlin.contact;

import java.time.Instant;
import java.util.List;
import org.dunlin.dunning.Rungs;
import org.dunlin.receivables.Money;
import org.jspecify.annotations.Nullable;

/**
 * One message or conversation with a customer, as it was sent or noted.
 *
 * @param caseId     null for a notice whose invoices are not all in one open case
 * @param holdId     of a notice; null for a rung of a ladder
 * @param occurrence the one passing of a step; with channel and attempt unique
 * @param rung       0 for a notice
 * @param attempt    from 1; a further one follows only on an attempt that is certainly not sent
 * @param recipient  address as used, for example an e-mail address
 * @param total      sum that the message named
 * @param messageId  under which a mail server knows the message
 * @param sentBy     login of the person who made the contact, or who had it sent again after an unknown result
 * @param detail     why it failed, waits or is unknown; for conversations their outcome
 * @param resolvedBy login of the person who found out about an unknown result
 * @param note       what that person wrote
 * @param coveredBy  id of the contact that had said it already; only in state COVERED
 * @param theirId    under which the other side knows it, for example a sid of Twilio
 * @param delivery   what the other side told about it afterwards; null while it has told nothing
 * @param invoices   open invoices that it named
 */
public record Contact(
        long id,
        @Nullable Long caseId,
        @Nullable String caseNumber,
        @Nullable Long holdId,
        @Nullable String holdNumber,
        long customerId,
        String customerNumber,
        String customerName,
        long creditorId,
        String creditorName,
        String occurrence,
        int rung,
        Channel channel,
        int attempt,
        ContactState state,
        @Nullable String template,
        String language,
        @Nullable String recipient,
        @Nullable String subject,
        @Nullable String bodyText,
        @Nullable String bodyHtml,
        @Nullable Money total,
        @Nullable String messageId,
        Instant claimedAt,
        @Nullable Instant sentAt,
        @Nullable String sentBy,
        @Nullable String detail,
        @Nullable Instant resolvedAt,
        @Nullable String resolvedBy,
        @Nullable String note,
        @Nullable Long coveredBy,
        @Nullable String theirId,
        @Nullable Delivery delivery,
        List<Line> invoices) {

    /** What kind of contact it is, for people. */
    public String kind() {
        return kind(holdNumber, rung);
    }

    private static String kind(@Nullable String holdNumber, int rung) {
        return holdNumber == null ? Rungs.name(rung) : "Notice";
    }

    /**
     * What became of a message after it was handed over.
     *
     * @param state  in the words of whoever delivers it, for example {@code delivered}
     * @param detail why it could not be delivered
     */
    public record Delivery(String state, @Nullable String detail, Instant at) {}

    /** An invoice that the message named, and what was open of it then. */
    public record Line(long invoiceId, String number, Money open) {}

    /** What a list shows. */
    public record Summary(
            long id,
            @Nullable String caseNumber,
            @Nullable String holdNumber,
            long customerId,
            String customerNumber,
            String customerName,
            int rung,
            Channel channel,
            int attempt,
            ContactState state,
            @Nullable String recipient,
            @Nullable String subject,
            @Nullable Money total,
            Instant at,
            @Nullable String sentBy,
            @Nullable String detail,
            @Nullable String deliveryState) {

        /** What kind of contact it is, for people. */
        public String kind() {
            return Contact.kind(holdNumber, rung);
        }
    }
}
