package org.dunlin.dunning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.dunlin.dunning.Hold.Outcome;
import org.dunlin.receivables.InvoiceWithdrawalRow;
import org.dunlin.receivables.Ledger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A dispute from the call to its end: who gets it, who is reminded, who decides, what the customer hears, and when the ladder goes
 * on. In each calendar the letter is due five working days after the call of Tuesday 20 January, and all five are left when the
 * case comes to a stop on that evening.
 */
@DunlinTest
class DisputesTest {

    private static final LocalDate CALLED = LocalDate.of(2026, 1, 20);

    @Autowired
    Debtor debtor;

    @Autowired
    Timeline timeline;

    @Autowired
    Portfolio portfolio;

    @Autowired
    Slate slate;

    @Autowired
    Holds holds;

    @Autowired
    Ledger ledger;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    RuntimeService runtime;

    @Autowired
    TaskService tasks;

    @Autowired
    ExternalTaskService externalTasks;

    @Autowired
    ManagementService management;

    private long invoice;

    @BeforeEach
    void theCustomerContestsThePriceInTheCall() {
        slate.clean();
        timeline.startOn(day(1, 12));
        invoice = debtor.of("NL", 30).owes("400.00", day(1, 13));
        debtor.answers(
                        "callCustomer",
                        Map.of("outcome", "disputes", "disputeReason", "price", "note", "We agreed on 300"))
                .until(CALLED);
        debtor.leaves("callCustomer");
        assertThat(debtor.diary())
                .containsExactly(
                        "2026-01-15 mail at rung 10",
                        "2026-01-20 callCustomer for juniorCollectors",
                        "2026-01-20 resolveDispute for sales");
    }

    private static LocalDate day(int month, int day) {
        return LocalDate.of(2026, month, day);
    }

