package org.dunlin.scoring;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
     * @param total variable that says how many there are to do
     * @param done  variable that says how many are done
     */
    Progress of(DelegateExecution step, String total, String done) {
        return new Shown(step, total, done);
    }

    private final class Shown implements Progress {

        private final DelegateExecution step;
        private final String total;
        private final String done;
        // How long it takes is a matter of the machine's time and not of the product's clock, which may stand still.
        private final long began = System.nanoTime();
        private long logged = began;

        Shown(DelegateExecution step, String total, String done) {
            this.step = step;
            this.total = total;
            this.done = done;
        }

        @Override
        public void reached(int doneSoFar, int ofTotal) {
            long now = System.nanoTime();
            String instance = step.getProcessInstanceId();
            if (doneSoFar >= ofTotal) {
                underWay.remove(instance);
                step.setVariable(total, ofTotal);
                step.setVariable(done, doneSoFar);
            } else {
                underWay.put(instance, Map.of(total, ofTotal, done, doneSoFar));
            }
            if (now - logged >= BETWEEN_LINES.toNanos()) {
                log.info("{}: {} of {} customers after {} s", step.getCurrentActivityName(), doneSoFar, ofTotal, (now - began) / 1_000_000_000);
                logged = now;
            }
        }
    }
}
