package org.dunlin.contact.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.dunlin.contact.Channel;
import org.dunlin.contact.ContactCases;
import org.dunlin.contact.Pace;
import org.dunlin.contact.Paces;
import org.dunlin.contact.clarify.UnknownContacts;
import org.dunlin.contact.details.ContactDetails;
import org.dunlin.contact.log.ContactLog;
import org.dunlin.contact.sending.RestoredBackup;
import org.dunlin.contact.sending.Sending;
import org.dunlin.platform.clock.DunlinClock;
import org.dunlin.platform.engine.EngineBatch;
import org.dunlin.platform.engine.Worker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** After days in which nothing ran, messages leave one after the other, none is skipped, and waits count from what happened. */
@DunlinTest
class AfterAnOutageTest {

    private static final int PER_HOUR = 10;

    @Autowired
    ExternalTaskService externalTasks;

    @Autowired
    StepReader reader;

    @Autowired
    Lanes lanes;

    @Autowired
    ContactLog log;

    @Autowired
    Delivery delivery;

    @Autowired
    UnknownContacts unknown;

    @Autowired
    EngineBatch engineBatch;

    @Autowired
    ContactDetails details;

    @Autowired
    Sending sending;

    @Autowired
    RestoredBackup backup;

    @Autowired
    List<Carrier> carriers;

    @Autowired
    ManagementService management;

    @Autowired
    RuntimeService runtime;

    @Autowired
    TaskService tasks;

    @Autowired
    ContactCases cases;

    @Autowired
    Portfolio portfolio;

    @Autowired
    Timeline timeline;

    @Autowired
    Slate slate;

    @Autowired
    DunlinClock clock;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void begin() {
        slate.clean();
        jdbc.sql("delete from contact_pace").update();
    }

    @AfterEach
    void end() {
        slate.clean();
        cases.timeRunsAgain();
    }

    @Test
    void
            thirty_reminders_due_in_a_week_of_silence_leave_ten_an_hour_the_oldest_first_and_the_ladders_go_on_from_there() {
        timeline.startOn(LocalDate.of(2026, 1, 30));
        long creditor = portfolio.creditor("NL");
        for (int i = 0; i < 20; i++) {
            portfolio.invoice(creditor, portfolio.customer(), LocalDate.of(2026, 2, 3), "1000.00");
        }
        timeline.passUntil(LocalDate.of(2026, 2, 4));
        // Nothing runs from Wednesday evening on. Ten more customers become overdue meanwhile.
        for (int i = 0; i < 10; i++) {
            portfolio.invoice(creditor, portfolio.customer(), LocalDate.of(2026, 2, 5), "1000.00");
        }
        Worker worker = worker();

        LocalDate thursday = LocalDate.of(2026, 2, 12);
        clock.freezeAt(at(thursday, 7, 0));
        runtime.startProcessInstanceByMessage("scoring.dailyRunRequested");
        for (Instant now = at(thursday, 7, 0);
                now.isBefore(at(thursday, 12, 0));
                now = now.plus(Duration.ofMinutes(1))) {
            clock.freezeAt(now);
            work(worker);
        }

        assertThat(mailsByHour(thursday)).containsExactly("8: 10", "9: 10", "10: 10");
        assertThat(jdbc.sql("select count(*) from contact where sent_at < :at")
                        .param("at", java.sql.Timestamp.from(at(thursday, 8, 5)))
                        .query(Integer.class)
                        .single())
                .as("in the first five minutes")
                .isLessThanOrEqualTo(1);
        // The twenty that were due first are told first.
        assertThat(jdbc.sql("select case_id from contact order by sent_at, id limit 20")
                        .query(Long.class)
                        .list())
                .hasSize(20)
                .allMatch(id -> id <= 20);

        for (LocalDate day = thursday.plusDays(1); day.isBefore(LocalDate.of(2026, 2, 18)); day = day.plusDays(1)) {
            clock.freezeAt(at(day, 8, 0));
            work(worker);
            clock.freezeAt(at(day, 18, 0));
            work(worker);
            long calls =
                    tasks.createTaskQuery().taskDefinitionKey("callCustomer").count();
            assertThat(calls)
                    .as("calls on %s, three working days after the reminder really left", day)
                    .isEqualTo(day.isBefore(LocalDate.of(2026, 2, 17)) ? 0 : 30);
        }
        assertThat(jdbc.sql("select count(*) from contact").query(Integer.class).single())
                .as("one reminder each, no rung skipped")
                .isEqualTo(30);
        assertThat(jdbc.sql("select count(distinct case_id) from contact")
                        .query(Integer.class)
                        .single())
                .isEqualTo(30);
    }

