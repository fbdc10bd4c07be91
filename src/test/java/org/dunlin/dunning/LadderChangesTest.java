package org.dunlin.dunning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Incident;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.dunlin.platform.clock.DunlinClock;
import org.dunlin.scoring.Profiles;
import org.dunlin.scoring.Scores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Customers get worse and better, and their running cases follow. */
@DunlinTest
class LadderChangesTest {

    private static final LocalDate START = LocalDate.of(2026, 1, 30);
    private static final LocalDate DUE = LocalDate.of(2026, 2, 3);

    @Autowired
    Debtor debtor;

    @Autowired
    Timeline timeline;

    @Autowired
    Portfolio portfolio;

    @Autowired
    Slate slate;

    @Autowired
    LadderTable table;

    @Autowired
    LadderChanges changes;

    @Autowired
    LeftOut leftOut;

    @Autowired
    LadderHistory history;

    @Autowired
    Profiles profiles;

    @Autowired
    Scores scores;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    RuntimeService runtime;

    @Autowired
    TaskService tasks;

    @Autowired
    ManagementService management;

    @Autowired
    RepositoryService repository;

    @Autowired
    DunlinClock clock;

    @BeforeEach
    void begin() {
        slate.clean();
        timeline.startOn(START);
        debtor.answers("callCustomer", Map.of("outcome", "refuses"))
                .answers("talkToCustomer", Map.of("outcome", "goOn"))
                .answers("postLetters", Map.of("outcome", "allPosted"))
                .answers("postRegisteredLetter", Map.of("outcome", "sent", "trackingNumber", "RR123456785NL"))
                .answers("noteReceipt", Map.of("outcome", "received"));
    }

    @Test
    void a_payer_who_gets_worse_moves_to_the_stricter_ladder_after_three_working_days_and_back_when_better() {
        debtor.of("NL", 200).owes("1000.00", DUE);
        debtor.until(LocalDate.of(2026, 2, 5));
        assertThat(debtor.ladder()).isEqualTo("standard");

        // The customer pays old bills, sixty days late.
        paidBills(60, LocalDate.of(2026, 2, 5));
        debtor.until(LocalDate.of(2026, 2, 10));
        assertThat(debtor.ladder()).isEqualTo("standard");
        debtor.until(LocalDate.of(2026, 2, 11));
        assertThat(debtor.ladder()).isEqualTo("strict");
        debtor.until(LocalDate.of(2026, 2, 17));

        // From now on they pay much more, and on time.
        for (int i = 0; i < 12; i++) {
            paidBills(0, LocalDate.of(2026, 2, 17));
        }
        debtor.until(LocalDate.of(2026, 3, 12));

        assertThat(debtor.diary())
                .containsExactly(
                        "2026-02-05 mail at rung 10",
                        "2026-02-10 callCustomer for juniorCollectors",
                        // standard: a letter at rung 30 on the 17th; strict goes on with sales, three days after the
                        // call.
                        "2026-02-13 talkToCustomer for sales",
                        // strict: the registered letter on the 20th. The customer pays well since the 18th, so from the
                        // 23rd:
                        "2026-02-20 postRegisteredLetter for mailroom",
                        "2026-02-20 noteReceipt for mailroom",
                        // the key account's ladder, where sales was the last step; its last wait, then a person
                        // decides.
                        "2026-02-27 decideNextStep for seniorCollectors");
        assertThat(history.of(caseId()))
                .extracting(change -> change.at().toString().substring(0, 10), LadderChange::from, LadderChange::to)
                .containsExactly(
                        tuple("2026-02-04", null, "standard"),
                        tuple("2026-02-11", "standard", "strict"),
                        tuple("2026-02-23", "strict", "keyAccount"));
        assertThat(history.of(caseId()))
                .extracting(
                        LadderChange::rung, LadderChange::fromSegment, LadderChange::toSegment, LadderChange::reason)
                .containsExactly(
                        tuple(0, null, "B", "A large customer who is new or pays with delays: the usual steps"),
                        tuple(
                                20,
                                "B",
                                "B",
                                "A large customer who pays badly: after one reminder the account manager steps in"),
                        tuple(
                                60,
                                "B",
                                "A",
                                "A large customer who pays well: probably a mistake, so we call before we write"));
    }

    @Test
    void a_customer_on_the_border_who_changes_every_day_stays_where_they_are() {
        debtor.of("NL", 30).owes("1000.00", DUE);
        debtor.until(LocalDate.of(2026, 2, 5));
        for (int day = 0; day < 20; day++) {
            employees(day % 2 == 0 ? 5 : 30);
            debtor.until(timeline.today().plusDays(1));
            assertThat(debtor.ladder()).isEqualTo("standard");
        }
        assertThat(history.of(caseId())).hasSize(1);
    }

