package org.dunlin.dunning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.dunlin.platform.calendar.WorkCalendar;
import org.dunlin.scoring.DailyRunProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Customers with a usual pay day, S6. The 25th of June 2026 is a Thursday. */
@DunlinTest
class PayDaysTest {

    private static final LocalDate DUE = LocalDate.of(2026, 6, 5);

    @Autowired
    Debtor debtor;

    @Autowired
    Timeline timeline;

    @Autowired
    Portfolio portfolio;

    @Autowired
    Slate slate;

    @Autowired
    HistoryService history;

    @Autowired
    TaskService tasks;

    @Autowired
    PayDays payDays;

    @Autowired
    WorkCalendar calendar;

    @Autowired
    JdbcClient jdbc;

    private Set<String> runsBefore = Set.of();

    @BeforeEach
    void everybodyDoesTheirWork() {
        slate.clean();
        runsBefore = runs().stream().map(HistoricProcessInstance::getId).collect(Collectors.toSet());
        debtor.answers("callCustomer", Map.of("outcome", "refuses"))
                .answers("postLetters", Map.of("outcome", "allPosted"));
        timeline.startOn(LocalDate.of(2026, 6, 1));
    }

    @Test
    void who_pays_on_the_25th_is_not_chased_before_the_25th_has_passed_and_the_case_says_why() {
        debtor.of("NL", 30);
        alwaysPaidOnThe25th();
        debtor.owes("1000.00", DUE);

        debtor.until(LocalDate.of(2026, 6, 26));
        assertThat(debtor.diary()).isEmpty();
        assertThat(debtor.cases().values()).containsExactly("OPEN");
        assertThat(payDays.counts().waiting()).isEqualTo(1);
        assertThat(ofLastRun(DailyRunProcess.WAITING_FOR_PAY_DAY)).isEqualTo(1);
        assertThat(payDays.reason(caseId()))
                .hasValueSatisfying(reason -> assertThat(reason).contains("25").contains("2026-06-29"));

        debtor.leaves("callCustomer").until(LocalDate.of(2026, 7, 2));
        assertThat(debtor.diary())
                .containsExactly("2026-06-29 mail at rung 10", "2026-07-02 callCustomer for juniorCollectors");
        assertThat(payDays.counts().waiting()).isZero();
        assertThat(tasks.getVariable(
                        tasks.createTaskQuery()
                                .taskDefinitionKey("callCustomer")
                                .singleResult()
                                .getId(),
                        "storyText"))
                .asString()
                .contains("not contacted before 2026-06-29");
    }

    @Test
    void without_a_usual_pay_day_the_reminder_comes_two_working_days_after_the_due_date() {
        debtor.of("NL", 30).owes("1000.00", DUE);

        debtor.until(LocalDate.of(2026, 6, 10));

        assertThat(debtor.diary()).containsExactly("2026-06-09 mail at rung 10");
        assertThat(payDays.reason(caseId())).isEmpty();
        assertThat(payDays.counts()).isEqualTo(new PayDays.Counts(0, 0));
    }

    @Test
    void who_needs_no_reminder_gets_none_and_is_counted_once() {
        debtor.of("NL", 30);
        alwaysPaidOnThe25th();
        long invoice = debtor.owes("1000.00", DUE);

        debtor.until(LocalDate.of(2026, 6, 25));
        portfolio.pay(invoice, LocalDate.of(2026, 6, 25), "1000.00");
        debtor.until(LocalDate.of(2026, 6, 26));

        assertThat(ofLastRun(DailyRunProcess.PAID_BY_THEMSELVES)).isEqualTo(1);
        assertThat(ofLastRun(DailyRunProcess.WAITING_FOR_PAY_DAY)).isZero();
        debtor.until(LocalDate.of(2026, 7, 1));
        assertThat(ofLastRun(DailyRunProcess.PAID_BY_THEMSELVES)).isZero();
        assertThat(debtor.diary()).isEmpty();
        assertThat(debtor.cases().values()).containsExactly("CLOSED SETTLED");
    }

    @Test
    void who_always_pays_six_days_late_is_reminded_when_the_money_is_late_by_that() {
        debtor.of("NL", 30).hasPaid(DUE.minusMonths(1), 6);
        debtor.owes("1000.00", DUE);

        debtor.until(LocalDate.of(2026, 6, 16));

        // The sixth day is Thursday the 11th; Friday is for the money to arrive.
        assertThat(debtor.diary()).containsExactly("2026-06-15 mail at rung 10");
    }

    @Test
    void a_poor_payer_is_not_waited_for_three_weeks() {
        debtor.of("NL", 30).hasPaid(DUE.minusMonths(1), 21);
        debtor.owes("1000.00", DUE);

        debtor.until(LocalDate.of(2026, 6, 10));

        assertThat(debtor.diary()).containsExactly("2026-06-09 mail at rung 10");
    }

    @Test
    void an_amount_paid_in_part_before_the_pay_day_leaves_the_rest_waiting() {
        debtor.of("NL", 30);
        alwaysPaidOnThe25th();
        long invoice = debtor.owes("1000.00", DUE);
        debtor.until(LocalDate.of(2026, 6, 15));

        portfolio.pay(invoice, LocalDate.of(2026, 6, 15), "400.00");
        debtor.until(LocalDate.of(2026, 6, 29));

        assertThat(debtor.diary()).containsExactly("2026-06-29 mail at rung 10");
    }

    /** Fourteen invoices with due dates all over the month, each paid on the next 25th or the working day after it. */
    private void alwaysPaidOnThe25th() {
        int[] dueDays = {3, 18, 9, 21, 12, 5, 24, 16, 7, 20, 11, 2, 14, 23};
        for (int i = 0; i < dueDays.length; i++) {
            LocalDate month = LocalDate.of(2025, 4, 1).plusMonths(i);
            LocalDate paid = calendar.onOrAfter("NL", month.withDayOfMonth(25));
            portfolio.pay(debtor.owes("500.00", month.withDayOfMonth(dueDays[i])), paid, "500.00");
        }
    }

    private long caseId() {
        return jdbc.sql("select id from dunning_case where customer_id = :customer")
                .param("customer", debtor.customer())
                .query(Long.class)
                .single();
    }

    /** What the latest daily run of this test said. */
    private int ofLastRun(String variable) {
        String run = runs().stream()
                .filter(instance -> !runsBefore.contains(instance.getId()))
                .findFirst()
                .orElseThrow()
                .getId();
        return (Integer) history.createHistoricVariableInstanceQuery()
                .processInstanceId(run)
                .variableName(variable)
                .singleResult()
                .getValue();
    }

    /** The latest first. */
    private List<HistoricProcessInstance> runs() {
        return history.createHistoricProcessInstanceQuery()
                .processDefinitionKey(DailyRunProcess.KEY)
                .finished()
                .orderByProcessInstanceStartTime()
                .desc()
                .list();
    }
}
