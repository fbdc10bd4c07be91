package org.dunlin.scoring;

import org.jspecify.annotations.Nullable;

/**
 * The terms that are recommended for a customer. Nothing follows from them by itself.
 *
 * @param payment  how to pay, as the table {@code paymentTerms} names it: netDays, directDebit, cashOnDelivery, prepayment; null when the
 *                 table had no usable answer
 * @param days     after the invoice, until the money is to be there or is collected
 * @param delivery priority, normal, limited (in parts), or afterPayment
 * @param text     why, ready to be told to the customer; or why there is no recommendation
 */
public record PaymentTerms(@Nullable String payment, @Nullable Integer days, @Nullable String delivery, String text) {}