    @Test
    void to_the_milder_ladder_and_a_second_run_on_a_day_changes_nothing() {
        debtor.of("NL", 30).owes("1000.00", DUE);
        debtor.leaves("callCustomer").until(LocalDate.of(2026, 2, 10));
        assertThat(task("callCustomer")).isEqualTo(1);
        employees(5);

        for (LocalDate day = LocalDate.of(2026, 2, 11);
                day.isBefore(LocalDate.of(2026, 2, 14));
                day = day.plusDays(1)) {
            debtor.until(day);
            runAgain();
            runAgain();
        }
        assertThat(debtor.ladder()).isEqualTo("standard");
        debtor.until(LocalDate.of(2026, 2, 16));
        String before = everything();
        runAgain();

        assertThat(everything()).isEqualTo(before);
        assertThat(debtor.ladder()).isEqualTo("light");
        assertThat(task("callCustomer")).isZero();
        debtor.until(LocalDate.of(2026, 2, 26));
        assertThat(debtor.diary())
                .containsExactly(
                        "2026-02-05 mail at rung 10",
                        "2026-02-10 callCustomer for juniorCollectors",
                        // seven working days after the reminder of the 5th, on the ladder of small customers
                        "2026-02-16 mail at rung 30",
                        "2026-02-25 mail at rung 60");
    }

    @Test
    void what_the_customer_is_due_for_is_counted_anew_when_it_was_interrupted() {
        debtor.of("NL", 30).owes("1000.00", DUE);
        debtor.until(LocalDate.of(2026, 2, 5));
        employees(5);
        debtor.until(LocalDate.of(2026, 2, 9));
        assertThat(wanted()).isEqualTo("light since 2026-02-06");
        employees(30);
        debtor.until(LocalDate.of(2026, 2, 10));
        assertThat(wanted()).isEqualTo("-");
        employees(5);
        debtor.until(LocalDate.of(2026, 2, 13));
        assertThat(debtor.ladder()).isEqualTo("standard");
        debtor.until(LocalDate.of(2026, 2, 16));
        assertThat(debtor.ladder()).isEqualTo("light");
        assertThat(wanted()).isEqualTo("-");
    }

