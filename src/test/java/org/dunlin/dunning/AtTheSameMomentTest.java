package org.dunlin.dunning;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.dunning.CasesAtACall.Case;
import org.dunlin.platform.clock.DunlinClock;
import org.dunlin.platform.engine.RefusedException;
import org.dunlin.scoring.Profiles;
import org.dunlin.scoring.Scores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Two things happen to a case at the same moment, each in a thread of its own, while a third one does the jobs of the case one after
 * the other, as the executor does. Whatever comes first: the case is in one sensible state afterwards, and what a collector entered is
 * recorded as a whole or not at all.
 */
@DunlinTest
class AtTheSameMomentTest {

    private static final int CASES = 20;
    private static final int IN_A_ROW = 12;
    private static final LocalDate FRIDAY_WEEK = LocalDate.of(2026, 1, 30);

    /** What collectors enter, in turn. */
    private static final List<Map<String, Object>> ENTERED = List.of(
            Map.of("outcome", "refuses"),
            Map.of("outcome", "willPay", "promiseDate", "2026-01-30"),
            Map.of("outcome", "noAnswer"),
            Map.of("outcome", "disputes", "disputeReason", "price"));

    @Autowired
    CasesAtACall cases;

    @Autowired
    DunningCases records;

    @Autowired
    CaseCheck check;

    @Autowired
    Portfolio portfolio;

    @Autowired
    Slate slate;

    @Autowired
    Holds holds;

    @Autowired
    LadderChanges changes;

    @Autowired
    Profiles profiles;

    @Autowired
    Scores scores;

    @Autowired
    TaskService tasks;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ManagementService management;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    DunlinClock clock;

    @Autowired
    JdbcClient jdbc;

    private final ExecutorService threads = Executors.newFixedThreadPool(3);
    private final Random chance = new Random(1);
    private long creditor;

    @BeforeEach
    void a_creditor_on_a_tuesday() {
        slate.clean();
        cases.itIsTuesday();
        creditor = portfolio.creditor("NL");
    }

    @AfterEach
    void nobody_works_any_more() {
        threads.shutdownNow();
    }

    // What meets

    @Test
    void a_call_is_completed_and_a_hold_arrives() {
        for (int i = 0; i < CASES; i++) {
            Case about = cases.calling(creditor);
            Map<String, Object> entered = ENTERED.get(i % ENTERED.size());
            RefusedException refused = together(about, complete(cases.call(about), entered), block(about));
            recordedOrRefused(about, entered, refused, "is on hold");
            sound(about);
        }
    }

    @Test
    void a_call_is_completed_and_the_ladder_stops_and_both_have_seen_it_open() {
        for (int i = 0; i < IN_A_ROW; i++) {
            Case about = cases.calling(creditor);
            Map<String, Object> entered = ENTERED.get(i % ENTERED.size());
            block(about).run();
            RefusedException refused = inARow(
                    about, complete(cases.call(about), entered), () -> cases.run(about, "pauseLadder"), i % 2 == 0);
            settleDown(about, () -> true);
            recordedOrRefused(about, entered, refused, "is on hold");
            assertThat(held(about)).isTrue();
            sound(about);
        }
    }

    @Test
    void a_call_is_completed_and_the_case_ends_and_both_have_seen_it_open() {
        for (int i = 0; i < IN_A_ROW; i++) {
            Case about = cases.calling(creditor);
            Map<String, Object> entered = ENTERED.get(i % ENTERED.size());
            RefusedException refused = inARow(about, complete(cases.call(about), entered), pay(about), i % 2 == 0);
            settleDown(about, () -> true);
            recordedOrRefused(about, entered, refused, "paid");
            assertThat(state(about)).isEqualTo("CLOSED SETTLED");
            sound(about);
        }
    }

    @Test
    void a_call_is_completed_and_everything_is_paid() {
        for (int i = 0; i < CASES; i++) {
            Case about = cases.calling(creditor);
            Map<String, Object> entered = ENTERED.get(i % ENTERED.size());
            RefusedException refused = together(about, complete(cases.call(about), entered), pay(about));
            recordedOrRefused(about, entered, refused, "paid");
            assertThat(state(about)).isEqualTo("CLOSED SETTLED");
            sound(about);
        }
    }

    @Test
    void two_holds_arrive() {
        for (int i = 0; i < CASES; i++) {
            Case about = i % 2 == 0 ? cases.calling(creditor) : cases.onItsLadder(creditor);
            assertThat(together(about, block(about), promise(about))).isNull();
            assertThat(held(about)).isTrue();
            sound(about);
        }
    }

