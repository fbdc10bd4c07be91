package org.dunlin.dunning;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.dunlin.dunning.LeftOut.Step;
import org.dunlin.dunning.engine.DunningCaseProcess;
import org.dunlin.dunning.engine.HoldProcesses;
import org.dunlin.platform.database.Outage;
import org.dunlin.platform.engine.Collision;
import org.dunlin.platform.engine.EngineBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.retry.support.RetryTemplate;
import org.springframework.stereotype.Component;

/** The one place that starts dunning processes and sends them messages. */
@Component
class DunningProcesses {

    private static final Logger log = LoggerFactory.getLogger(DunningProcesses.class);

    /** Frames that hear of something in one engine command. */
    private static final int BATCH = 100;

    private final RuntimeService runtime;
    private final EngineBatch batch;
    private final DunningCases cases;
    private final JdbcClient jdbc;
    private final LeftOut leftOut;
    private final RetryTemplate retry = RetryTemplate.builder()
            .maxAttempts(5)
            .exponentialBackoff(20, 2, 500)
            .retryOn(Collision::caused)
            .build();

    DunningProcesses(RuntimeService runtime, EngineBatch batch, DunningCases cases, JdbcClient jdbc, LeftOut leftOut) {
        this.runtime = runtime;
        this.batch = batch;
        this.cases = cases;
        this.jdbc = jdbc;
        this.leftOut = leftOut;
    }

    /**
     * Starts the frame of each case, all in one engine command and in the caller's transaction.
     *
     * @param numbers case number by case id
     * @return process instance id by case id
     */
    Map<Long, String> startCases(Map<Long, String> numbers) {
        return batch.call(() -> {
            Map<Long, String> instances = new LinkedHashMap<>();
            numbers.forEach((id, number) -> instances.put(
                    id,
                    runtime.startProcessInstanceByKey(
                                    DunningCaseProcess.KEY, number, Variables.putValue(DunningCaseProcess.CASE_ID, id))
                            .getProcessInstanceId()));
            return instances;
        });
    }

    /** Starts the process of a hold, in the caller's transaction. */
    void startHold(Hold hold, String businessKey, Map<String, Object> variables) {
        batch.run(() -> keep(
                hold,
                runtime.startProcessInstanceByKey(
                        HoldProcesses.key(hold.kind()), businessKey, variables(hold, variables))));
    }

    /**
     * Starts the process of a hold anew at a later step than its first, in the caller's transaction.
     *
     * @param step id of the step
     */
    void startHoldAt(Hold hold, String step, String businessKey, Map<String, Object> variables) {
        batch.run(() -> keep(
                hold,
                runtime.createProcessInstanceByKey(HoldProcesses.key(hold.kind()))
                        .businessKey(businessKey)
                        .setVariables(variables(hold, variables))
                        .startBeforeActivity(step)
                        .execute()));
    }

    private static VariableMap variables(Hold hold, Map<String, Object> others) {
        return Variables.fromMap(others)
                .putValue(HoldProcesses.HOLD_ID, hold.id())
                .putValue(HoldProcesses.CUSTOMER_ID, hold.customerId());
    }

    private void keep(Hold hold, ProcessInstance instance) {
        jdbc.sql("update hold set process_instance_id = :instance where id = :id")
                .param("instance", instance.getProcessInstanceId())
                .param("id", hold.id())
                .update();
    }

    /** Writes whose the holds are into their processes, in a transaction of its own. */
    void holdsBelongTo(Map<String, Long> customersByInstance) {
        batch.runInNewTransaction(() -> customersByInstance.forEach(
                (instance, customer) -> runtime.setVariable(instance, HoldProcesses.CUSTOMER_ID, customer)));
    }

    /** Ends the processes of holds that are over, in the caller's transaction; one that has ended before is no harm. */
    void endHolds(List<Hold> holds) {
        batch.run(() -> holds.stream()
                .map(Hold::processInstanceId)
                .filter(Objects::nonNull)
                .filter(instance -> runtime.createExecutionQuery()
                                .processInstanceId(instance)
                                .messageEventSubscriptionName(HoldProcesses.MESSAGE_HOLD_OVER)
                                .count()
                        > 0)
                .forEach(instance -> runtime.createMessageCorrelation(HoldProcesses.MESSAGE_HOLD_OVER)
                        .processInstanceId(instance)
                        .correlate()));
    }

    /** A running case and the instance of its frame. */
    record RunningCase(long caseId, String processInstanceId) {}

