package org.dunlin.dunning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.dunlin.receivables.CustomerKey;
import org.dunlin.receivables.CustomerMergeRow;
import org.dunlin.receivables.InvoiceWithdrawalRow;
import org.dunlin.receivables.Ledger;
import org.dunlin.receivables.PaymentReturnRow;
import org.dunlin.receivables.WriteResult;
import org.dunlin.receivables.WriteResult.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What follow-up makes of money that goes back, invoices that are withdrawn, and customers who turn out to be one. */
@DunlinTest
class AfterBookingTest {

    @Autowired
    Debtor debtor;

    @Autowired
    Timeline timeline;

    @Autowired
    Portfolio portfolio;

    @Autowired
    Slate slate;

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

    @BeforeEach
    void begin() {
        slate.clean();
        timeline.startOn(LocalDate.of(2026, 1, 5));
        debtor.of("NL", 30);
    }

    @Test
    void a_direct_debit_that_comes_back_opens_a_new_case_on_the_next_daily_run() {
        long invoice = debtor.owes("400.00", LocalDate.of(2026, 1, 13));
        debtor.until(LocalDate.of(2026, 1, 16));
        portfolio.pay(invoice, LocalDate.of(2026, 1, 16), "400.00");
        debtor.until(LocalDate.of(2026, 1, 20));
        assertThat(debtor.cases().values()).containsExactly("CLOSED SETTLED");

        accepted(ledger.returnPayments(List.of(PaymentReturnRow.of(
                creditorNumber(), numberOf("payment", 1), LocalDate.of(2026, 1, 20), "MD06 refund requested"))));
        assertThat(debtor.cases().values()).containsExactly("CLOSED SETTLED");

        debtor.until(LocalDate.of(2026, 1, 21));
        assertThat(debtor.cases().values()).containsExactly("CLOSED SETTLED", "OPEN");
        assertThat(frames()).isEqualTo(1);
        debtor.until(LocalDate.of(2026, 1, 22));
        assertThat(debtor.cases()).as("and only once").hasSize(2);
    }

    @Test
    void a_withdrawn_invoice_ends_its_case_and_the_call_that_somebody_should_make() {
        long invoice = debtor.owes("400.00", LocalDate.of(2026, 1, 13));
        debtor.until(LocalDate.of(2026, 1, 20));
        assertThat(debtor.diary())
                .containsExactly("2026-01-15 mail at rung 10", "2026-01-20 callCustomer for juniorCollectors");

        withdraw(invoice, LocalDate.of(2026, 1, 20));

        assertThat(debtor.cases().values()).containsExactly("CLOSED SETTLED");
        assertThat(tasks.createTaskQuery().count()).isZero();
        assertThat(frames()).isZero();
        debtor.until(LocalDate.of(2026, 1, 23));
        assertThat(debtor.cases()).as("nothing is overdue any more").hasSize(1);
    }

    @Test
    void a_withdrawn_invoice_takes_the_message_back_that_waits_to_be_sent() {
        long invoice = debtor.owes("400.00", LocalDate.of(2026, 1, 13));
        debtor.until(LocalDate.of(2026, 1, 14));
        management.createJobQuery().timers().active().list().stream()
                .filter(job -> job.getProcessInstanceId() != null)
                .forEach(job -> management.executeJob(job.getId()));
        assertThat(externalTasks.createExternalTaskQuery().count()).isEqualTo(1);

        withdraw(invoice, LocalDate.of(2026, 1, 14));

        assertThat(externalTasks.createExternalTaskQuery().count()).isZero();
        debtor.until(LocalDate.of(2026, 1, 16));
        assertThat(debtor.diary()).isEmpty();
        assertThat(debtor.cases().values()).containsExactly("CLOSED SETTLED");
    }

    @Test
    void what_is_left_of_a_case_with_a_withdrawn_invoice_is_followed_up() {
        long wrong = debtor.owes("400.00", LocalDate.of(2026, 1, 13));
        debtor.owes("90.00", LocalDate.of(2026, 1, 13));
        debtor.until(LocalDate.of(2026, 1, 14));

        withdraw(wrong, LocalDate.of(2026, 1, 14));
        debtor.until(LocalDate.of(2026, 1, 15));

        assertThat(debtor.cases().values()).containsExactly("OPEN");
        assertThat(jdbc.sql("select total from contact where customer_id = :id")
                        .param("id", debtor.customer())
                        .query(java.math.BigDecimal.class)
                        .single())
                .isEqualByComparingTo("90");
    }