    @Test
    void the_department_is_reminded_after_half_of_its_working_days_and_a_senior_decides_when_they_are_over() {
        assertThat(held()).isTrue();
        // Five working days: until Tuesday 27 January at five; half of them, rounded up, are over on Friday morning.
        assertThat(task().getDueDate()).isEqualTo("2026-01-27T16:00:00Z");
        debtor.until(day(1, 22));
        assertThat(task().getName()).startsWith("Resolve dispute: ");
        assertThat(task().getPriority()).as("20 percent of 400.00").isEqualTo(80);

        debtor.until(day(1, 23));
        assertThat(task().getName()).startsWith("Reminder: Resolve dispute: ");
        assertThat(task().getPriority())
                .as("before everything that is only worth money")
                .isEqualTo(ValueAtStake.REMINDED);
        debtor.until(day(1, 26));
        assertThat(task().getTaskDefinitionKey()).isEqualTo("resolveDispute");

        debtor.until(day(1, 27));
        assertThat(task().getTaskDefinitionKey()).isEqualTo("decideDispute");
        assertThat(task().getDueDate()).as("two working days").isEqualTo("2026-01-29T16:00:00Z");
        assertThat(debtor.diary()).last().isEqualTo("2026-01-27 decideDispute for seniorCollectors");
        assertThat(only().isActive()).isTrue();

        decide("rejected", "The price is that of your order.");
        assertThat(only().outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(told()).containsExactly("2026-01-27 disputeRejected");
    }

    @Test
    void a_rejected_dispute_is_told_with_its_reason_and_the_ladder_goes_on_where_it_stood() {
        debtor.until(day(1, 21));
        decide("rejected", "The price is that of your order of 3 January.");
        debtor.until(day(2, 5));

        assertThat(only().outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(told()).containsExactly("2026-01-21 disputeRejected");
        assertThat(words()).contains("The price is that of your order of 3 January.", "Payment reference: RF");
        assertThat(debtor.diary())
                .containsExactly(
                        "2026-01-15 mail at rung 10",
                        "2026-01-20 callCustomer for juniorCollectors",
                        "2026-01-20 resolveDispute for sales",
                        "2026-01-21 mail at rung 0",
                        "2026-01-28 postLetters for mailroom");
        assertThat(disputed()).as("marked in the ledger as over").isFalse();
        assertThat(facts()).containsExactly(1, 0, 1, 0);
        assertThat(processes()).isZero();
    }

    @Test
    void a_credit_note_that_comes_in_time_ends_the_dispute_and_the_rest_is_followed_up() {
        debtor.until(day(1, 21));
        decide("creditExpected", null);
        assertThat(told()).containsExactly("2026-01-21 disputeCredit");
        assertThat(words()).contains("You will receive a credit note").doesNotContain("Payment reference");
        assertThat(only().course().expectedBy()).isEqualTo(day(2, 4));
        debtor.until(day(1, 29));
        assertThat(held()).isTrue();

        portfolio.credit(invoice, day(1, 29), "100.00");
        assertThat(only().outcome()).isEqualTo(Outcome.CREDITED);
        debtor.answers("postLetters", Map.of("outcome", "allPosted")).until(day(2, 6));

        assertThat(debtor.diary())
                .endsWith(
                        "2026-01-20 resolveDispute for sales",
                        "2026-01-21 mail at rung 0",
                        "2026-02-05 postLetters for mailroom");
        assertThat(jdbc.sql("select body_text from contact where channel = 'LETTER'")
                        .query(String.class)
                        .single())
                .contains("300.00");
        assertThat(facts()).containsExactly(1, 1, 0, 0);
        assertThat(processes()).isZero();
    }

    @Test
    void a_credit_note_that_comes_before_the_answer_waits_for_it_because_the_customer_hears_it_first() {
        portfolio.credit(invoice, CALLED, "100.00");
        debtor.until(day(1, 22));
        assertThat(only().isActive()).isTrue();
        assertThat(held()).isTrue();

        // The office is open until the evening; the customer hears it at once, and then nothing is waited for.
        decide("creditExpected", null);
        debtor.until(day(1, 29));

        assertThat(only().outcome()).isEqualTo(Outcome.CREDITED);
        assertThat(only().endedAt()).isEqualTo("2026-01-22T17:00:00Z");
        assertThat(told()).containsExactly("2026-01-22 disputeCredit");
        assertThat(debtor.diary()).endsWith("2026-01-22 mail at rung 0", "2026-01-29 postLetters for mailroom");
    }

    @Test
    void a_credit_note_that_comes_while_the_message_waits_for_monday_does_not_overtake_it() {
        debtor.until(day(1, 24));
        decide("creditExpected", null);
        portfolio.credit(invoice, day(1, 24), "100.00");
        timeline.settleDown();
        assertThat(told()).as("on a Saturday").isEmpty();
        assertThat(only().isActive()).isTrue();

        debtor.until(day(1, 26));

        assertThat(told()).containsExactly("2026-01-26 disputeCredit");
        assertThat(only().outcome()).isEqualTo(Outcome.CREDITED);
        assertThat(only().endedAt()).isEqualTo("2026-01-26T17:00:00Z");
    }

    @Test
    void a_credit_note_that_does_not_come_in_time_brings_the_dispute_back_until_it_comes_late() {
        debtor.until(day(1, 21));
        decide("creditExpected", null);
        debtor.until(day(2, 4));
        assertThat(tasks.createTaskQuery().active().count()).isZero();

        debtor.until(day(2, 5));
        assertThat(debtor.diary()).last().isEqualTo("2026-02-05 resolveDispute for sales");
        assertThat(task().getDueDate()).as("five working days again").isEqualTo("2026-02-12T16:00:00Z");
        assertThat(held()).isTrue();

        portfolio.credit(invoice, day(2, 5), "100.00");
        debtor.until(day(2, 12));

        assertThat(only().outcome()).isEqualTo(Outcome.CREDITED);
        assertThat(told()).as("nothing new to tell").containsExactly("2026-01-21 disputeCredit");
        assertThat(debtor.diary()).last().isEqualTo("2026-02-12 postLetters for mailroom");
        assertThat(processes()).isZero();
    }

    @Test
    void a_credit_note_that_never_comes_can_end_in_another_answer_which_is_told_too() {
        debtor.until(day(1, 21));
        decide("creditExpected", null);
        debtor.until(day(2, 5));
        decide("rejected", "We looked once more: the price is right.");
        debtor.until(day(2, 12));

        assertThat(only().outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(told()).containsExactly("2026-01-21 disputeCredit", "2026-02-05 disputeRejected");
        assertThat(debtor.diary()).endsWith("2026-02-05 mail at rung 0", "2026-02-12 postLetters for mailroom");
        assertThat(facts()).containsExactly(1, 0, 1, 0);
        assertThat(processes()).isZero();
    }

    @Test
    void a_credit_note_that_never_comes_goes_to_a_senior_when_the_department_stays_silent() {
        debtor.until(day(1, 21));
        decide("creditExpected", null);
        debtor.until(day(2, 12));

        assertThat(debtor.diary())
                .endsWith(
                        "2026-01-21 mail at rung 0",
                        "2026-02-05 resolveDispute for sales",
                        "2026-02-12 decideDispute for seniorCollectors");
        assertThat(held()).isTrue();
    }

    @Test
    void a_corrected_invoice_replaces_the_old_one_by_a_credit_note_and_has_a_follow_up_of_its_own() {
        debtor.until(day(1, 21));
        decide("correctedInvoice", null);
        assertThat(told()).containsExactly("2026-01-21 disputeCorrected");
        assertThat(words()).contains("corrected invoice").doesNotContain("Payment reference");
        debtor.until(day(1, 26));

        portfolio.credit(invoice, day(1, 26), "400.00");
        debtor.owes("300.00", day(2, 24));
        assertThat(only().outcome()).isEqualTo(Outcome.CORRECTED);
        assertThat(debtor.cases().values()).containsExactly("CLOSED SETTLED");
        debtor.until(day(2, 26));

        assertThat(debtor.cases().values()).containsExactly("CLOSED SETTLED", "OPEN");
        assertThat(debtor.diary())
                .endsWith(
                        "2026-01-20 resolveDispute for sales",
                        "2026-01-21 mail at rung 0",
                        "2026-02-26 mail at rung 10");
        assertThat(facts()).containsExactly(1, 1, 0, 0);
    }

    @Test
    void a_corrected_invoice_replaces_the_old_one_also_when_that_is_withdrawn() {
        debtor.until(day(1, 21));
        decide("correctedInvoice", null);
        debtor.until(day(1, 26));

        withdraw(day(1, 26));

        assertThat(only().outcome()).isEqualTo(Outcome.CORRECTED);
        assertThat(debtor.cases().values()).containsExactly("CLOSED SETTLED");
        assertThat(processes()).isZero();
        debtor.until(day(1, 27));
        assertThat(facts()).containsExactly(1, 1, 0, 0);
    }

    @Test
    void a_corrected_invoice_that_never_comes_brings_the_dispute_back() {
        debtor.until(day(1, 21));
        decide("correctedInvoice", null);
        debtor.until(day(2, 5));

        assertThat(debtor.diary()).endsWith("2026-01-21 mail at rung 0", "2026-02-05 resolveDispute for sales");
        assertThat(only().isActive()).isTrue();
        assertThat(held()).isTrue();
    }

    @Test
    void who_pays_what_they_contest_is_told_nothing_and_the_score_knows() {
        debtor.until(day(1, 22));
        portfolio.pay(invoice, day(1, 22), "400.00");

        assertThat(only().outcome()).isEqualTo(Outcome.SETTLED);
        assertThat(debtor.cases().values()).containsExactly("CLOSED SETTLED");
        assertThat(tasks.createTaskQuery().count()).isZero();
        assertThat(processes()).isZero();
        debtor.until(day(1, 27));
        assertThat(told()).isEmpty();
        assertThat(facts()).containsExactly(1, 0, 0, 1);
    }

    @Test
    void who_pays_before_the_result_was_told_is_not_told_it_any_more() {
        debtor.until(day(1, 24));
        decide("rejected", "The price is right.");
        assertThat(externalTasks.createExternalTaskQuery().topicName("email").count())
                .isEqualTo(1);

        portfolio.pay(invoice, day(1, 24), "400.00");
        debtor.until(day(1, 27));

        assertThat(only().outcome()).isEqualTo(Outcome.SETTLED);
        assertThat(told()).isEmpty();
        assertThat(facts()).containsExactly(1, 0, 0, 1);
    }

    @Test
    void who_pays_although_they_were_right_were_right_all_the_same() {
        debtor.until(day(1, 21));
        decide("creditExpected", null);
        debtor.until(day(1, 22));
        portfolio.pay(invoice, day(1, 22), "400.00");
        debtor.until(day(1, 23));

        assertThat(only().outcome()).isEqualTo(Outcome.SETTLED);
        assertThat(facts()).containsExactly(1, 1, 0, 0);
    }

    @Test
    void an_invoice_that_is_credited_in_full_or_withdrawn_needs_no_answer_any_more() {
        debtor.until(day(1, 22));
        withdraw(day(1, 22));

        assertThat(only().outcome()).isEqualTo(Outcome.CORRECTED);
        assertThat(tasks.createTaskQuery().count()).isZero();

        long other = debtor.owes("90.00", day(1, 21));
        holds.raise(
                NewHold.dispute(debtor.customer(), List.of(portfolio.invoiceNumber(other)), "goods", null, "senior"));
        portfolio.credit(other, day(1, 22), "90.00");

        assertThat(holds.ofCustomer(debtor.customer()))
                .extracting(Hold::outcome)
                .containsExactly(Outcome.CREDITED, Outcome.CORRECTED);
        debtor.until(day(1, 23));
        assertThat(told()).isEmpty();
        assertThat(facts()).containsExactly(2, 2, 0, 0);
    }

    @Test
    void a_dispute_begun_by_its_form_goes_to_the_department_of_its_reason() {
        long other = debtor.owes("90.00", day(2, 10));
        runtime.startProcessInstanceByKey(
                "dispute",
                Map.of(
                        "customerNumber",
                        portfolio.customerNumber(debtor.customer()),
                        "invoiceNumbers",
                        portfolio.invoiceNumber(other),
                        "disputeReason",
                        "poNumber",
                        "note",
                        "Their number 4711 is missing"));

        Hold dispute = holds.ofCustomer(debtor.customer()).get(0);
        assertThat(dispute.invoices()).extracting(Hold.Covered::invoiceId).containsExactly(other);
        Task task = tasks.createTaskQuery()
                .processInstanceId(dispute.processInstanceId())
                .singleResult();
        assertThat(tasks.getIdentityLinksForTask(task.getId()))
                .extracting(link -> link.getGroupId())
                .containsExactly("disputes");
        assertThat(task.getDueDate()).as("two working days").isEqualTo("2026-01-22T16:00:00Z");
        assertThat(tasks.getVariables(task.getId())).containsEntry("noteText", "Their number 4711 is missing");
    }

    @Test
    void over_easter_the_holiday_counts_neither_for_the_reminder_nor_for_the_deadline() {
        timeline.startOn(day(4, 2));
        Hold dispute = holds.raise(NewHold.dispute(
                debtor.customer(),
                List.of(portfolio.invoiceNumber(debtor.owes("90.00", day(4, 1)))),
                "price",
                null,
                "senior"));

        // Good Friday is worked on in the Netherlands, Easter Monday is not.
        assertThat(management
                        .createJobQuery()
                        .processInstanceId(dispute.processInstanceId())
                        .orderByJobDuedate()
                        .asc()
                        .list())
                .extracting(job -> job.getDuedate().toInstant().toString())
                .containsExactly("2026-04-08T06:00:00Z", "2026-04-10T15:00:00Z");
    }

    private Hold only() {
        List<Hold> all = holds.ofCustomer(debtor.customer());
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private Task task() {
        return tasks.createTaskQuery().active().singleResult();
    }

    /** Department or senior answers now. */
    private void decide(String outcome, String explanation) {
        tasks.complete(
                task().getId(),
                explanation == null
                        ? Map.of("outcome", outcome)
                        : Map.of("outcome", outcome, "explanation", explanation));
        debtor.onThisEvening();
    }

    private void withdraw(LocalDate on) {
        assertThat(ledger.withdrawInvoices(List.of(new InvoiceWithdrawalRow(
                                portfolio.creditorNumber(debtor.creditor()),
                                portfolio.invoiceNumber(invoice),
                                on,
                                "wrong price")))
                        .problems())
                .isEmpty();
    }

    /** Day and name of each notice. */
    private List<String> told() {
        return jdbc.sql(
                        """
                        select (sent_at at time zone 'Europe/Amsterdam')::date || ' ' || template from contact
                        where hold_id is not null and state = 'SENT' order by id
                        """)
                .query(String.class)
                .list();
    }

    /** Of the latest notice. */
    private String words() {
        return jdbc.sql("select body_text from contact where hold_id is not null order by id desc limit 1")
                .query(String.class)
                .single();
    }

    /** Disputes raised, accepted, rejected and paid, as the score knows them since the last daily run. */
    private List<Integer> facts() {
        return jdbc.sql(
                        """
                        select unnest(array[disputes_raised, disputes_accepted, disputes_rejected, disputes_paid])
                        from customer_profile where customer_id = :id
                        """)
                .param("id", debtor.customer())
                .query(Integer.class)
                .list();
    }

    private boolean held() {
        return jdbc.sql("select held_since is not null from dunning_case where state = 'OPEN'")
                .query(Boolean.class)
                .single();
    }

    private boolean disputed() {
        return jdbc.sql("select not dispute_resolved from invoice where id = :id and disputed")
                .param("id", invoice)
                .query(Boolean.class)
                .single();
    }

    private long processes() {
        return runtime.createProcessInstanceQuery()
                .processDefinitionKey("dispute")
                .count();
    }
}
