package org.dunlin.platform.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.spring.components.jobexecutor.SpringJobExecutor;
import org.dunlin.platform.DunlinProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.stereotype.Component;

/**
 * Lets the engine and our workers run: after start-up has put models and users in place, and until shutdown begins. Can be
 * paused, so that whoever moves the clock finds everything at rest.
 */
@Component
public class EngineRunner implements SmartLifecycle {

    /** After {@link StartUp}, before the web server. */
    static final int PHASE = StartUp.PHASE + 100;

    private static final Logger log = LoggerFactory.getLogger(EngineRunner.class);

    private final ProcessEngineConfigurationImpl engine;
    private final List<Worker> workers;
    private final boolean enabled;
    private final List<Thread> threads = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wake = lock.newCondition();
    private volatile boolean running;

    EngineRunner(ProcessEngineConfigurationImpl engine, List<Worker> workers, DunlinProperties properties) {
        this.engine = engine;
        this.workers = workers;
        this.enabled = properties.jobExecutor();
    }

    @Override
    public void start() {
        running = true;
        if (enabled) {
            resume();
        }
    }

    @Override
    public void stop() {
        running = false;
        pause();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /** Waits until nothing runs any more; what is in progress is finished first. */
    public synchronized void pause() {
        JobExecutor executor = engine.getJobExecutor();
        if (executor.isActive()) {
            executor.shutdown();
        }
        awaitJobsInProgress(executor);
        lock.lock();
        List<Thread> stopping;
        try {
            stopping = List.copyOf(threads);
            threads.clear();
            wake.signalAll();
        } finally {
            lock.unlock();
        }
        for (Thread thread : stopping) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** The executor's shutdown ends the acquisition of jobs, but not those that already run in its pool. */
    private static void awaitJobsInProgress(JobExecutor executor) {
        if (executor instanceof SpringJobExecutor spring
                && spring.getTaskExecutor() instanceof ThreadPoolTaskExecutor pool) {
            while (pool.getActiveCount() > 0 || pool.getQueueSize() > 0) {
                try {
                    TimeUnit.MILLISECONDS.sleep(10);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    /** Goes on after {@link #pause()}; not after shutdown has begun. */
    public synchronized void resume() {
        if (!running) {
            return;
        }
        JobExecutor executor = engine.getJobExecutor();
        if (!executor.isActive()) {
            executor.start();
        }
        lock.lock();
        try {
            if (threads.isEmpty()) {
                for (Worker worker : workers) {
                    Thread thread = new Thread(
                            () -> work(worker), "worker-" + worker.getClass().getSimpleName());
                    threads.add(thread);
                    thread.start();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    public boolean isEnabled() {
        return enabled;
    }

    private void work(Worker worker) {
        while (mayRun()) {
            int handled = 0;
            try {
                handled = worker.runOnce();
            } catch (RuntimeException e) {
                // The next round may succeed (database restarted, mail server back): a worker never dies.
                log.error("Worker {} failed; it goes on", worker.getClass().getSimpleName(), e);
            }
            if (handled == 0) {
                rest(worker);
            }
        }
    }

    private boolean mayRun() {
        lock.lock();
        try {
            return threads.contains(Thread.currentThread());
        } finally {
            lock.unlock();
        }
    }

    private void rest(Worker worker) {
        lock.lock();
        try {
            if (threads.contains(Thread.currentThread())) {
                boolean woken = wake.await(worker.pollInterval().toMillis(), TimeUnit.MILLISECONDS);
                log.trace("Woken: {}", woken);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