    @Test
    void a_hold_ends_and_another_arrives() {
        for (int i = 0; i < CASES; i++) {
            Case about = i % 2 == 0 ? cases.calling(creditor) : cases.onItsLadder(creditor);
            block(about).run();
            settleDown(about, () -> true);
            Hold block = holds.ofCustomer(about.customer()).get(0);
            assertThat(together(about, () -> holds.withdraw(block.id(), "sem", null), promise(about)))
                    .isNull();
            assertThat(held(about)).isTrue();
            sound(about);
        }
    }

    @Test
    void two_holds_end() {
        for (int i = 0; i < CASES; i++) {
            Case about = i % 2 == 0 ? cases.calling(creditor) : cases.onItsLadder(creditor);
            block(about).run();
            promise(about).run();
            settleDown(about, () -> true);
            List<Hold> both = holds.ofCustomer(about.customer());
            assertThat(together(
                            about,
                            () -> holds.withdraw(both.get(0).id(), "sem", null),
                            () -> holds.withdraw(both.get(1).id(), "sem", null)))
                    .isNull();
            assertThat(held(about)).isFalse();
            sound(about);
        }
    }

    @Test
    void a_hold_arrives_and_everything_is_paid() {
        for (int i = 0; i < CASES; i++) {
            Case about = i % 2 == 0 ? cases.calling(creditor) : cases.onItsLadder(creditor);
            together(about, i % 3 == 0 ? promise(about) : block(about), pay(about));
            assertThat(state(about)).isEqualTo("CLOSED SETTLED");
            sound(about);
        }
    }

    @Test
    void a_hold_arrives_while_the_case_enters_its_ladder() {
        for (int i = 0; i < CASES; i++) {
            Case about = cases.opened(creditor);
            assertThat(together(about, block(about), promise(about))).isNull();
            assertThat(held(about)).isTrue();
            sound(about);
        }
    }

    @Test
    void a_hold_arrives_while_the_case_changes_its_ladder() {
        int changed = 0;
        for (int i = 0; i < CASES; i++) {
            Case about = cases.onItsLadder(creditor);
            isDueForAnotherLadder(about);
            assertThat(together(about, block(about), changes::adapt)).isNull();
            assertThat(held(about)).isTrue();
            sound(about);
            changed += "light".equals(records.get(about.id()).ladder()) ? 1 : 0;
        }
        assertThat(changed).as("cases that changed before they came to a stop").isPositive();
    }

    @Test
    void a_hold_arrives_while_a_senior_decides_what_to_do_next() {
        for (int i = 0; i < CASES; i++) {
            Case about = cases.onItsLadder(creditor);
            runtime.createProcessInstanceModification(about.frame())
                    .startBeforeActivity("decideNextStep")
                    .cancelAllForActivity("climbLadder")
                    .execute();
            String task = tasks.createTaskQuery()
                    .processInstanceBusinessKey(about.number())
                    .singleResult()
                    .getId();
            Map<String, Object> decision = Map.of("outcome", i % 2 == 0 ? "agency" : "startAgain");
            assertThat(together(about, complete(task, decision), block(about))).isNull();
            assertThat(held(about)).isTrue();
            sound(about);
        }
    }

    // What people and others do

    private Runnable complete(String task, Map<String, Object> entered) {
        return () -> tasks.complete(task, entered);
    }

    private Runnable block(Case about) {
        return () -> holds.raise(NewHold.block(about.customer(), FRIDAY_WEEK, "Talks", "sem"));
    }

    private Runnable promise(Case about) {
        return () -> holds.raise(NewHold.promise(about.customer(), FRIDAY_WEEK, null, "tess"));
    }

    private Runnable pay(Case about) {
        return () -> portfolio.pay(about.invoice(), CasesAtACall.TUESDAY, "400.00");
    }

    private void isDueForAnotherLadder(Case about) {
        jdbc.sql("update customer set employees = 5 where id = :id")
                .param("id", about.customer())
                .update();
        profiles.refresh(List.of(about.customer()), CasesAtACall.TUESDAY);
        scores.score(List.of(about.customer()), CasesAtACall.TUESDAY);
        jdbc.sql("update dunning_case set wanted_ladder = 'light', wanted_since = date '2026-01-05' where id = :id")
                .param("id", about.id())
                .update();
    }

    // How they meet

