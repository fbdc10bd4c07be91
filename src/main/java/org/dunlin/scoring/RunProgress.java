package org.dunlin.scoring;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Shows how far a step of the daily run is: to programs while it runs, in the log every few seconds, and as variables of its process
 * instance when it has ended.
 */
@Component
class RunProgress {

    private static final Logger log = LoggerFactory.getLogger(RunProgress.class);

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    private final Map<String, Map<String, Integer>> underWay = new ConcurrentHashMap<>();

    /** What this node has reached in a run, by the names in {@link DailyRunProcess}; empty where none of its steps is at work here. */
    Map<String, Integer> reached(String instance) {
        return Map.copyOf(underWay.getOrDefault(instance, Map.of()));
    }

    /**
     * Does the work of a step and shows how far it is.
     *
     * @param total variable that says how many there are to do
     * @param done  variable that says how many are done
     * @param work  told where to say how far it is
     * @return what the work gave
     */
    <T> T during(DelegateExecution step, String total, String done, Function<Progress, T> work) {
        Shown progress = new Shown(step, total, done);
        try {
            T result = work.apply(progress);
            progress.keep();
            return result;
        } finally {
            underWay.remove(step.getProcessInstanceId());
        }
    }

    private final class Shown implements Progress {

        private final DelegateExecution step;
        private final String total;
        private final String done;
        // How long it takes is a matter of the machine's time and not of the product's clock, which may stand still.
        private final long began = System.nanoTime();
        private long logged = began;
        private Map<String, Integer> counts = Map.of();

        Shown(DelegateExecution step, String total, String done) {
            this.step = step;
            this.total = total;
            this.done = done;
        }

        @Override
        public void reached(int doneSoFar, int ofTotal) {
            counts = Map.of(total, ofTotal, done, doneSoFar);
            underWay.put(step.getProcessInstanceId(), counts);
            long now = System.nanoTime();
            if (now - logged >= BETWEEN_LINES.toNanos()) {
                log.info(
                        "{}: {} of {} customers after {} s",
                        step.getCurrentActivityName(),
                        doneSoFar,
                        ofTotal,
                        (now - began) / 1_000_000_000);
                logged = now;
            }
        }

        /** With the transaction of the step; before its end they could not be written without getting in its way. */
        private void keep() {
            counts.forEach(step::setVariable);
        }
    }
}
