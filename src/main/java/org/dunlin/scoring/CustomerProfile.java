package org.dunlin.scoring;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a customer, computed from the ledger and from experience. Formulas stand in {@code docs/scoring.md}; each fact is null when
 * nothing is known about it.
 *
 * @param changedOn           the day as of which these facts were first true
 * @param kind                COMPANY or CONSUMER
 * @param sector              lower case, as delivered by the source
 * @param externalRating      0 (worst) to 100 (best)
 * @param currency            ISO 4217, the one most invoices are in; all amounts here are in it; null before the first invoice
 * @param monthsOfHistory     whole months since the first invoice
 * @param invoicesPaid        number, ever
 * @param shareLatePercent    0 to 100, of paid and overdue invoices, recent ones weigh more
 * @param meanDaysLate        calendar days, early counts as 0, recent ones weigh more
 * @param weightedDaysLate    the same, each invoice weighing by its amount
 * @param latenessTrendDays   days by which payments of the last 6 months came later than those of the 12 months before; below
 *                            zero when they came earlier; null with too few invoices in one of the two
 * @param latenessTrend       the same in a word: improving, stable or worsening
 * @param spreadDaysLate      standard deviation of the days late, weighted as their mean; null with too few invoices
 * @param openAmount          due or not
 * @param overdueUndisputed   overdue and not disputed
 * @param oldestOverdueDays   calendar days since the oldest due date of what is overdue and not disputed, else 0
 * @param meanOrderAmount     mean gross of the invoices of the last 12 months
 * @param ordersPerMonth      invoices per month in the last 12 months
 * @param turnover12Months    gross invoiced less credited in the last 12 months
 * @param disputedPercent     0 to 100, recent invoices weigh more
 * @param creditUsePercent    open amount in percent of the credit limit, at most 999
 * @param overdueInvoices    number of overdue invoices in whatever currency, disputed or not
 * @param promisesKept       promises to pay that came due in the last 12 months and were kept
 * @param promisesBroken     the same, not kept
 * @param plansKept          payment plans kept to their end in the last 12 months
 * @param plansBroken        payment plans broken in the last 12 months
 * @param disputesRaised     disputes raised in the last 12 months
 * @param disputesAccepted   disputes of which it turned out in the last 12 months that we were wrong
 * @param disputesRejected   disputes of which it turned out in the last 12 months that we were right
 * @param disputesPaid       disputes of the last 12 months of which the customer paid everything before that turned out
 * @param payPattern         the kind of {@link PaymentPattern}; null when the payments show none
 * @param payDay             its value
 * @param patternConfidence  how likely the next payment keeps to it, 0 to 100
 * @param ordersRefused       orders of the last 12 months that the customer did not take
 * @param complaints          complaints of the last 12 months
 * @param opportunities       possible sales that are open in the CRM, number, in whatever currency
 * @param opportunityAmount   what they may bring, those in the profile's currency
 * @param insurerLimit        up to which debts are insured, in the profile's currency; 0 when all cover has ended, null when nothing was
 *                            ever said of it
 * @param insuredAmount       what insurers pay at most; 0 and null likewise
 * @param insuredUntil        last day of the cover that ends first; null when no end is known
 * @param insuredPercent      0 to 100, of the open amount; 100 when nothing is open and something covered
 * @param regionRisk          0 (safe) to 100, of the customer's region, or else country
 * @param sectorRisk          0 (safe) to 100
 * @param contacts12Months    contacts and hand-overs to agencies of the last 12 months
 * @param collectionCost12Months what they cost; null when one of them has no cost in the profile's currency
 * @param margin              gross margin on {@code turnover12Months} less {@code collectionCost12Months}; null when either is unknown
 * @param marginPercent       the same in percent of the turnover, from -999 to 999; null also without turnover
 * @param otherCurrencies     what is open in other currencies than {@code currency}
 */
