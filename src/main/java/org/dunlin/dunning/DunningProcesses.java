package org.dunlin.dunning;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
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

    /**
     * Makes these cases leave their ladder: together if that works, else one by one, so that one bad case stops only itself. In
     * transactions of its own, like {@link #settle}.
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

    private void tellSettled(SettledCase settled) {
        runtime.createMessageCorrelation(DunningCaseProcess.MESSAGE_SETTLED)
                .processInstanceId(settled.processInstanceId())
                .correlate();
    }
}
