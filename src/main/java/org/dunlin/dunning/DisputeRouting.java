package org.dunlin.dunning;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.dunlin.platform.models.DecisionResult;
import org.dunlin.platform.models.Decisions;
import org.dunlin.platform.security.Groups;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Which department solves a dispute, and in what time: decision table {@code disputeDepartment}. */
@Service
public class DisputeRouting {

    private static final Set<String> GROUPS = Set.copyOf(Groups.WITH_TASKS);

    private final Holds holds;
    private final CustomerStanding standing;
    private final HoldDays days;
    private final Decisions decisions;

    DisputeRouting(Holds holds, CustomerStanding standing, HoldDays days, Decisions decisions) {
        this.holds = holds;
        this.standing = standing;
        this.days = days;
        this.decisions = decisions;
    }

    /**
     * @param group       candidate group of the task
     * @param workingDays until a senior collector decides
     */
    public record Route(String group, int workingDays) {}

    /** @throws IllegalStateException when the table names a group that does not exist, or no number of days */
    public Route route(long holdId) {
        Hold dispute = holds.get(holdId);
        Map<String, @Nullable Object> inputs =
                new HashMap<>(CustomerStanding.inputs(standing.current(dispute.customerId(), days.today(dispute))));
        inputs.put("reason", dispute.reason());
        DecisionResult result = decisions.evaluate("disputeDepartment", inputs);
        String group = result.text("department");
        if (!GROUPS.contains(group)) {
            throw new IllegalStateException(
                    "Decision disputeDepartment answers '" + group + "'; it must be one of " + GROUPS);
        }
        return new Route(group, Integer.parseInt(result.text("workingDays")));
    }
}
