package org.dunlin.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.externaltask.ExternalTask;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.runtime.Job;
import org.dunlin.platform.clock.ClockSetting;
import org.dunlin.platform.clock.DunlinClock;
import org.dunlin.platform.engine.EngineRunner;
import org.dunlin.platform.engine.Worker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Moves the clock forward from one due instant to the next, so that everything happens in order and at its own time: a timer
 * of Tuesday morning fires on Tuesday morning, before anything of Wednesday. Job executor and workers stand still meanwhile;
 * their work is done here, on the caller's thread. Works with the job executor switched off, too.
 */
@Component
public class TimeMachine {

    /** Workers look around once a day at least, due jobs or not, and before the daily run. */
    private static final LocalTime MORNING = LocalTime.of(5, 0);

    /** When the last day of a journey in days is over. */
    private static final LocalTime EVENING = LocalTime.of(18, 0);

    /** A job that fails more often than this at one instant, without using up its retries, waits for the next instant. */
    private static final int ATTEMPTS_AT_ONE_INSTANT = 5;

    /** Far more than a full day's work takes: whoever still has something to do then does not come to an end. */
    private static final int ROUNDS_AT_ONE_INSTANT = 10_000;

    private static final int PAGE = 200;

    private static final Logger log = LoggerFactory.getLogger(TimeMachine.class);

    private final DunlinClock clock;
    private final ClockSetting setting;
    private final EngineRunner runner;
    private final List<Worker> workers;
    private final ManagementService management;
    private final ExternalTaskService externalTasks;
    private final IdentityService identity;
    private final DayFigures figures;
    private final ReentrantLock underway = new ReentrantLock();
    private volatile boolean closing;

    TimeMachine(
            DunlinClock clock,
            ClockSetting setting,
            EngineRunner runner,
            List<Worker> workers,
            ManagementService management,
            ExternalTaskService externalTasks,
            IdentityService identity,
            DayFigures figures) {
        this.clock = clock;
        this.setting = setting;
        this.runner = runner;
        this.workers = workers;
        this.management = management;
        this.externalTasks = externalTasks;
        this.identity = identity;
        this.figures = figures;
    }

    /**
     * Moves to the same time of day some days later, or to the evening of that day where that is later, so that its working
     * hours have passed.
     *
     * @param days 1 or more
     * @throws IllegalArgumentException for less than one day
     * @throws ClockUnderwayException   when the clock is being moved already
     */
    public Journey moveDays(int days) {
        if (days < 1) {
            throw new IllegalArgumentException("At least one day, not " + days);
        }
        return move(start -> {
            OffsetDateTime later = start.atOffset(ZoneOffset.UTC).plusDays(days);
            OffsetDateTime evening = later.with(EVENING);
            return (evening.isAfter(later) ? evening : later).toInstant();
        });
    }

    /**
     * Moves to an instant; everything that is due until then, that instant included, has happened afterwards.
     *
     * @throws IllegalArgumentException when the clock is past that instant
     * @throws ClockUnderwayException   when the clock is being moved already
     */
    public Journey moveTo(Instant target) {
        return move(start -> {
            if (target.isBefore(start)) {
                throw new IllegalArgumentException("The clock cannot go back from " + start + " to " + target);
            }
            return target;
        });
    }

    /** Does everything that is due now, and what follows from it at once, without moving the clock. */
    public Journey catchUp() {
        return move(start -> start);
    }

    private Journey move(UnaryOperator<Instant> targetFrom) {
        if (!underway.tryLock()) {
            throw new ClockUnderwayException();
        }
        // What the engine does by itself, it does for nobody in particular.
        Authentication caller = identity.getCurrentAuthentication();
        try {
            identity.clearAuthentication();
            runner.pause();
            Instant start = clock.instant();
            return travel(start, targetFrom.apply(start));
        } finally {
            if (runner.isEnabled()) {
                runner.resume();
            }
            identity.setAuthentication(caller);
            underway.unlock();
        }
    }

    @EventListener(ContextClosedEvent.class)
    void close() {
        closing = true;
    }