    @Test
    void two_cases_that_have_not_spoken_become_one_conversation_when_their_customers_are_merged() {
        long other = portfolio.customer();
        debtor.owes("400.00", LocalDate.of(2026, 1, 13));
        portfolio.invoice(debtor.creditor(), other, LocalDate.of(2026, 1, 13), "300.00");
        debtor.until(LocalDate.of(2026, 1, 14));
        assertThat(frames()).isEqualTo(2);

        merge(other, debtor.customer());

        assertThat(debtor.cases().values()).containsExactly("OPEN", "CLOSED MERGED");
        assertThat(frames()).as("the process of the younger has ended").isEqualTo(1);
        assertThat(jdbc.sql("select count(*) from dunning_case_invoice where left_on is null group by case_id")
                        .query(Integer.class)
                        .list())
                .containsExactly(2);
        debtor.until(LocalDate.of(2026, 1, 16));
        assertThat(debtor.diary()).containsExactly("2026-01-15 mail at rung 10");
        assertThat(jdbc.sql("select total from contact")
                        .query(java.math.BigDecimal.class)
                        .single())
                .isEqualByComparingTo("700");
        assertThat(debtor.cases().values())
                .as("what has ended so stays so, and no third case comes")
                .containsExactly("OPEN", "CLOSED MERGED");
    }

    @Test
    void a_case_that_has_spoken_goes_on_with_the_customer_who_stays() {
        long other = portfolio.customer();
        portfolio.invoice(debtor.creditor(), other, LocalDate.of(2026, 1, 13), "300.00");
        debtor.owes("400.00", LocalDate.of(2026, 1, 15));
        debtor.until(LocalDate.of(2026, 1, 16));
        assertThat(jdbc.sql("select customer_id from contact").query(Long.class).list())
                .containsExactly(other);

        merge(other, debtor.customer());

        assertThat(debtor.cases().values()).containsExactly("OPEN", "OPEN");
        assertThat(frames()).isEqualTo(2);
        assertThat(jdbc.sql("select customer_id from contact").query(Long.class).list())
                .containsExactly(debtor.customer());
        assertThat(count("select count(*) from customer_profile where customer_id = :id", other))
                .isZero();
        assertThat(count("select count(*) from customer_score where customer_id = :id and until is null", other))
                .isZero();

        debtor.until(LocalDate.of(2026, 1, 20));
        assertThat(debtor.diary())
                .contains("2026-01-19 mail at rung 10", "2026-01-20 callCustomer for juniorCollectors");
        assertThat(count("select count(*) from customer_profile where customer_id = :id", other))
                .as("and the daily run does not look at the other again")
                .isZero();
        assertThat(jdbc.sql("select open_amount from customer_profile where customer_id = :id")
                        .param("id", debtor.customer())
                        .query(java.math.BigDecimal.class)
                        .single())
                .isEqualByComparingTo("700");
    }

    @Test
    void the_daily_run_ends_the_process_of_a_merged_case_that_nobody_ended() {
        debtor.owes("400.00", LocalDate.of(2026, 1, 13));
        debtor.until(LocalDate.of(2026, 1, 14));
        jdbc.sql("update dunning_case_invoice set left_on = date '2026-01-14'").update();
        jdbc.sql("update invoice set disputed = true").update();
        jdbc.sql("update dunning_case set state = 'CLOSED', outcome = 'MERGED', closed_on = date '2026-01-14'")
                .update();
        assertThat(frames()).isEqualTo(1);

        debtor.until(LocalDate.of(2026, 1, 15));

        assertThat(frames()).isZero();
        assertThat(debtor.cases().values()).containsExactly("CLOSED MERGED");
    }

    private void withdraw(long invoice, LocalDate on) {
        accepted(ledger.withdrawInvoices(List.of(new InvoiceWithdrawalRow(
                creditorNumber(), numberOf("invoice", invoice), on, "sent to the wrong one"))));
    }

    private void merge(long from, long into) {
        accepted(ledger.mergeCustomers(List.of(new CustomerMergeRow(
                CustomerKey.of(numberOf("customer", from)), CustomerKey.of(numberOf("customer", into))))));
    }

    private static void accepted(WriteResult result) {
        assertThat(result.problems()).isEmpty();
        assertThat(result.outcomes()).containsExactly(Outcome.INSERTED);
    }

    private String creditorNumber() {
        return numberOf("creditor", debtor.creditor());
    }

    private String numberOf(String table, long id) {
        return jdbc.sql("select number from " + table + " where id = :id")
                .param("id", id)
                .query(String.class)
                .single();
    }

    private long count(String sql, long customer) {
        return jdbc.sql(sql).params(Map.of("id", customer)).query(Long.class).single();
    }

    private long frames() {
        return runtime.createProcessInstanceQuery()
                .processDefinitionKey("dunningCase")
                .count();
    }
}
