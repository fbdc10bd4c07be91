package org.dunlin.dunning;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to have held.
 *
 * @param invoices    numbers of the customer's invoices; empty: everything that is open and due today, for a promise or plan in
 *                    {@code currency} only, for a block or insolvency everything, later invoices too
 * @param creditorId  restricts a hold without invoice numbers to what is owed to one creditor; null for all
 * @param currency    ISO 4217 of amount and instalments; null where only one is possible
 * @param amount      promised; null means everything that is open of the invoices
 * @param endsOn      see {@link Hold#endsOn()}; of a plan the last instalment's date
 * @param instalments of a plan, at least one
 * @param by          login
 */
public record NewHold(
        Hold.Kind kind,
        long customerId,
        List<String> invoices,
        @Nullable Long creditorId,
        @Nullable String currency,
        @Nullable BigDecimal amount,
        String reason,
        @Nullable String note,
        @Nullable LocalDate endsOn,
        List<Hold.Instalment> instalments,
        @Nullable String by) {

    public NewHold {
        invoices = List.copyOf(invoices);
        instalments = List.copyOf(instalments);
    }

    /** A promise to pay everything that is open and due. */
    public static NewHold promise(long customerId, LocalDate on, @Nullable BigDecimal amount, @Nullable String by) {
        return new NewHold(
                Hold.Kind.PROMISE, customerId, List.of(), null, null, amount, "promise", null, on, List.of(), by);
    }

    public static NewHold dispute(
            long customerId, List<String> invoices, String reason, @Nullable String note, @Nullable String by) {
        return new NewHold(
                Hold.Kind.DISPUTE, customerId, invoices, null, null, null, reason, note, null, List.of(), by);
    }

    public static NewHold plan(
            long customerId, List<String> invoices, List<Hold.Instalment> instalments, @Nullable String by) {
        return new NewHold(Hold.Kind.PLAN, customerId, invoices, null, null, null, "plan", null, null, instalments, by);
    }

    public static NewHold block(long customerId, LocalDate until, String reason, @Nullable String by) {
        return new NewHold(
                Hold.Kind.BLOCK, customerId, List.of(), null, null, null, reason, null, until, List.of(), by);
    }

    /** The same with that note. */
    public NewHold noting(@Nullable String words) {
        return new NewHold(
                kind, customerId, invoices, creditorId, currency, amount, reason, words, endsOn, instalments, by);
    }

    /** The same for what the customer owes to that creditor in that currency. */
    public NewHold within(long creditor, String ofCurrency) {
        return new NewHold(
                kind, customerId, invoices, creditor, ofCurrency, amount, reason, note, endsOn, instalments, by);
    }

    /** The same for these invoices. */
    public NewHold naming(List<String> numbers) {
        return new NewHold(
                kind, customerId, numbers, creditorId, currency, amount, reason, note, endsOn, instalments, by);
    }
}
