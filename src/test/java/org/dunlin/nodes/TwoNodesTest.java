package org.dunlin.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.dunlin.nodes.Mails.Mail;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.dao.DataAccessException;

/**
 * Promise R3: no due step is lost or doubled when a node or the database dies. Two processes with the whole product, with the settings
 * it is delivered with, work on one database; what counts is what really arrived at the mail server, and what stands in the tables
 * in the end. And promise R4: a database that was really restored. The clocks run; that a lock has expired is not waited for, the clocks are moved past it while nothing is in progress.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoNodesTest {

    /** A Tuesday, ten in the morning in the Netherlands. */
    private static final Instant TUESDAY = Instant.parse("2026-03-10T09:00:00Z");

    /** Longer than jobs (15 minutes) and messages (10 minutes) are locked. */
    private static final Duration UNTIL_LOCKS_HAVE_EXPIRED = Duration.ofMinutes(16);

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration SOON = Duration.ofMillis(20);

    private static final String REMINDED = "1 case, 1 mail, EMAIL SENT, at waitBeforeCall, tasks: none";
    private static final String REMINDED_AT_THE_SECOND_ATTEMPT =
            "1 case, 1 mail, EMAIL FAILED, EMAIL SENT, at waitBeforeCall, tasks: none";
    private static final String CALLED = "1 case, 0 mails, none, at callCustomer, tasks: callCustomer";
    private static final String REMINDED_AND_CALLED =
            "1 case, 1 mail, EMAIL SENT, at callCustomer, tasks: callCustomer";
    private static final String ON_HOLD = "1 case, 1 mail, EMAIL SENT, at released waitBeforeCall, tasks: none";
    private static final String DISPUTED =
            "1 case, 1 mail, EMAIL SENT, at released waitBeforeCall, tasks: resolveDispute";
    private static final String ASKED_ALTHOUGH_IT_ARRIVED =
            "1 case, 1 mail, EMAIL UNKNOWN, at sendReminder, tasks: clarifyWhetherSent";
    private static final String ASKED_AND_IT_DID_NOT_ARRIVE =
            "1 case, 0 mails, EMAIL UNKNOWN, at sendReminder, tasks: clarifyWhetherSent";

    private static Path home;
    private static CrashableDatabase database;
    private static Mails mails;
    private static Duration ahead;
    private static final Map<String, RunningNode> nodes = new HashMap<>();

    @BeforeAll
    static void begin() throws IOException {
        home = Files.createDirectories(
                Path.of("target", "nodes", UUID.randomUUID().toString()));
        database = new CrashableDatabase(home);
        mails = new Mails();
        ahead = Duration.between(Instant.now(), TUESDAY);
    }

    @AfterAll
    static void end() throws IOException {
        nodes.values().forEach(RunningNode::close);
        mails.close();
        database.close();
    }

    private static void bothNodesRun() throws IOException {
        List<RunningNode> started = new ArrayList<>();
        for (String name : List.of("node-a", "node-b")) {
            if (!nodes.containsKey(name) || !nodes.get(name).isAlive()) {
                RunningNode node = RunningNode.start(name, ahead, database, mails.port(), home);
                nodes.put(name, node);
                started.add(node);
            }
        }
        started.forEach(RunningNode::awaitReady);
    }

    @Test
    @Order(1)
    void when_the_database_crashes_in_the_daily_run_and_while_both_nodes_send_every_step_still_happens_once()
            throws Exception {
        bothNodesRun();
        Debtors toRemind = Debtors.toRemind(database, today(), 100);
        Debtors toCall = Debtors.toCall(database, today(), 20);
        CompletableFuture<Mail> secondCrash = mails.after(30, mail -> {
            database.crash();
            // Whoever sent it hears that it has arrived, and cannot write that down.
            CompletableFuture.runAsync(database::start);
        });

        runDaily();
        await().atMost(PATIENCE).pollInterval(SOON).until(() -> count("dunning_case") > 0);
        database.crash();
        database.start();
        finish();

        assertThat(secondCrash).isCompleted();
        assertThat(toCall.outcomes(mails)).isEqualTo(Map.of(CALLED, 20));
        Map<String, Integer> reminded = toRemind.outcomes(mails);
        assertThat(reminded.keySet())
                .isSubsetOf(
                        REMINDED,
                        REMINDED_AT_THE_SECOND_ATTEMPT,
                        ASKED_ALTHOUGH_IT_ARRIVED,
                        ASKED_AND_IT_DID_NOT_ARRIVE);
        // Each of two nodes sends two messages at a time, and there were two crashes.
        assertThat(reminded.getOrDefault(ASKED_ALTHOUGH_IT_ARRIVED, 0)
                        + reminded.getOrDefault(ASKED_AND_IT_DID_NOT_ARRIVE, 0))
                .isLessThanOrEqualTo(8);
        bothNodesWorked();
        everythingAgrees();
    }

    @Test
    @Order(2)
    void when_a_node_is_killed_in_the_middle_of_its_work_the_other_does_the_rest_and_nothing_twice() throws Exception {
        bothNodesRun();
        Debtors first = Debtors.toRemind(database, today(), 60);
        runDaily();
        finish();
        assertThat(first.outcomes(mails)).isEqualTo(Map.of(REMINDED, 60));
        Debtors promising = first.some(40, 10);
        Debtors disputing = first.some(50, 10);
        raise(promising, "PROMISE", "\"until\": \"" + today().plusDays(2) + "\"");
        raise(disputing, "DISPUTE", "\"reason\": \"price\"");
        finish();
        assertThat(promising.outcomes(mails)).isEqualTo(Map.of(ON_HOLD, 10));
        assertThat(disputing.outcomes(mails)).isEqualTo(Map.of(DISPUTED, 10));

        aWeekPasses();
        Debtors second = Debtors.toRemind(database, today(), 40);
        Debtors toCall = Debtors.toCall(database, today(), 10);
        CompletableFuture<Mail> kill =
                mails.after(15, mail -> nodes.get(mail.node()).kill());
        alive().forEach(RunningNode::resume);
        runDaily();
        kill.get(PATIENCE.toMinutes(), TimeUnit.MINUTES);
        finish();

        // The node had one message in hand for each of its two lanes; the one that got through made us kill it.
        Map<String, Integer> reminded = second.outcomes(mails);
        assertThat(reminded.keySet()).isSubsetOf(REMINDED, ASKED_ALTHOUGH_IT_ARRIVED, ASKED_AND_IT_DID_NOT_ARRIVE);
        assertThat(reminded.values().stream().mapToInt(count -> count).sum()).isEqualTo(40);
        assertThat(reminded.get(REMINDED)).isBetween(38, 39);
        assertThat(reminded.get(ASKED_ALTHOUGH_IT_ARRIVED)).isPositive();
        assertThat(toCall.outcomes(mails)).isEqualTo(Map.of(CALLED, 10));
        assertThat(first.some(0, 40).outcomes(mails)).isEqualTo(Map.of(REMINDED_AND_CALLED, 40));
        assertThat(promising.outcomes(mails)).isEqualTo(Map.of(REMINDED, 10));
        assertThat(disputing.outcomes(mails)).isEqualTo(Map.of(DISPUTED, 10));
        everythingAgrees();
    }

    @Test
    @Order(3)
    void a_database_that_was_restored_from_a_back_up_sends_nothing_again_until_somebody_says_so() throws Exception {
        if (alive().isEmpty()) {
            bothNodesRun();
        }
        aWeekPasses();
        Debtors debtors = Debtors.toRemind(database, today(), 10);
        Path backup = home.resolve("backup");
        database.backUp(backup);
        alive().forEach(RunningNode::resume);
        runDaily();
        finish();
        assertThat(debtors.outcomes(mails)).isEqualTo(Map.of(REMINDED, 10));

        List<String> names = alive().stream().map(RunningNode::name).toList();
        alive().forEach(RunningNode::kill);
        database.restore(backup);
        RunningNode node = RunningNode.start(names.get(0), ahead, database, mails.port(), home)
                .awaitReady();
        nodes.put(node.name(), node);
        runDaily();
        // Opened again, for the database knows of nothing; and nothing leaves.
        Map<String, Integer> waiting = Map.of("1 case, 1 mail, none, at sendReminder, tasks: none", 10);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> debtors.outcomes(mails)
                .equals(waiting));
        moveOn(node);
        assertThat(debtors.outcomes(mails)).isEqualTo(waiting);
        assertThat(node.get("/api/sending")).contains("restored from a back-up");

        assertThat(node.post("/api/sending/release", "")).isEqualTo(200);
        node.resume();
        finish();
        assertThat(debtors.outcomes(mails))
                .as("released without a look at what was sent since: now they have it twice")
                .isEqualTo(Map.of("1 case, 2 mails, EMAIL SENT, at waitBeforeCall, tasks: none", 10));
    }

    /** Two rounds of everything that a node does. */
    private static void moveOn(RunningNode node) {
        node.pause();
        node.resume();
        node.pause();
    }

    private static LocalDate today() {
        return LocalDate.ofInstant(Instant.now().plus(ahead), ZoneOffset.UTC);
    }

    /** Asks both nodes for it at once. */
    private static void runDaily() throws Exception {
        for (RunningNode node : alive()) {
            assertThat(node.post("/engine-rest/message", "{\"messageName\":\"scoring.dailyRunRequested\"}"))
                    .isEqualTo(204);
        }
    }

    private static List<RunningNode> alive() {
        return nodes.values().stream().filter(RunningNode::isAlive).toList();
    }

    /** Each hold is asked for at the one node or the other. */
    private static void raise(Debtors debtors, String kind, String details) throws Exception {
        List<RunningNode> both = alive();
        for (int i = 0; i < debtors.numbers().size(); i++) {
            String wish = "{\"kind\": \"%s\", \"customer\": \"%s\", %s}"
                    .formatted(kind, debtors.numbers().get(i), details);
            assertThat(both.get(i % both.size()).post("/api/holds", wish)).isEqualTo(201);
        }
    }

    /** Both stand still when it is over. */
    private static void aWeekPasses() {
        alive().forEach(RunningNode::pause);
        moveClocks(Duration.ofDays(7));
    }

    private static void moveClocks(Duration by) {
        ahead = ahead.plus(by);
        alive().forEach(node -> node.shift(ahead));
    }

    /** Until nothing is due any more, locks of those that died included; then the nodes go on, and have nothing to do. */
    private static void finish() {
        boolean left = true;
        while (left) {
            await().atMost(PATIENCE).pollInterval(SOON).until(() -> due(Duration.ZERO) == 0);
            alive().forEach(RunningNode::pause);
            boolean atRest = due(Duration.ZERO) == 0;
            left = due(UNTIL_LOCKS_HAVE_EXPIRED) > 0;
            if (atRest && left) {
                moveClocks(UNTIL_LOCKS_HAVE_EXPIRED);
            }
            alive().forEach(RunningNode::resume);
        }
    }

    /** Jobs and messages that a node may take up, once that time has passed. */
    private static long due(Duration later) {
        // The database may be away.
        return await().atMost(PATIENCE)
                .pollInterval(SOON)
                .ignoreExceptionsInstanceOf(DataAccessException.class)
                .until(() -> dueNow(later), found -> true);
    }

    private static long dueNow(Duration later) {
        return database.jdbc()
                .sql(
                        """
                        select (select count(*) from act_ru_job
                                where retries_ > 0 and suspension_state_ = 1 and (duedate_ is null or duedate_ <= :now)
                                  and (lock_exp_time_ is null or lock_exp_time_ <= :later))
                             + (select count(*) from act_ru_ext_task
                                where (retries_ is null or retries_ > 0) and suspension_state_ = 1
                                  and (lock_exp_time_ is null or lock_exp_time_ <= :later))
                        """)
                .param("now", utc(Duration.ZERO))
                .param("later", utc(later))
                .query(Long.class)
                .single();
    }

    private static LocalDateTime utc(Duration later) {
        return LocalDateTime.ofInstant(Instant.now().plus(ahead).plus(later), ZoneOffset.UTC);
    }

    private static void bothNodesWorked() {
        List<String> workers = database.jdbc()
                .sql("select distinct hostname_ from act_hi_job_log where job_state_ = 2 order by hostname_")
                .query(String.class)
                .list();
        assertThat(workers).containsExactly("node-a", "node-b");
        assertThat(mails.received()).extracting(Mail::node).contains("node-a", "node-b");
    }

    private static void everythingAgrees() {
        assertNone(
                "open cases without a process",
                """
                dunning_case c where c.state = 'OPEN'
                    and not exists (select 1 from act_ru_execution e where e.id_ = c.process_instance_id)""");
        assertNone(
                "processes without an open case",
                """
                act_ru_execution e join act_re_procdef d on d.id_ = e.proc_def_id_
                where e.id_ = e.proc_inst_id_ and d.key_ = 'dunningCase'
                    and not exists (
                        select 1 from dunning_case c where c.process_instance_id = e.id_ and c.state = 'OPEN')""");
        assertNone(
                "holds and processes that do not agree",
                """
                hold h where (h.state = 'ACTIVE') <> exists (
                    select 1 from act_ru_execution e where e.id_ = h.process_instance_id)""");
        assertNone(
                "processes without a hold",
                """
                act_ru_execution e join act_re_procdef d on d.id_ = e.proc_def_id_
                where e.id_ = e.proc_inst_id_ and d.key_ in ('promise', 'dispute')
                    and not exists (select 1 from hold h where h.process_instance_id = e.id_)""");
        assertNone(
                "cases that do not follow their holds",
                """
                dunning_case c where c.state = 'OPEN' and (c.held_since is not null) <> exists (
                    select 1 from dunning_case_invoice i join held_invoice h on h.invoice_id = i.invoice_id
                    where i.case_id = c.id)""");
        assertNone(
                "ladders that do not follow their cases",
                """
                dunning_case c join act_ru_execution p on p.root_proc_inst_id_ = c.process_instance_id
                where p.id_ = p.proc_inst_id_ and p.id_ <> c.process_instance_id
                    and (c.held_since is not null) <> (p.suspension_state_ = 2)""");
        assertNone("jobs without retries", "act_ru_job where retries_ = 0");
        assertNone(
                "daily runs that are not over",
                """
                act_ru_execution e join act_re_procdef d on d.id_ = e.proc_def_id_ where d.key_ = 'dailyRun'""");
        assertThat(count("act_ru_incident where cause_incident_id_ = id_"))
                .as("what stands still: only messages of which nobody knows whether they were sent")
                .isEqualTo(count("contact where state = 'UNKNOWN'"));
        assertThat(mails.received())
                .extracting(mail -> mail.recipient() + mail.subject())
                .doesNotHaveDuplicates();
    }

    private static void assertNone(String what, String from) {
        assertThat(count(from)).as(what).isZero();
    }

    private static long count(String from) {
        return database.jdbc()
                .sql("select count(*) from " + from)
                .query(Long.class)
                .single();
    }
}
