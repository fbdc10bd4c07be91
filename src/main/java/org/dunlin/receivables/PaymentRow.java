package org.dunlin.receivables;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A payment to book; its key is creditor, source and number. Who paid follows from the customer, else from the structured
 * reference, else from the first invoice named.
 *
 * @param creditor   number of the creditor; may be left to the reference
 * @param source     the system the payment comes from
 * @param number     that system's own key: what makes the payment count once
 * @param receivedOn the day the money counts from
 * @param amount     above zero
 * @param reference  structured reference as {@link PaymentReference} writes it; one that is not ours is only kept
 * @param remittance the payer's words; searched for a reference of ours when {@code reference} is none
 * @param invoices   the invoices the payer named, in the order to settle them
 */
public record PaymentRow(
        @Nullable String creditor,
        @Nullable CustomerKey customer,
        String source,
        String number,
        LocalDate receivedOn,
        Money amount,
        @Nullable String reference,
        @Nullable String remittance,
        List<Part> invoices) {

    public PaymentRow {
        Rows.require(!source.isBlank(), "a payment needs a source");
        Rows.require(!number.isBlank(), "a payment needs a number");
        Rows.require(amount.isPositive(), "the amount of a payment is above zero");
        invoices = List.copyOf(invoices);
        BigDecimal named = invoices.stream()
                .map(part -> part.amount() == null ? BigDecimal.ZERO : part.amount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        Rows.require(named.compareTo(amount.amount()) <= 0, "the amounts per invoice add up to more than the payment");
    }

    /** A payment that settles the oldest due invoices of the customer. */
    public static PaymentRow of(
            String creditor, CustomerKey customer, String number, LocalDate receivedOn, Money amount) {
        return new PaymentRow(
                creditor, customer, CustomerKey.DEFAULT_SOURCE, number, receivedOn, amount, null, null, List.of());
    }

    /** The same payment for these invoices, each up to what is open of it. */
    public PaymentRow naming(String... invoiceNumbers) {
        return new PaymentRow(
                creditor,
                customer,
                source,
                number,
                receivedOn,
                amount,
                reference,
                remittance,
                List.of(invoiceNumbers).stream().map(n -> new Part(n, null)).toList());
    }

    /**
     * An invoice that the payer named.
     *
     * @param amount how much of the payment is for it, in the payment's currency; {@code null}: up to what is open
     */
    public record Part(String invoice, @Nullable BigDecimal amount) {

        public Part {
            Rows.require(!invoice.isBlank(), "an invoice named by a payment needs a number");
            Rows.require(amount == null || amount.signum() > 0, "an amount for an invoice is above zero");
        }
    }
}
