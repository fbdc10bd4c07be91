package org.dunlin.desk.customer;

import java.time.LocalDate;
import java.util.List;
import org.dunlin.contact.call.CallScripts;
import org.jspecify.annotations.Nullable;

/**
 * Everything for one call: the customer as on their page, and what belongs to this call.
 *
 * @param you        login of whoever asks; what they enter is kept for them alone
 * @param about      numbers of the invoices that an outcome is about unless others are named
 * @param script     what to say; null where the table names none, or there is none in any language
 * @param reasons    what an invoice can be contested for
 * @param colleagues who else has this customer open
 */
record CallPicture(
        String you,
        Call call,
        CustomerPicture customer,
        List<String> about,
        CallScripts.@Nullable Script script,
        Limits limits,
        List<Choice> reasons,
        List<Presences.Colleague> colleagues) {

    /**
     * The call itself.
     *
     * @param attempts how many there are before the ladder goes on
     * @param canHandOn whether there is a senior collector to hand it to: whoever asks is none, and it is for none yet
     */
    record Call(
            String task,
            String caseNumber,
            String currency,
            int rung,
            String rungName,
            int attempt,
            int attempts,
            @Nullable String assignee,
            boolean canHandOn) {}

    /** Days of the creditor's calendar between which dates can lie. */
    record Limits(
            LocalDate today,
            LocalDate nextWorkingDay,
            LocalDate promiseUntil,
            LocalDate planUntil,
            LocalDate callBackUntil) {}
}