    /**
     * Both at once, and the jobs of the case meanwhile and until none is left.
     *
     * @return how the first one was refused, or null; the second one must not be
     */
    private @Nullable RefusedException together(Case about, Runnable first, Runnable second) {
        CyclicBarrier start = new CyclicBarrier(3);
        Future<RefusedException> one = threads.submit(() -> attempt(start, first));
        Future<RefusedException> other = threads.submit(() -> attempt(start, second));
        Future<?> jobs = threads.submit(() -> {
            start.await();
            settleDown(about, () -> one.isDone() && other.isDone());
            return null;
        });
        RefusedException refused = get(one);
        assertThat((Throwable) get(other)).isNull();
        get(jobs);
        return refused;
    }

    /**
     * Both have looked at the case before either may change it: they wait in the row for its lock.
     *
     * @return how the first one was refused, or null; the second one must not be
     */
    private @Nullable RefusedException inARow(Case about, Runnable first, Runnable second, boolean secondInFront) {
        Map<Runnable, Future<RefusedException>> running = new LinkedHashMap<>();
        transaction.executeWithoutResult(status -> {
            records.lock(about.id());
            for (Runnable next : secondInFront ? List.of(second, first) : List.of(first, second)) {
                Future<RefusedException> thread = threads.submit(() -> attempt(null, next));
                running.put(next, thread);
                while (waiting() < running.size() && !thread.isDone()) {
                    Thread.onSpinWait();
                }
            }
        });
        assertThat((Throwable) get(running.get(second))).isNull();
        return get(running.get(first));
    }

    private int waiting() {
        return jdbc.sql("select count(distinct pid) from pg_locks where not granted")
                .query(Integer.class)
                .single();
    }

