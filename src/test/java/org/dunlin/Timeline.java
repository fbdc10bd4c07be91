package org.dunlin;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.dunlin.contact.Workers;
import org.dunlin.contact.delivery.DeliveryWorker;
import org.dunlin.platform.clock.DunlinClock;
import org.dunlin.platform.engine.Worker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Lets days pass: every weekday at 6 the daily run, then whatever falls due, in order of its time; at each time first the jobs,
 * then the workers. The clock always stands at the time at which something happens. The last is the print run of the letters of the day.
 */
@TestComponent
public class Timeline {

    private static final Logger log = LoggerFactory.getLogger(Timeline.class);
    public static final ZoneId AMSTERDAM = ZoneId.of("Europe/Amsterdam");
    /** More often than this a job does not fail without using up its retries, but for reasons that time does not heal. */
    private static final int MOST_FAILURES = 20;

    private static final LocalTime DAILY_RUN = LocalTime.of(6, 0);
    private static final LocalTime EVENING = LocalTime.of(18, 0);

    private final DunlinClock clock;
    private final ManagementService management;
    private final RuntimeService runtime;
    private final List<Worker> workers;
    private final JdbcClient jdbc;

    Timeline(
            DunlinClock clock,
            ManagementService management,
            RuntimeService runtime,
            List<Worker> workers,
            JdbcClient jdbc) {
        this.clock = clock;
        this.management = management;
        this.runtime = runtime;
        this.workers = workers;
        this.jdbc = jdbc;
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
        print();
    }

    /** The print run of the day; an empty one does nothing, so it is spared. */
    public void print() {
        if (jdbc.sql("select exists (select 1 from contact where state = 'READY')")
                .query(Boolean.class)
                .single()) {
            runtime.startProcessInstanceByMessage("contact.printRunRequested");
            settleDown();
        }
    }

    /** The next day until its evening, of which nobody notices anything: no node runs. */
    public void loseDay() {
        clock.freezeAt(today().plusDays(1).atTime(EVENING).atZone(AMSTERDAM).toInstant());
    }

    /** Everything due now, without moving the clock. */
    public void settleDown() {
        runUntil(clock.instant());
    }

    private void runUntil(Instant target) {
        Map<String, Integer> failures = new HashMap<>();
        do {
            runJobs(failures);
            work();
        } while (goOn(target));
    }

    /** Everything due at this moment, and what follows from it. */
    private void runJobs(Map<String, Integer> failures) {
        List<String> due = dueJobs();
        while (!due.isEmpty()) {
            due.forEach(job -> run(job, failures));
            due = dueJobs();
        }
    }

    private void run(String job, Map<String, Integer> failures) {
        try {
            management.executeJob(job);
        } catch (RuntimeException e) {
            if (management.createJobQuery().jobId(job).active().count() == 0) {
                // Another one that was due has ended it, or put it on hold.
                return;
            }
            // The engine has counted the failure down; without retries the job is an incident and no longer ours.
            log.info("Job failed: {}", e.toString());
            if (failures.merge(job, 1, Integer::sum) > MOST_FAILURES) {
                throw e;
            }
        }
    }

    private List<String> dueJobs() {
        return jdbc.sql(
                        """
                        select id_ from act_ru_job
                        where retries_ > 0 and suspension_state_ = 1 and process_instance_id_ is not null
                          and (duedate_ is null or duedate_ <= :now::timestamptz at time zone 'UTC')
                        order by duedate_ nulls first, create_time_, id_
                        """)
                .param("now", clock.instant().toString())
                .query(String.class)
                .list();
    }

    /**
     * To the next moment at which something falls due, at most to the target.
     *
     * @return false when the target has been reached and nothing is due any more
     */
    private boolean goOn(Instant target) {
        Optional<Instant> next = jdbc.sql(
                        """
                        select least(
                            (select min(coalesce(duedate_ at time zone 'UTC', :now::timestamptz)) from act_ru_job
                             where retries_ > 0 and suspension_state_ = 1 and process_instance_id_ is not null),
                            (select min(lock_exp_time_ at time zone 'UTC') + interval '1 millisecond' from act_ru_ext_task
                             where topic_name_ in ('sms', 'voice') and suspension_state_ = 1 and lock_exp_time_ at time zone 'UTC' >= :now::timestamptz))
                        """)
                .param("now", clock.instant().toString())
                .query((row, n) -> Optional.ofNullable(row.getTimestamp(1)).map(java.sql.Timestamp::toInstant))
                .single()
                .filter(due -> !due.isAfter(target));
        Instant now = clock.instant();
        Instant to = next.orElse(target);
        if (to.isAfter(now)) {
            clock.freezeAt(to);
            return true;
        }
        return next.isPresent();
    }

    private void work() {
        boolean busy = true;
        while (busy) {
            busy = false;
            boolean waiting = isAnyMessageWaiting();
            for (Worker worker : workers) {
                if (waiting || !fetchesMessages(worker)) {
                    busy |= worker.runOnce() > 0;
                    waiting |= busy;
                }
            }
        }
    }

    private static boolean fetchesMessages(Worker worker) {
        return worker instanceof DeliveryWorker
                || Workers.is(worker, "AgencyWorker")
                || Workers.is(worker, "SalesOverviewWorker");
    }

    /** Asked once instead of by each worker: in most moments of most tests nothing waits for any of them. */
    private boolean isAnyMessageWaiting() {
        return jdbc.sql(
                        """
                        select exists (
                            select 1 from act_ru_ext_task
                            where suspension_state_ = 1 and (retries_ is null or retries_ > 0)
                              and (lock_exp_time_ is null or lock_exp_time_ <= :now::timestamptz at time zone 'UTC'))
                        """)
                .param("now", clock.instant().toString())
                .query(Boolean.class)
                .single();
    }
}
