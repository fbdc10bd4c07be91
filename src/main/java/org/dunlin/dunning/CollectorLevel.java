package org.dunlin.dunning;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import org.dunlin.platform.models.Decisions;
import org.dunlin.receivables.OpenInvoice;
import org.dunlin.receivables.Receivables;
import org.dunlin.scoring.CustomerScore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Junior or senior: from what the customer owes overdue and undisputed in this currency today, and from their profile. */
@Service
public class CollectorLevel {

    private static final Map<String, String> GROUPS =
            Map.of("junior", "juniorCollectors", "senior", "seniorCollectors");

    private final DunningCases cases;
    private final Holds holds;
    private final HoldDays days;
    private final Receivables receivables;
    private final CustomerStanding standing;
    private final Decisions decisions;

    CollectorLevel(
            DunningCases cases,
            Holds holds,
            HoldDays days,
            Receivables receivables,
            CustomerStanding standing,
            Decisions decisions) {
        this.cases = cases;
        this.holds = holds;
        this.days = days;
        this.receivables = receivables;
        this.standing = standing;
        this.decisions = decisions;
    }

    /**
     * The group that shall do a task of this case now.
     *
     * @throws IllegalStateException when the table names a level that does not exist
     */
    public String group(long caseId) {
        DunningCase dunningCase = cases.get(caseId);
        return group(dunningCase.customerId(), dunningCase.currency(), cases.today(dunningCase));
    }

    /**
     * The group that shall do a task of this promise or plan now.
     *
     * @throws IllegalStateException when the table names a level that does not exist
     */
    public String groupForHold(long holdId) {
        Hold hold = holds.get(holdId);
        if (hold.amount() == null) {
            throw new IllegalStateException("Hold " + hold.number() + " is about no amount that a level follows from");
        }
        return group(hold.customerId(), hold.amount().currency().getCurrencyCode(), days.today(hold));
    }

    private String group(long customerId, String currency, LocalDate today) {
        CustomerScore score = standing.current(customerId, today);
        Map<String, @Nullable Object> inputs = CustomerStanding.inputs(score);
        inputs.put("overdueUndisputed", overdue(customerId, currency, today));
        String level = decisions.evaluate("collectorLevel", inputs).text("level");
        String group = GROUPS.get(level);
        if (group == null) {
            throw new IllegalStateException(
                    "Decision collectorLevel answers '" + level + "'; it must be one of " + GROUPS.keySet());
        }
        return group;
    }

    private BigDecimal overdue(long customerId, String currency, LocalDate today) {
        return receivables.openOfCustomer(customerId, today).stream()
                .filter(invoice -> !invoice.disputed() && invoice.daysOverdue(today) > 0)
                .map(OpenInvoice::open)
                .filter(open -> open.currency().getCurrencyCode().equals(currency))
                .map(open -> open.amount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
