package org.dunlin.dunning;

import java.math.BigDecimal;
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
    private final Receivables receivables;
    private final CustomerStanding standing;
    private final Decisions decisions;

    CollectorLevel(DunningCases cases, Receivables receivables, CustomerStanding standing, Decisions decisions) {
        this.cases = cases;
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
        CustomerScore score = standing.current(dunningCase.customerId(), cases.today(dunningCase));
        Map<String, @Nullable Object> inputs = CustomerStanding.inputs(score);
        inputs.put("overdueUndisputed", overdue(dunningCase));
        String level = decisions.evaluate("collectorLevel", inputs).text("level");
        String group = GROUPS.get(level);
        if (group == null) {
            throw new IllegalStateException(
                    "Decision collectorLevel answers '" + level + "'; it must be one of " + GROUPS.keySet());
        }
        return group;
    }

    private BigDecimal overdue(DunningCase dunningCase) {
        var today = cases.today(dunningCase);
        return receivables.openOfCustomer(dunningCase.customerId(), today).stream()
                .filter(invoice -> !invoice.disputed() && invoice.daysOverdue(today) > 0)
                .map(OpenInvoice::open)
                .filter(open -> open.currency().getCurrencyCode().equals(dunningCase.currency()))
                .map(open -> open.amount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