    /**
     * Sends a message to the frames of cases: a batch together if that works, else one by one, so that one bad case stops only itself. In
     * transactions of its own, because the ledger's is over and a daily run's must not be joined; under the locks of the cases, so that
     * several who have something to tell come one after the other.
     *
     * @return those that were there to hear it
     */
    List<RunningCase> tell(String message, List<RunningCase> frames) {
        List<RunningCase> heard = new ArrayList<>();
        for (int from = 0; from < frames.size(); from += BATCH) {
            heard.addAll(tellTogether(message, frames.subList(from, Math.min(from + BATCH, frames.size()))));
        }
        return heard;
    }

    private List<RunningCase> tellTogether(String message, List<RunningCase> frames) {
        try {
            tellAll(message, frames);
            return frames;
        } catch (RuntimeException e) {
            log.debug("Telling {} cases together failed, now one by one", frames.size(), e);
        }
        List<RunningCase> heard = new ArrayList<>();
        for (RunningCase one : frames) {
            try {
                retry.execute(context -> {
                    tellAll(message, List.of(one));
                    return true;
                });
                heard.add(one);
            } catch (MismatchingMessageCorrelationException e) {
                log.debug("Case {} had ended before, or did not wait for {}", one.caseId(), message);
                if (isSuspended(one.processInstanceId())) {
                    leftOut.ofCase(Step.TELL_CASE, one.caseId(), "Its process is suspended");
                }
            } catch (RuntimeException e) {
                log.error("Case {} could not be told {}; the next daily run tries again", one.caseId(), message, e);
                leaveOut(Step.TELL_CASE, one.caseId(), e);
            }
        }
        return heard;
    }

    private void leaveOut(Step step, long caseId, RuntimeException why) {
        if (!Outage.caused(why)) {
            leftOut.ofCase(step, caseId, LeftOut.reason(why));
        }
    }

    /** Whoever is suspended hears nothing. */
    private boolean isSuspended(String processInstanceId) {
        return runtime.createProcessInstanceQuery()
                        .processInstanceId(processInstanceId)
                        .suspended()
                        .count()
                > 0;
    }

    /**
     * Makes these cases leave their ladder: together if that works, else one by one, so that one bad case stops only itself. In
     * transactions of its own, like {@link #tell}.
     *
     * @param free locks the cases and names the process instances of those that may leave now, in the transaction in which they do
     * @return how many were on a ladder and left it
     */
    int leaveLadders(List<Long> caseIds, Function<List<Long>, List<String>> free) {
        try {
            return leave(caseIds, free);
        } catch (RuntimeException e) {
            log.debug("Moving {} cases together failed, now one by one", caseIds.size(), e);
        }
        int left = 0;
        for (Long one : caseIds) {
            try {
                left += retry.execute(context -> leave(List.of(one), free));
            } catch (RuntimeException e) {
                log.error("Case {} could not leave its ladder; the next daily run tries again", one, e);
                leaveOut(Step.CHANGE_LADDER, one, e);
            }
        }
        return left;
    }

    private int leave(List<Long> caseIds, Function<List<Long>, List<String>> free) {
        return batch.callInNewTransaction(
                () -> free.apply(caseIds).stream().mapToInt(this::leaveLadder).sum());
    }

    /** A case that is not on a ladder at this moment does not hear it. */
    private int leaveLadder(String processInstanceId) {
        return runtime.createMessageCorrelation(DunningCaseProcess.MESSAGE_LADDER_CHANGED)
                .processInstanceId(processInstanceId)
                .correlateAllWithResult()
                .size();
    }

    private void tellAll(String message, List<RunningCase> frames) {
        batch.runInNewTransaction(() -> {
            cases.lock(frames.stream().map(RunningCase::caseId).toList());
            frames.forEach(one -> runtime.createMessageCorrelation(message)
                    .processInstanceId(one.processInstanceId())
                    .correlate());
        });
    }

    /** Ends the process and everything it has called, if it still runs. */
    void end(String processInstanceId, String reason) {
        runtime.deleteProcessInstanceIfExists(processInstanceId, reason, true, true, true, false);
    }

    /**
     * Activates the frame and everything it has called.
     *
     * @return whether anything was suspended
     */
    boolean activate(String frame) {
        List<ProcessInstance> suspended = runtime.createProcessInstanceQuery()
                .rootProcessInstanceId(frame)
                .suspended()
                .list();
        suspended.forEach(instance -> runtime.activateProcessInstanceById(instance.getId()));
        return !suspended.isEmpty();
    }
}
