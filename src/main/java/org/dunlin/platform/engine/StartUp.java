package org.dunlin.platform.engine;

import java.util.List;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Runs every {@link StartUpStep} once, in order, before engine, workers and web server start. */
@Component
class StartUp implements SmartLifecycle {

    static final int PHASE = 0;

    private final List<StartUpStep> steps;
    private volatile boolean done;

    StartUp(List<StartUpStep> steps) {
        this.steps = steps;
    }

    @Override
    public void start() {
        steps.forEach(StartUpStep::run);
        done = true;
    }

    @Override
    public void stop() {
        done = false;
    }

    @Override
    public boolean isRunning() {
        return done;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
