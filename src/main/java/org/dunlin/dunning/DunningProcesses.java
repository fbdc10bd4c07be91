package org.dunlin.dunning;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.variable.Variables;
import org.dunlin.dunning.Settlement.SettledCase;
import org.dunlin.dunning.engine.DunningCaseProcess;
import org.dunlin.platform.engine.EngineBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.retry.support.RetryTemplate;
import org.springframework.stereotype.Component;

/** The one place that starts dunning processes and sends them messages. */
@Component
class DunningProcesses {

    private static final Logger log = LoggerFactory.getLogger(DunningProcesses.class);

    private final RuntimeService runtime;
    private final EngineBatch batch;
    private final RetryTemplate retry = RetryTemplate.builder()
            .maxAttempts(5)
            .exponentialBackoff(20, 2, 500)
            .retryOn(OptimisticLockingException.class)
            .build();

    DunningProcesses(RuntimeService runtime, EngineBatch batch) {
        this.runtime = runtime;
        this.batch = batch;
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

    /**
     * Tells the frames that their case is settled: together if that works, else one by one, so that one bad case stops only
     * itself. In transactions of its own, because the ledger's is over and a daily run's must not be joined.
     *
     * @return how many were there to hear it
     */
    int settle(List<SettledCase> settled) {
        try {
            batch.runInNewTransaction(() -> settled.forEach(this::tellSettled));
            return settled.size();
        } catch (RuntimeException e) {
            log.debug("Settling {} cases together failed, now one by one", settled.size(), e);
        }
        int heard = 0;
        for (SettledCase one : settled) {
            try {
                retry.execute(context -> {
                    batch.runInNewTransaction(() -> tellSettled(one));
                    return true;
                });
                heard++;
            } catch (MismatchingMessageCorrelationException e) {
                log.debug("Case {} had ended before", one.caseId());
            } catch (RuntimeException e) {
                log.error("Case {} is settled but could not be ended; the next daily run tries again", one.caseId(), e);
            }
        }
        return heard;
    }

    private void tellSettled(SettledCase settled) {
        runtime.createMessageCorrelation(DunningCaseProcess.MESSAGE_SETTLED)
                .processInstanceId(settled.processInstanceId())
                .correlate();
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