    /** @return how it was refused; null when it was done, or lost against another one and is tried again later */
    private static @Nullable RefusedException attempt(@Nullable CyclicBarrier start, Runnable action) throws Exception {
        if (start != null) {
            start.await();
        }
        try {
            action.run();
            return null;
        } catch (RefusedException e) {
            return e;
        } catch (OptimisticLockingException e) {
            // A job; the executor does it again.
            return null;
        }
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get(1, TimeUnit.MINUTES);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Does what is due in the case, one at a time and in any order; what fails is done again. */
    private void settleDown(Case about, BooleanSupplier enough) {
        while (true) {
            boolean last = enough.getAsBoolean();
            List<String> due = new ArrayList<>(dueJobs(about));
            if (due.isEmpty() && last) {
                return;
            }
            Collections.shuffle(due, chance);
            for (String job : due) {
                try {
                    management.executeJob(job);
                } catch (RuntimeException e) {
                    // The executor does it again, too, as long as the engine does not give it up.
                    LoggerFactory.getLogger(AtTheSameMomentTest.class).debug("Again: {}", e.toString());
                }
                break;
            }
        }
    }

    private List<String> dueJobs(Case about) {
        return jdbc.sql(
                        """
                        select j.id_ from act_ru_job j join act_ru_execution e on e.id_ = j.process_instance_id_
                        where e.root_proc_inst_id_ = :frame and j.suspension_state_ = 1 and j.retries_ > 0
                          and (j.duedate_ is null or j.duedate_ <= :now)
                        order by j.id_
                        """)
                .param("frame", about.frame())
                .param("now", java.time.LocalDateTime.ofInstant(clock.instant(), java.time.ZoneOffset.UTC))
                .query(String.class)
                .list();
    }

    // How it must be afterwards

    private void recordedOrRefused(
            Case about, Map<String, Object> entered, @Nullable RefusedException refused, String because) {
        boolean recorded = refused == null;
        if (!recorded) {
            assertThat(refused).hasMessageContaining(because).hasMessageContaining("Nothing was recorded");
        }
        assertThat(jdbc.sql("select outcome from dunning_note where case_id = :id")
                        .param("id", about.id())
                        .query(String.class)
                        .list())
                .isEqualTo(recorded ? List.of(entered.get("outcome")) : List.of());
        assertThat(records.get(about.id()).rung()).as("rung").isEqualTo(recorded ? 20 : 10);
        assertThat(count("contact where case_id = :id and rung = 20", about.id()))
                .as("calls in the contact log")
                .isEqualTo(recorded ? 1 : 0);
        boolean holdAgreed = List.of("willPay", "disputes").contains(entered.get("outcome"));
        assertThat(holds.ofCustomer(about.customer()).stream()
                        .filter(hold -> hold.kind() != Hold.Kind.BLOCK)
                        .count())
                .as("holds from the call")
                .isEqualTo(recorded && holdAgreed ? 1 : 0);
        assertThat(count(
                        "act_ru_variable v join act_ru_execution e on e.id_ = v.execution_id_ where e.root_proc_inst_id_ = (select"
                                + " process_instance_id from dunning_case where id = :id) and v.name_ = 'outcome' and e.id_ in (select"
                                + " execution_id_ from act_ru_task)",
                        about.id()))
                .as("answers beside an open task")
                .isZero();
    }

    private String state(Case about) {
        return jdbc.sql("select concat_ws(' ', state, outcome) from dunning_case where id = :id")
                .param("id", about.id())
                .query(String.class)
                .single();
    }

    private boolean held(Case about) {
        return records.get(about.id()).heldSince() != null;
    }

    private int count(String from, Object id) {
        return jdbc.sql("select count(*) from " + from)
                .param("id", id)
                .query(Integer.class)
                .single();
    }

    /** What holds of every case at rest. */
    private void sound(Case about) {
        DunningCase dunningCase = records.get(about.id());
        if (dunningCase.isOpen()) {
            boolean resting = free(about).compareTo(new BigDecimal("1")) < 0 && dunningCase.handedOverOn() == null;
            assertThat(dunningCase.heldSince() != null).as("held").isEqualTo(resting);
            assertThat(suspension(about))
                    .as("states of what the frame has called")
                    .isSubsetOf(resting ? 2 : 1);
            int person = count(
                    "act_ru_task t join act_ru_execution e on e.id_ = t.proc_inst_id_ where e.root_proc_inst_id_ = :id and t.suspension_state_ = 1",
                    about.frame());
            // A timer at the border of a task says how long the person has.
            int running = count(
                    "act_ru_job j join act_ru_execution e on e.id_ = j.process_instance_id_ where e.root_proc_inst_id_ = :id and j.suspension_state_ = 1 and j.handler_type_ <> 'timer-transition'",
                    about.frame());
            assertThat((resting ? 1 : 0) + person + running)
                    .as("on hold %s, with a person %s, running %s", resting, person, running)
                    .isEqualTo(1);
        } else {
            assertThat(count("act_ru_execution where root_proc_inst_id_ = :id", about.frame()))
                    .as("left of the process")
                    .isZero();
        }
        assertThat(runtime.createIncidentQuery().count()).as("incidents").isZero();
        assertThat(count("act_ru_job where retries_ < 3 or exception_msg_ is not null and :id > 0", 1))
                .as("failing jobs")
                .isZero();
        assertThat(check.casesWithoutProcess()).isEmpty();
        assertThat(check.processesWithoutCase()).isEmpty();
        assertThat(check.standingStill()).isEmpty();
        assertThat(holds.ofCustomer(about.customer())).allSatisfy(hold -> assertThat(
                        count("act_ru_execution where id_ = :id", String.valueOf(hold.processInstanceId())))
                .as("process of %s", hold)
                .isEqualTo(hold.isActive() ? 1 : 0));
        assertThat(count(
                        "act_ru_execution e join act_re_procdef d on d.id_ = e.proc_def_id_ where e.id_ = e.proc_inst_id_ and d.key_ in"
                                + " ('promise', 'dispute', 'paymentPlan', 'block', 'insolvency') and not exists (select 1 from hold h where"
                                + " h.process_instance_id = e.id_ and h.state = 'ACTIVE') and :id > 0",
                        1))
                .as("processes without an active hold")
                .isZero();
    }

    /** Open in the case and under no hold. */
    private BigDecimal free(Case about) {
        return records.statement(about.id()).lines().stream()
                .map(line -> line.open().amount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Of executions, tasks, jobs and messages below the frame: 1 active, 2 suspended. */
    private List<Integer> suspension(Case about) {
        return jdbc.sql(
                        """
                        with called as (
                            select id_ from act_ru_execution
                            where root_proc_inst_id_ = :frame and proc_inst_id_ <> :frame and id_ = proc_inst_id_)
                        select suspension_state_ from act_ru_execution where proc_inst_id_ in (select id_ from called)
                        union select suspension_state_ from act_ru_task where proc_inst_id_ in (select id_ from called)
                        union select suspension_state_ from act_ru_job where process_instance_id_ in (select id_ from called)
                        union select suspension_state_ from act_ru_ext_task where proc_inst_id_ in (select id_ from called)
                        """)
                .param("frame", about.frame())
                .query(Integer.class)
                .list();
    }
}
