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
 * @param endsOn      see {@link Hold#endsOn()}; a plan ends with its last instalment
 * @param plan        how a plan divides what is open of its invoices; null for other kinds
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
        @Nullable PlanTerms plan,
        @Nullable String by) {

    public NewHold {
        invoices = List.copyOf(invoices);
    }

    /** A promise to pay everything that is open and due. */
    public static NewHold promise(long customerId, LocalDate on, @Nullable BigDecimal amount, @Nullable String by) {
        return new NewHold(Hold.Kind.PROMISE, customerId, List.of(), null, null, amount, "promise", null, on, null, by);
    }

    public static NewHold dispute(
            long customerId, List<String> invoices, String reason, @Nullable String note, @Nullable String by) {
        return new NewHold(Hold.Kind.DISPUTE, customerId, invoices, null, null, null, reason, note, null, null, by);
    }

    public static NewHold plan(long customerId, List<String> invoices, PlanTerms plan, @Nullable String by) {
        return new NewHold(Hold.Kind.PLAN, customerId, invoices, null, null, null, "plan", null, null, plan, by);
    }

    public static NewHold block(long customerId, LocalDate until, String reason, @Nullable String by) {
        return new NewHold(Hold.Kind.BLOCK, customerId, List.of(), null, null, null, reason, null, until, null, by);
    }

    /** The same with that note. */
    public NewHold noting(@Nullable String words) {
        return new NewHold(kind, customerId, invoices, creditorId, currency, amount, reason, words, endsOn, plan, by);
    }

    /** The same for what the customer owes to that creditor in that currency. */
    public NewHold within(long creditor, String ofCurrency) {
        return new NewHold(kind, customerId, invoices, creditor, ofCurrency, amount, reason, note, endsOn, plan, by);
    }

    /** The same for these invoices. */
    public NewHold naming(List<String> numbers) {
        return new NewHold(kind, customerId, numbers, creditorId, currency, amount, reason, note, endsOn, plan, by);
    }
}