    @Test
    void two_workers_together_keep_the_limit_and_what_waits_keeps_its_retries() throws Exception {
        cases.itIs(ContactCases.TUESDAY.plus(Duration.ofMinutes(57)));
        long creditor = portfolio.creditor("NL");
        for (int i = 0; i < 40; i++) {
            cases.waiting(creditor, "NL", "en", "1000.00");
        }
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> both = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Worker worker = worker();
                both.add(pool.submit(() -> cases.drain(worker)));
            }
            for (Future<?> one : both) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(sent()).isEqualTo(PER_HOUR);
        assertThat(externalTasks.createExternalTaskQuery().list())
                .hasSize(30)
                .allMatch(task -> task.getRetries() == null && task.getWorkerId() == null);
        assertThat(worker().goesOnAt()).contains(ContactCases.TUESDAY.plus(Duration.ofHours(1)));

        cases.itIs(ContactCases.TUESDAY.plus(Duration.ofHours(1)));
        cases.drain(worker());
        assertThat(sent()).isEqualTo(PER_HOUR + 1);
    }

    @Test
    void what_was_not_sent_after_all_uses_no_room() {
        cases.itIs(ContactCases.TUESDAY.plus(Duration.ofMinutes(57)));
        long creditor = portfolio.creditor("NL");
        List<ContactCases.Case> paid = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            paid.add(cases.waiting(creditor, "NL", "en", "1000.00"));
        }
        paid.forEach(one -> portfolio.pay(one.invoices().get(0), LocalDate.of(2026, 3, 10), "1000.00"));
        for (int i = 0; i < 10; i++) {
            cases.waiting(creditor, "NL", "en", "1000.00");
        }

        cases.drain(worker());

        assertThat(sent()).isEqualTo(10);
    }

    private Worker worker() {
        Carrier email = carriers.stream()
                .filter(carrier -> carrier.channel() == Channel.EMAIL)
                .findFirst()
                .orElseThrow();
        Pace pace = Paces.perHour(PER_HOUR, jdbc, clock);
        DeliveryKit kit = new DeliveryKit(
                externalTasks,
                reader,
                lanes,
                log,
                delivery,
                unknown,
                engineBatch,
                pace,
                details,
                sending,
                backup,
                clock);
        return new DeliveryWorker(kit, email, "email") {};
    }

    /** Everything due now, the jobs that were due first first. */
    private void work(Worker worker) {
        List<Job> due = due();
        while (!due.isEmpty()) {
            management.executeJob(due.get(0).getId());
            // No two things happen at the same instant.
            clock.freezeAt(clock.instant().plusMillis(1));
            due = due();
        }
        cases.drain(worker);
    }

    private List<Job> due() {
        return management.createJobQuery().active().executable().list().stream()
                .filter(job -> job.getProcessInstanceId() != null)
                .sorted(Comparator.comparing(
                        (Job job) -> job.getDuedate() == null ? Date.from(clock.instant()) : job.getDuedate()))
                .toList();
    }

    private List<String> mailsByHour(LocalDate day) {
        return jdbc.sql(
                        """
                        select extract(hour from sent_at at time zone 'Europe/Amsterdam')::int as hour, count(*) as mails
                        from contact where (sent_at at time zone 'Europe/Amsterdam')::date = :day group by 1 order by 1
                        """)
                .param("day", day)
                .query((row, n) -> row.getInt("hour") + ": " + row.getInt("mails"))
                .list();
    }

    private int sent() {
        return jdbc.sql("select count(*) from contact where state = 'SENT'")
                .query(Integer.class)
                .single();
    }

    private static Instant at(LocalDate day, int hour, int minute) {
        return day.atTime(LocalTime.of(hour, minute)).atZone(Timeline.AMSTERDAM).toInstant();
    }
}