    @Test
    void under_a_hold_a_case_waits_with_its_move_until_the_hold_is_over() {
        debtor.of("NL", 30).owes("1000.00", DUE);
        debtor.until(LocalDate.of(2026, 2, 5));
        long hold = blocked();
        employees(5);

        debtor.until(LocalDate.of(2026, 2, 13));
        assertThat(debtor.ladder()).isEqualTo("standard");
        assertThat(wanted()).isEqualTo("light since 2026-02-06");

        jdbc.sql("update hold set state = 'ENDED', outcome = 'OVER', ended_at = :at where id = :id")
                .param("at", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .param("id", hold)
                .update();
        jdbc.sql("update dunning_case set held_since = null").update();
        debtor.until(LocalDate.of(2026, 2, 16));
        assertThat(debtor.ladder()).isEqualTo("light");
    }

    @Test
    void a_case_under_a_hold_does_not_leave_its_ladder_however_long_it_has_been_due() {
        debtor.of("NL", 30).owes("1000.00", DUE);
        debtor.until(LocalDate.of(2026, 2, 5));
        employees(5);
        debtor.until(LocalDate.of(2026, 2, 10));
        jdbc.sql("update dunning_case set held_since = now(), wanted_since = date '2026-01-02'")
                .update();
        assertThat(changes.adapt()).isZero();
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKey("standard")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void a_case_that_waits_for_a_decision_or_is_with_the_agency_is_left_alone() {
        debtor.of("NL", 5).owes("200.00", DUE);
        debtor.answers("confirmHandOver", Map.of("outcome", "handedOver", "note", "Agency X"));
        debtor.until(LocalDate.of(2026, 3, 10));
        employees(30);

        debtor.until(LocalDate.of(2026, 3, 20));

        assertThat(debtor.ladder()).isEqualTo("light");
        assertThat(task("recordAgencyResult")).isEqualTo(1);
        assertThat(runtime.createIncidentQuery().count()).isZero();
    }

    @Test
    void who_turns_out_to_be_a_public_body_gets_its_longer_waits_from_then_on_and_back() {
        debtor.of("NL", 30).owes("1000.00", DUE);
        debtor.until(LocalDate.of(2026, 2, 10));
        debtor.sector("government");
        debtor.until(LocalDate.of(2026, 2, 16));
        assertThat(debtor.ladder()).isEqualTo("government");
        debtor.until(LocalDate.of(2026, 3, 3));
        debtor.sector("wholesale");

        debtor.until(LocalDate.of(2026, 3, 16));

        assertThat(debtor.ladder()).isEqualTo("standard");
        assertThat(debtor.diary())
                .containsExactly(
                        "2026-02-05 mail at rung 10",
                        "2026-02-10 callCustomer for juniorCollectors",
                        // fifteen working days after the call, not five: on the 17th it would have been standard's
                        // letter
                        "2026-03-03 postLetters for mailroom",
                        // five working days after the letter; government would call on the 17th
                        "2026-03-10 callCustomer for juniorCollectors");
        assertThat(history.of(caseId()))
                .extracting(LadderChange::from, LadderChange::to, LadderChange::rung)
                .containsExactly(
                        tuple(null, "standard", 0),
                        tuple("standard", "government", 20),
                        tuple("government", "standard", 30));
    }

    @Test
    void who_turns_out_to_be_a_private_person_gets_fourteen_days_from_the_last_message_and_back() {
        debtor.of("NL", 5).owes("200.00", DUE);
        debtor.until(LocalDate.of(2026, 2, 5));
        debtor.kind("CONSUMER");
        debtor.until(LocalDate.of(2026, 2, 11));
        assertThat(debtor.ladder()).isEqualTo("consumer");
        debtor.until(LocalDate.of(2026, 2, 25));
        debtor.kind("COMPANY");

        debtor.until(LocalDate.of(2026, 3, 6));

        assertThat(debtor.ladder()).isEqualTo("light");
        assertThat(debtor.diary())
                .containsExactly(
                        "2026-02-05 mail at rung 10",
                        // there on the 10th, the term is over on the 25th; light would have written on the 16th
                        "2026-02-25 postLetters for mailroom",
                        // seven working days after the letter, on the ladder of small customers
                        "2026-03-06 mail at rung 60");
        assertThat(history.of(caseId()))
                .extracting(LadderChange::from, LadderChange::to, LadderChange::rung)
                .containsExactly(
                        tuple(null, "light", 0), tuple("light", "consumer", 10), tuple("consumer", "light", 30));
    }

    @Test
    void running_cases_can_be_put_on_the_baseline_by_the_table_and_taken_off_it_again() throws IOException {
        debtor.of("NL", 30).owes("1000.00", DUE);
        debtor.until(LocalDate.of(2026, 2, 10));
        try {
            table.sendsEveryoneTo("baseline");
            debtor.until(LocalDate.of(2026, 2, 17));
        } finally {
            table.restore();
        }
        assertThat(debtor.ladder()).isEqualTo("baseline");
        debtor.until(LocalDate.of(2026, 2, 24));

        assertThat(debtor.ladder()).isEqualTo("standard");
        assertThat(debtor.diary())
                .containsExactly(
                        "2026-02-05 mail at rung 10",
                        "2026-02-10 callCustomer for juniorCollectors",
                        // seven calendar days after the call; standard would have sent a letter
                        "2026-02-17 mail at rung 30",
                        // five working days after the mail, a call on either; standard calls first
                        "2026-02-24 callCustomer for juniorCollectors");
    }

    @Test
    void a_ladder_that_does_not_exist_is_an_incident_and_the_case_goes_on_when_it_is_repaired() throws IOException {
        debtor.of("NL", 30).owes("1000.00", DUE);
        debtor.until(LocalDate.of(2026, 2, 5));
        String deployment = withStandardLadderCalled("nowhere");
        try {
            debtor.until(LocalDate.of(2026, 2, 12));
        } finally {
            repository.deleteDeployment(deployment, true);
        }
        Incident incident = runtime.createIncidentQuery().singleResult();
        assertThat(incident.getActivityId()).isEqualTo("scoreAndChooseLadder");
        assertThat(incident.getIncidentMessage()).contains("nowhere");
        assertThat(debtor.ladder()).isEqualTo("standard");

        management.setJobRetries(
                management.createJobQuery().noRetriesLeft().singleResult().getId(), 1);
        debtor.until(LocalDate.of(2026, 2, 17));

        assertThat(runtime.createIncidentQuery().count()).isZero();
        assertThat(debtor.diary())
                .containsExactly(
                        "2026-02-05 mail at rung 10",
                        "2026-02-10 callCustomer for juniorCollectors",
                        // The incident came onto the work list of the operators.
                        "2026-02-11 attendToIt for admins",
                        "2026-02-17 postLetters for mailroom");
    }

    @Test
    void a_senior_who_starts_again_begins_at_the_bottom_and_what_was_said_is_kept() {
        debtor.of("NL", 5).owes("200.00", DUE);
        debtor.answers("confirmHandOver", Map.of("outcome", "notYet", "note", "no"));
        debtor.until(LocalDate.of(2026, 3, 6));
        assertThat(debtor.diary()).contains("2026-03-06 decideNextStep for seniorCollectors");
        assertThat(rung()).isEqualTo(60);

        tasks.complete(
                tasks.createTaskQuery()
                        .taskDefinitionKey("decideNextStep")
                        .singleResult()
                        .getId(),
                Map.of("outcome", "startAgain", "note", "new contact person"));
        assertThat(rung()).isZero();
        timeline.settleDown();

        assertThat(rung()).isEqualTo(10);
        assertThat(jdbc.sql("select string_agg(rung::text, ' ' order by id) from contact where state = 'SENT'")
                        .query(String.class)
                        .single())
                .isEqualTo("10 30 60 10");
        assertThat(history.of(caseId()))
                .extracting(LadderChange::from, LadderChange::to, LadderChange::rung)
                .containsExactly(tuple(null, "light", 0), tuple("light", "light", 0));
    }

    @Test
    void a_hundred_cases_move_together_and_a_broken_one_stops_only_itself() {
        long creditor = portfolio.creditor("NL");
        List<Long> customers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            customers.add(portfolio.customer());
            portfolio.invoice(creditor, customers.get(i), DUE, "100.00");
        }
        timeline.passUntil(LocalDate.of(2026, 2, 4));
        jdbc.sql("update customer set employees = 5").update();
        profiles.refresh(customers, timeline.today());
        scores.score(customers, timeline.today());
        assertThat(changes.adapt()).isZero();
        jdbc.sql("update dunning_case set wanted_since = date '2026-01-28'").update();
        // The subscription of one case names a step that is not there.
        jdbc.sql(
                        """
                        update act_ru_event_subscr set activity_id_ = 'nowhere' where event_name_ = 'dunning.ladderChanged'
                          and proc_inst_id_ = (select process_instance_id from dunning_case where customer_id = :id)
                        """)
                .param("id", customers.get(41))
                .update();

        assertThat(changes.adapt()).isEqualTo(99);
        assertThat(leftOut.entries(10)).extracting(LeftOut.Entry::customerId).containsExactly(customers.get(41));
        timeline.settleDown();

        assertThat(jdbc.sql("select count(*) from dunning_case where ladder = 'light'")
                        .query(Long.class)
                        .single())
                .isEqualTo(99);
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKey("light")
                        .count())
                .isEqualTo(99);
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKey("standard")
                        .count())
                .isEqualTo(1);
    }

    /** A year of large monthly bills, each paid so many days late, booked on that day. */
    private void paidBills(int daysLate, LocalDate booked) {
        for (int month = 1; month <= 12; month++) {
            LocalDate due = booked.minusMonths(month).minusDays(daysLate);
            portfolio.pay(debtor.owes("9000.00", due), due.plusDays(daysLate), "9000.00");
        }
    }

    private void employees(int number) {
        jdbc.sql("update customer set employees = :number where id = :id")
                .param("number", number)
                .param("id", debtor.customer())
                .update();
    }

    private long blocked() {
        jdbc.sql("update dunning_case set held_since = :at")
                .param("at", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .update();
        return jdbc.sql(
                        """
                        insert into hold (number, kind, customer_id, creditor_id, covers_all, reason, starts_on, ends_on, state, raised_at)
                        values ('H1', 'BLOCK', :customer, :creditor, true, 'fire', :on, :until, 'ACTIVE', :at) returning id
                        """)
                .param("customer", debtor.customer())
                .param("creditor", debtor.creditor())
                .param("on", timeline.today())
                .param("until", timeline.today().plusDays(30))
                .param("at", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }

    private void runAgain() {
        runtime.startProcessInstanceByMessage("scoring.dailyRunRequested");
        timeline.settleDown();
    }

    private long task(String key) {
        return tasks.createTaskQuery().taskDefinitionKey(key).active().count();
    }

    private long caseId() {
        return jdbc.sql("select id from dunning_case").query(Long.class).single();
    }

    private int rung() {
        return jdbc.sql("select rung from dunning_case").query(Integer.class).single();
    }

    private String wanted() {
        return jdbc.sql("select coalesce(wanted_ladder || ' since ' || wanted_since, '-') from dunning_case")
                .query(String.class)
                .single();
    }

    private String everything() {
        return jdbc.sql(
                        """
                        select (select string_agg(c::text, ';' order by c.id) from dunning_case c)
                            || (select string_agg(h::text, ';' order by h.id) from ladder_change h)
                            || (select count(*)::text from contact)
                            || (select string_agg(e.id_, ';' order by e.id_) from act_ru_execution e)
                        """)
                .query(String.class)
                .single();
    }

    private String withStandardLadderCalled(String name) throws IOException {
        try (InputStream model = getClass().getResourceAsStream("/bpmn/case/choose-ladder.dmn")) {
            String text = new String(model.readAllBytes(), StandardCharsets.UTF_8);
            return repository
                    .createDeployment()
                    .addString(
                            "choose-ladder.dmn",
                            text.replace("<text>\"standard\"</text>", "<text>\"" + name + "\"</text>"))
                    .deploy()
                    .getId();
        }
    }
}