    private Journey travel(Instant start, Instant target) {
        boolean running = !clock.standsStill();
        long keptSeconds = 0;
        List<Journey.Day> days = new ArrayList<>();
        DayFigures.Totals before = figures.totals();
        try {
            clock.freezeAt(start);
            settle();
            while (clock.instant().isBefore(target) && !closing) {
                Instant next = next(clock.instant(), target);
                if (!date(next).equals(date(clock.instant()))) {
                    before = endOfDay(before, days, !date(clock.instant()).equals(date(start)));
                }
                if (running) {
                    // Kept ahead of the work, so that a restart never finds the ledger in its future.
                    long seconds = Duration.between(start, next).plusMillis(999).toSeconds();
                    setting.moveBy(Duration.ofSeconds(seconds - keptSeconds));
                    keptSeconds = seconds;
                }
                clock.freezeAt(next);
                settle();
            }
            endOfDay(before, days, true);
            return new Journey(start, clock.instant(), days);
        } finally {
            if (running) {
                clock.runFrom(clock.instant());
            }
        }
    }

    private DayFigures.Totals endOfDay(DayFigures.Totals before, List<Journey.Day> days, boolean evenIfQuiet) {
        DayFigures.Totals after = figures.totals();
        Journey.Day day = after.since(before, date(clock.instant()));
        if (evenIfQuiet || !day.quiet()) {
            days.add(day);
        }
        return after;
    }

    /** The next instant at which something may happen. */
    private Instant next(Instant now, Instant target) {
        Stream<Instant> timers = management
                .createJobQuery()
                .active()
                .withRetriesLeft()
                .duedateHigherThan(Date.from(now))
                .orderByJobDuedate()
                .asc()
                .listPage(0, 1)
                .stream()
                .map(job -> job.getDuedate().toInstant());
        Stream<Instant> timeouts = externalTasks
                .createExternalTaskQuery()
                .active()
                .withRetriesLeft()
                .locked()
                .orderByLockExpirationTime()
                .asc()
                .listPage(0, 1)
                .stream()
                .map(ExternalTask::getLockExpirationTime)
                // A lock is over only after its last instant.
                .map(end -> end.toInstant().plusMillis(1));
        Instant today = now.truncatedTo(ChronoUnit.DAYS).plus(MORNING.toSecondOfDay(), ChronoUnit.SECONDS);
        Instant morning = today.isAfter(now) ? today : today.plus(1, ChronoUnit.DAYS);
        Stream<Instant> paces = workers.stream().flatMap(worker -> worker.goesOnAt().stream());
        return Stream.of(timers, timeouts, paces, Stream.of(morning, target))
                .flatMap(instants -> instants)
                .filter(now::isBefore)
                .min(Comparator.naturalOrder())
                .orElse(target);
    }

    /** Everything that is due now, and what follows from it at once, until nothing is left. */
    private void settle() {
        Map<String, Integer> failures = new HashMap<>();
        boolean worked = true;
        for (int round = 0; worked && !closing; round++) {
            if (round == ROUNDS_AT_ONE_INSTANT) {
                log.error("Jobs or workers find no end at {}; the clock goes on without them", clock.instant());
                return;
            }
            worked = runJobs(failures);
            worked |= runWorkers();
        }
    }

    private boolean runJobs(Map<String, Integer> failures) {
        List<Job> due = due(failures);
        due.forEach(job -> execute(job, failures));
        return !due.isEmpty();
    }

    /** What follows from the last step comes first (jobs without due date), then the timers, oldest first. */
    private List<Job> due(Map<String, Integer> failures) {
        List<Job> followUps = attemptable(
                management.createJobQuery().active().executable().messages().listPage(0, PAGE), failures);
        return !followUps.isEmpty()
                ? followUps
                : attemptable(
                        management
                                .createJobQuery()
                                .active()
                                .executable()
                                .timers()
                                .orderByJobDuedate()
                                .asc()
                                .listPage(0, PAGE),
                        failures);
    }

    private void execute(Job job, Map<String, Integer> failures) {
        try {
            management.executeJob(job.getId());
        } catch (RuntimeException e) {
            // Its retries are used up as with the job executor, until it is an incident that a person sees.
            log.warn(
                    "Job {} of process instance {} failed: {}",
                    job.getId(),
                    job.getProcessInstanceId(),
                    e.getMessage());
            failures.merge(job.getId(), 1, Integer::sum);
        }
    }

    private static List<Job> attemptable(List<Job> jobs, Map<String, Integer> failures) {
        return jobs.stream()
                .filter(job -> failures.getOrDefault(job.getId(), 0) < ATTEMPTS_AT_ONE_INSTANT)
                .toList();
    }

    private boolean runWorkers() {
        boolean worked = false;
        for (Worker worker : workers) {
            try {
                worked |= worker.runOnce() > 0;
            } catch (RuntimeException e) {
                log.error(
                        "Worker {} failed; it is asked again later",
                        worker.getClass().getSimpleName(),
                        e);
            }
        }
        return worked;
    }

    private static LocalDate date(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
