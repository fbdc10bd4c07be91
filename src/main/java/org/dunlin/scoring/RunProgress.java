package org.dunlin.scoring;

import java.time.Duration;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.dunlin.platform.engine.EngineBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Shows how far a step of the daily run is: as variables of its process instance, which Cockpit shows, and in the log. They are
 * written in commands of their own while the step's own transaction is still under way, and by nobody else: the step itself must not
 * set them, because it does not know yet that they exist.
 */
@Component
class RunProgress {

    private static final Logger log = LoggerFactory.getLogger(RunProgress.class);

    /** Each write leaves a row in the engine's history. */
    private static final Duration BETWEEN_WRITES = Duration.ofSeconds(1);

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    private final RuntimeService runtime;
    private final EngineBatch engine;

    RunProgress(RuntimeService runtime, EngineBatch engine) {
        this.runtime = runtime;
        this.engine = engine;
    }

    /**
     * @param total variable that says how many there are to do
     * @param done  variable that says how many are done
     */
    Progress of(DelegateExecution step, String total, String done) {
        return new Shown(step.getProcessInstanceId(), step.getCurrentActivityName(), total, done);
    }

    private final class Shown implements Progress {

        private final String instance;
        private final String step;
        private final String total;
        private final String done;
        // How long it takes is a matter of the machine's time and not of the product's clock, which may stand still.
        private final long began = System.nanoTime();
        private long written;
        private long logged = began;
        private boolean first = true;

        Shown(String instance, String step, String total, String done) {
            this.instance = instance;
            this.step = step;
            this.total = total;
            this.done = done;
        }

        @Override
        public void reached(int doneSoFar, int ofTotal) {
            long now = System.nanoTime();
            boolean last = doneSoFar >= ofTotal;
            if (first || last || now - written >= BETWEEN_WRITES.toNanos()) {
                write(doneSoFar, ofTotal);
                written = now;
                first = false;
            }
            if (now - logged >= BETWEEN_LINES.toNanos()) {
                log.info("{}: {} of {} customers after {} s", step, doneSoFar, ofTotal, (now - began) / 1_000_000_000);
                logged = now;
            }
        }

        private void write(int doneSoFar, int ofTotal) {
            try {
                engine.runInNewTransaction(
                        () -> runtime.setVariables(instance, Map.of(total, ofTotal, done, doneSoFar)));
            } catch (RuntimeException e) {
                // Nobody sees how far it is, but it goes on.
                log.debug("Progress of {} cannot be shown", instance, e);
            }
        }
    }
}
