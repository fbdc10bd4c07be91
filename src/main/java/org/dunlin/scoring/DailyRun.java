package org.dunlin.scoring;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ActivityInstance;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.runtime.TransitionInstance;
import org.dunlin.platform.engine.EngineBatch;
import org.springframework.stereotype.Component;

/** The run that brings everything up to date each working morning. */
@Component
public class DailyRun {

    private final RuntimeService runtime;
    private final EngineBatch engine;
    private final RunProgress progress;

    DailyRun(RuntimeService runtime, EngineBatch engine, RunProgress progress) {
        this.progress = progress;
        this.runtime = runtime;
        this.engine = engine;
    }

    /**
     * A run that has not ended.
     *
     * @param id     of the process instance
     * @param steps  names of the steps it is at, as the model has them
     * @param counts how much is to do and was done, by the names in {@link DailyRunProcess}
     */
    public record UnderWay(String id, List<String> steps, Map<String, Integer> counts) {}

    /** Runs that have not ended, whoever asks. */
    public List<UnderWay> underWay() {
        return engine.call(
                () -> runtime.createProcessInstanceQuery().processDefinitionKey(DailyRunProcess.KEY).list().stream()
                        .map(ProcessInstance::getId)
                        .map(id -> new UnderWay(id, steps(id), counts(id)))
                        .toList());
    }

    private List<String> steps(String run) {
        ActivityInstance at = runtime.getActivityInstance(run);
        return at == null
                ? List.of()
                : Stream.concat(
                                Arrays.stream(at.getChildActivityInstances()).map(ActivityInstance::getActivityName),
                                // A step that is about to begin, or has begun and not been committed.
                                Arrays.stream(at.getChildTransitionInstances())
                                        .map(TransitionInstance::getActivityName))
                        .toList();
    }

    private Map<String, Integer> counts(String run) {
        Map<String, Integer> counts = new TreeMap<>();
        runtime.createVariableInstanceQuery().processInstanceIdIn(run).list().forEach(variable -> {
            if (variable.getValue() instanceof Integer count) {
                counts.put(variable.getName(), count);
            }
        });
        counts.putAll(progress.reached(run));
        return counts;
    }

    /**
     * Starts a run now, beside the clock's own; harmless when one was made today already.
     *
     * @return id of the process instance
     */
    public String requestNow() {
        return runtime.startProcessInstanceByMessage(DailyRunProcess.REQUESTED).getId();
    }
}
