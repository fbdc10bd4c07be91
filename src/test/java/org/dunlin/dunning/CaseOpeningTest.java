package org.dunlin.dunning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.camunda.bpm.engine.RuntimeService;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@DunlinTest
class CaseOpeningTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 3, 10);

    @Autowired
    CaseOpening opening;

    @Autowired
    DunningCases cases;

    @Autowired
    Portfolio portfolio;

    @Autowired
    Timeline timeline;

    @Autowired
    Slate slate;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    RuntimeService runtime;

    long creditor;
    long customer;

    @BeforeEach
    void begin() {
        slate.clean();
        timeline.startOn(TODAY);
        creditor = portfolio.creditor("NL");
        customer = portfolio.customer();
    }

    @Test
    void overdue_invoices_of_one_customer_open_one_case_with_one_process() {
        long first = portfolio.invoice(creditor, customer, TODAY.minusDays(1), "100.00");
        long second = portfolio.invoice(creditor, customer, TODAY.minusDays(20), "50.00");
        portfolio.invoice(creditor, customer, TODAY, "70.00");

        openAll();

        assertThat(caseIds()).hasSize(1);
        long caseId = caseIds().get(0);
        assertThat(cases.invoices(caseId)).containsExactlyInAnyOrder(first, second);
        assertThat(runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(cases.get(caseId).number())
                        .processDefinitionKey("dunningCase")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void a_second_run_on_the_same_day_changes_nothing() {
        portfolio.invoice(creditor, customer, TODAY.minusDays(1), "100.00");
        openAll();
        openAll();
        assertThat(caseIds()).hasSize(1);
        assertThat(runtime.createProcessInstanceQuery().count()).isEqualTo(1);
    }

    @Test
    void until_its_first_contact_a_case_takes_further_invoices_and_afterwards_the_next_case_does() {
        portfolio.invoice(creditor, customer, TODAY.minusDays(3), "100.00");
        openAll();
        long joining = portfolio.invoice(creditor, customer, TODAY.minusDays(1), "5.00");
        openAll();
        assertThat(caseIds()).hasSize(1);
        assertThat(cases.invoices(caseIds().get(0))).contains(joining);

        cases.contacted(
                caseIds().get(0), 10, TODAY.atStartOfDay(Timeline.AMSTERDAM).toInstant());
        long next = portfolio.invoice(creditor, customer, TODAY.minusDays(1), "80.00");
        openAll();
        assertThat(caseIds()).hasSize(2);
        assertThat(cases.invoices(caseIds().get(1))).containsExactly(next);
    }

    @Test
    void currencies_and_creditors_never_share_a_case() {
        long other = portfolio.creditor("BE");
        portfolio.invoice(creditor, customer, TODAY.minusDays(3), "100.00");
        portfolio.invoice(other, customer, TODAY.minusDays(3), "100.00");
        portfolio.invoice(creditor, customer, TODAY.minusDays(33), TODAY.minusDays(3), "USD", "100.00");
        openAll();
        assertThat(caseIds()).hasSize(3);
    }

    @Test
    void small_amounts_add_up_to_the_minimum_but_below_it_nothing_opens() {
        portfolio.invoice(creditor, customer, TODAY.minusDays(3), "6.00");
        openAll();
        assertThat(caseIds()).isEmpty();
        portfolio.invoice(creditor, customer, TODAY.minusDays(2), "4.00");
        openAll();
        assertThat(caseIds()).hasSize(1);
    }

    @Test
    void a_disputed_invoice_opens_no_case() {
        long disputed = portfolio.invoice(creditor, customer, TODAY.minusDays(3), "100.00");
        jdbc.sql("update invoice set disputed = true where id = :id")
                .param("id", disputed)
                .update();
        openAll();
        assertThat(caseIds()).isEmpty();
    }

    @Test
    void batches_follow_each_other_until_every_customer_is_looked_after() {
        for (int i = 0; i < 5; i++) {
            portfolio.invoice(creditor, portfolio.customer(), TODAY.minusDays(3), "100.00");
        }
        assertThat(opening.findCandidates()).isEqualTo(5);
        assertThat(opening.openNext(2)).isTrue();
        assertThat(jdbc.sql("select count(*) from dunning_case")
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
        assertThat(opening.openNext(2)).isTrue();
        assertThat(opening.openNext(2)).isFalse();
        assertThat(jdbc.sql("select count(*) from dunning_case")
                        .query(Long.class)
                        .single())
                .isEqualTo(5);
    }

    private void openAll() {
        opening.findCandidates();
        while (opening.openNext(100)) {
            // batches
        }
    }

    private List<Long> caseIds() {
        return jdbc.sql("select id from dunning_case where customer_id = :customer order by id")
                .param("customer", customer)
                .query(Long.class)
                .list();
    }
}
