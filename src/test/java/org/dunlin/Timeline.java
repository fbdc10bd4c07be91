package org.dunlin;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.dunlin.platform.clock.DunlinClock;
import org.dunlin.platform.engine.Worker;
import org.springframework.boot.test.context.TestComponent;

/**
 * Lets days pass: every weekday at 6 the daily run, then whatever falls due, in order of its time, then the workers. The clock
 * always stands at the time at which something happens.
 */
@TestComponent
public class Timeline {

    public static final ZoneId AMSTERDAM = ZoneId.of("Europe/Amsterdam");
    /** More often than this a job does not fail without using up its retries, but for reasons that time does not heal. */
    private static final int MOST_FAILURES = 20;

    private static final LocalTime DAILY_RUN = LocalTime.of(6, 0);
    private static final LocalTime EVENING = LocalTime.of(18, 0);

    private final DunlinClock clock;
    private final ManagementService management;
    private final RuntimeService runtime;
    private final List<Worker> workers;

    Timeline(DunlinClock clock, ManagementService management, RuntimeService runtime, List<Worker> workers) {
        this.clock = clock;
        this.management = management;
        this.runtime = runtime;
        this.workers = workers;
    }

    /** Begins on the evening of that day; nothing runs yet. */
    public void startOn(LocalDate day) {
        clock.freezeAt(day.atTime(EVENING).atZone(AMSTERDAM).toInstant());
    }

    /** To the evening of that day. */
    public void passUntil(LocalDate day) {
        while (today().isBefore(day)) {
            passDay();
        }
    }

    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), AMSTERDAM);
    }

    /** The next day, until its evening. */
    public void passDay() {
        LocalDate day = today().plusDays(1);
        runUntil(day.atTime(DAILY_RUN).atZone(AMSTERDAM).toInstant());
        if (day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY) {
            runtime.startProcessInstanceByMessage("scoring.dailyRunRequested");
        }
        runUntil(day.atTime(EVENING).atZone(AMSTERDAM).toInstant());
    }

    /** Everything due now, without moving the clock. */
    public void settleDown() {
        runUntil(clock.instant());
    }

    private void runUntil(Instant target) {
        Map<String, Integer> failures = new HashMap<>();
        while (true) {
            work();
            Optional<Job> next = nextJob(target);
            if (next.isEmpty()) {
                break;
            }
            Date due = next.get().getDuedate();
            if (due != null && due.toInstant().isAfter(clock.instant())) {
                clock.freezeAt(due.toInstant());
            }
            try {
                management.executeJob(next.get().getId());
            } catch (RuntimeException e) {
                // The engine has counted the failure down; without retries the job is an incident and no longer ours.
                org.slf4j.LoggerFactory.getLogger(Timeline.class).info("Job failed: {}", e.toString());
                if (failures.merge(next.get().getId(), 1, Integer::sum) > MOST_FAILURES) {
                    throw e;
                }
            }
        }
        clock.freezeAt(target);
        work();
    }

    private Optional<Job> nextJob(Instant target) {
        return management.createJobQuery().active().withRetriesLeft().list().stream()
                .filter(job -> job.getProcessInstanceId() != null)
                .filter(job -> job.getDuedate() == null
                        || !job.getDuedate().toInstant().isAfter(target))
                .min(java.util.Comparator.comparing(
                        job -> job.getDuedate() == null ? Date.from(Instant.EPOCH) : job.getDuedate()));
    }

    private void work() {
        boolean busy = true;
        while (busy) {
            busy = false;
            for (Worker worker : workers) {
                busy |= worker.runOnce() > 0;
            }
        }
    }
}
