package org.dunlin.dunning;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dunlin.dunning.Hold.Expected;
import org.dunlin.dunning.Hold.Kind;
import org.dunlin.dunning.LeftOut.Step;
import org.dunlin.dunning.engine.DisputeResult;
import org.dunlin.dunning.engine.HoldProcesses;
import org.dunlin.platform.database.Outage;
import org.dunlin.platform.engine.EngineBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Holds whose process is gone, because somebody deleted it in Cockpit: nothing would ever end them, and what they hold would
 * never be followed up. Each gets a new process at the step that its table says it had come to; the customer hears nothing twice.
 */
@Service
public class HoldRescue {

    private static final Logger log = LoggerFactory.getLogger(HoldRescue.class);

    private final JdbcClient jdbc;
    private final Holds holds;
    private final DisputeRouting routing;
    private final DunningProcesses processes;
    private final Repairs repairs;
    private final LeftOut leftOut;
    private final EngineBatch engine;

    HoldRescue(
            JdbcClient jdbc,
            Holds holds,
            DisputeRouting routing,
            DunningProcesses processes,
            Repairs repairs,
            LeftOut leftOut,
            EngineBatch engine) {
        this.jdbc = jdbc;
        this.holds = holds;
        this.routing = routing;
        this.processes = processes;
        this.repairs = repairs;
        this.leftOut = leftOut;
        this.engine = engine;
    }

    /**
     * Starts what is missing; each hold in a transaction of its own, so that a bad one stops only itself.
     *
     * @return how many were started; fewer than the limit means that none are left, or that they cannot be
     */
    public int reconcile(int limit) {
        List<Long> lost = jdbc.sql(
                        """
                        select h.id from hold h
                        where h.state = 'ACTIVE'
                          and not exists (select 1 from act_ru_execution e where e.id_ = h.process_instance_id)
                        order by h.id limit :limit
                        """)
                .param("limit", limit)
                .query(Long.class)
                .list();
        return lost.stream().mapToInt(this::startAgain).sum();
    }

    private int startAgain(long holdId) {
        try {
            return engine.callInNewTransaction(() -> {
                if (!isStillLost(holdId)) {
                    return 0;
                }
                Hold hold = holds.get(holdId);
                start(hold);
                repairs.note(
                        "holdStartedAgain",
                        holds.caseOf(hold).map(Holds.CaseOf::id).orElse(null),
                        "Hold %s had lost its process; started again".formatted(hold.number()));
                return 1;
            });
        } catch (RuntimeException e) {
            if (Outage.caused(e)) {
                throw e;
            }
            log.error(
                    "Hold {} has lost its process and could not get another; the next daily run tries again",
                    holdId,
                    e);
            leftOut.hold(Step.START_HOLD, holdId, LeftOut.reason(e));
            return 0;
        }
    }

    /** Keeps another node from doing the same. */
    private boolean isStillLost(long holdId) {
        return jdbc.sql(
                        """
                        select not exists (select 1 from act_ru_execution e where e.id_ = h.process_instance_id)
                        from hold h where h.id = :id and h.state = 'ACTIVE' for update skip locked
                        """)
                .param("id", holdId)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    private void start(Hold hold) {
        Map<String, Object> variables = new HashMap<>();
        variables.put(HoldProcesses.PLAN_AGREED, hold.course().agreedAt() != null);
        Expected expected = hold.course().expected();
        if (expected != null) {
            DisputeResult result = DisputeResult.of(expected);
            DisputeRouting.Route route = routing.route(hold.id());
            variables.put(HoldProcesses.DISPUTE_RESULT, result.key());
            variables.put(HoldProcesses.NOTICE, result.notice());
            variables.put(HoldProcesses.DEPARTMENT, route.group());
            variables.put(HoldProcesses.WORKING_DAYS, route.workingDays());
        }
        String businessKey = holds.businessKey(hold);
        step(hold)
                .ifPresentOrElse(
                        step -> processes.startHoldAt(hold, step, businessKey, variables),
                        () -> processes.startHold(hold, businessKey, variables));
    }

    /** Where it had come to; nothing when it begins at its start. */
    private static Optional<String> step(Hold hold) {
        boolean told = hold.course().toldAt() != null;
        if (hold.kind() == Kind.DISPUTE && hold.course().expected() != null) {
            return Optional.of(told ? HoldProcesses.WAIT_FOR_BOOKING : HoldProcesses.TELL_CUSTOMER);
        }
        if (hold.kind() == Kind.PLAN && hold.course().agreedAt() != null) {
            return Optional.of(told ? HoldProcesses.WAIT_FOR_INSTALMENT : HoldProcesses.CONFIRM_PLAN);
        }
        return Optional.empty();
    }
}