public record CustomerProfile(
        long customerId,
        LocalDate changedOn,
        String kind,
        @Nullable Integer employees,
        @Nullable String sector,
        @Nullable Integer externalRating,
        @Nullable String currency,
        @Nullable Integer monthsOfHistory,
        int invoicesPaid,
        @Nullable Integer shareLatePercent,
        @Nullable BigDecimal meanDaysLate,
        @Nullable BigDecimal weightedDaysLate,
        @Nullable BigDecimal latenessTrendDays,
        @Nullable String latenessTrend,
        @Nullable BigDecimal spreadDaysLate,
        BigDecimal openAmount,
        BigDecimal overdueAmount,
        BigDecimal overdueUndisputed,
        int oldestOverdueDays,
        @Nullable BigDecimal meanOrderAmount,
        BigDecimal ordersPerMonth,
        BigDecimal turnover12Months,
        int disputedPercent,
        @Nullable Integer creditUsePercent,
        int overdueInvoices,
        int promisesKept,
        int promisesBroken,
        int plansKept,
        int plansBroken,
        int disputesRaised,
        int disputesAccepted,
        int disputesRejected,
        int disputesPaid,
        @Nullable String payPattern,
        @Nullable Integer payDay,
        @Nullable Integer patternConfidence,
        int ordersRefused,
        int complaints,
        int opportunities,
        BigDecimal opportunityAmount,
        @Nullable BigDecimal insurerLimit,
        @Nullable BigDecimal insuredAmount,
        @Nullable LocalDate insuredUntil,
        @Nullable Integer insuredPercent,
        @Nullable Integer regionRisk,
        @Nullable Integer sectorRisk,
        int contacts12Months,
        @Nullable BigDecimal collectionCost12Months,
        @Nullable BigDecimal margin,
        @Nullable Integer marginPercent,
        Map<String, Elsewhere> otherCurrencies) {

    /** The facts by the names under which decision tables know them. Null where nothing is known. */
    public Map<String, @Nullable Object> facts() {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("kind", kind);
        facts.put("employees", employees);
        facts.put("sector", sector);
        facts.put("externalRating", externalRating);
        facts.put("monthsOfHistory", monthsOfHistory);
        facts.put("invoicesPaid", invoicesPaid);
        facts.put("shareLatePercent", shareLatePercent);
        facts.put("meanDaysLate", meanDaysLate);
        facts.put("weightedDaysLate", weightedDaysLate);
        facts.put("latenessTrendDays", latenessTrendDays);
        facts.put("latenessTrend", latenessTrend);
        facts.put("spreadDaysLate", spreadDaysLate);
        facts.put("oldestOverdueDays", oldestOverdueDays);
        facts.put("disputedPercent", disputedPercent);
        facts.put("creditUsePercent", creditUsePercent);
        facts.put("overdueInvoices", overdueInvoices);
        facts.put("promisesKept", promisesKept);
        facts.put("promisesBroken", promisesBroken);
        facts.put("plansKept", plansKept);
        facts.put("plansBroken", plansBroken);
        facts.put("disputesRaised", disputesRaised);
        facts.put("disputesAccepted", disputesAccepted);
        facts.put("disputesRejected", disputesRejected);
        facts.put("disputesPaid", disputesPaid);
        facts.put("payPattern", payPattern);
        facts.put("payDay", payDay);
        facts.put("patternConfidence", patternConfidence);
        facts.put("ordersRefused", ordersRefused);
        facts.put("complaints", complaints);
        facts.put("opportunities", opportunities);
        facts.put("opportunityAmount", opportunityAmount);
        facts.put("insurerLimit", insurerLimit);
        facts.put("insuredAmount", insuredAmount);
        facts.put("insuredUntil", insuredUntil == null ? null : insuredUntil.toString());
        facts.put("insuredPercent", insuredPercent);
        facts.put("regionRisk", regionRisk);
        facts.put("sectorRisk", sectorRisk);
        facts.put("contacts12Months", contacts12Months);
        facts.put("collectionCost12Months", collectionCost12Months);
        facts.put("margin", margin);
        facts.put("marginPercent", marginPercent);
        facts.put("currency", currency);
        facts.put("openAmount", openAmount);
        facts.put("overdueAmount", overdueAmount);
        facts.put("overdueUndisputed", overdueUndisputed);
        facts.put("meanOrderAmount", meanOrderAmount);
        facts.put("ordersPerMonth", ordersPerMonth);
        facts.put("turnover12Months", turnover12Months);
        return facts;
    }

    /** Amounts in a currency other than the profile's own. */
    public record Elsewhere(
            BigDecimal open, BigDecimal overdue, BigDecimal overdueUndisputed, BigDecimal turnover12Months) {}
}
