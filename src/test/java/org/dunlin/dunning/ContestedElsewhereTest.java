package org.dunlin.dunning;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.TaskService;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.dunlin.receivables.CustomerKey;
import org.dunlin.receivables.InvoiceRow;
import org.dunlin.receivables.InvoiceRow.Dispute;
import org.dunlin.receivables.Ledger;
import org.dunlin.receivables.Money;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Invoices that the source system says are contested: nobody chases them (S16), and the case stands still while nothing else is
 * left in it, as under a hold. It ends when the source says so, because only there is it known who looks into it.
 */
@DunlinTest
class ContestedElsewhereTest {

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
    TaskService tasks;

    private long invoice;

    @BeforeEach
    void aCaseWithAnOpenCall() {
        slate.clean();
        timeline.startOn(day(1, 12));
        invoice = debtor.of("NL", 30).owes("400.00", day(1, 13));
    }

    private static LocalDate day(int month, int day) {
        return LocalDate.of(2026, month, day);
    }

    @Test
    void a_case_stands_still_at_once_and_climbs_on_when_the_source_says_that_it_is_resolved() {
        debtor.until(day(1, 20));
        assertThat(openCalls()).isEqualTo(1);

        sourceSays(invoice, Dispute.OPEN);
        timeline.settleDown();
        assertThat(standsStill()).isTrue();
        assertThat(openCalls()).isZero();
        debtor.until(day(1, 30));
        assertThat(repairs()).as("nothing that the daily run had to put right").isZero();

        sourceSays(invoice, Dispute.RESOLVED);
        timeline.settleDown();
        assertThat(standsStill()).isFalse();
        assertThat(openCalls()).isEqualTo(1);
        debtor.answers("callCustomer", Map.of("outcome", "refuses")).until(day(2, 6));
        assertThat(debtor.diary())
                .containsExactly(
                        "2026-01-15 mail at rung 10",
                        "2026-01-20 callCustomer for juniorCollectors",
                        // Five working days after the call, which was made on the evening after the resumption.
                        "2026-02-06 postLetters for mailroom");
    }

    @Test
    void what_is_not_contested_is_followed_up_alone() {
        long contested = debtor.owes("250.00", day(1, 13));
        debtor.until(day(1, 14));
        sourceSays(contested, Dispute.OPEN);
        debtor.until(day(1, 20));

        assertThat(standsStill()).isFalse();
        assertThat(debtor.diary())
                .containsExactly("2026-01-15 mail at rung 10", "2026-01-20 callCustomer for juniorCollectors");
        assertThat(jdbc.sql("select total from contact").query(BigDecimal.class).single())
                .isEqualByComparingTo("400.00");
    }

    @Test
    void it_counts_like_a_hold_beside_holds_and_the_last_of_them_decides() {
        long contested = debtor.owes("250.00", day(1, 13));
        debtor.until(day(1, 16));
        Hold promise = holds.raise(NewHold.promise(debtor.customer(), day(2, 12), null, "senior")
                .naming(List.of(portfolio.invoiceNumber(invoice))));
        timeline.settleDown();
        assertThat(standsStill()).isFalse();
        sourceSays(contested, Dispute.OPEN);
        timeline.settleDown();
        assertThat(standsStill()).isTrue();

        holds.withdraw(promise.id(), "senior", null);
        timeline.settleDown();
        assertThat(standsStill()).isFalse();
        debtor.until(day(1, 21));
        assertThat(debtor.diary()).last().isEqualTo("2026-01-20 callCustomer for juniorCollectors");
    }

    @Test
    void it_opens_no_case_before_it_is_resolved() {
        sourceSays(invoice, Dispute.OPEN);
        debtor.until(day(1, 20));
        assertThat(debtor.cases()).isEmpty();

        sourceSays(invoice, Dispute.RESOLVED);
        debtor.until(day(1, 21));
        assertThat(debtor.cases().values()).containsExactly("OPEN");
        assertThat(debtor.diary()).containsExactly("2026-01-21 mail at rung 10");
    }

    @Test
    void a_dispute_that_is_kept_here_is_not_ended_by_what_the_source_says() {
        debtor.until(day(1, 20));
        Hold dispute = holds.raise(NewHold.dispute(debtor.customer(), List.of(), "price", null, "senior"));
        sourceSays(invoice, Dispute.NONE);
        timeline.settleDown();
        debtor.until(day(1, 21));

        assertThat(holds.get(dispute.id()).isActive()).isTrue();
        assertThat(standsStill()).isTrue();
    }

    @Test
    void what_the_source_still_contests_after_a_dispute_ended_here_is_not_chased() {
        debtor.until(day(1, 16));
        holds.raise(NewHold.dispute(debtor.customer(), List.of(), "price", null, "senior"));
        debtor.answers("resolveDispute", Map.of("outcome", "rejected", "explanation", "The price is right."))
                .until(day(1, 19));
        assertThat(standsStill()).isFalse();

        sourceSays(invoice, Dispute.OPEN);
        timeline.settleDown();
        assertThat(standsStill()).isTrue();
    }

    /** As a file of invoices brings it in. */
    private void sourceSays(long id, Dispute dispute) {
        InvoiceRow row = jdbc.sql("select number, issued_on, due_on, gross from invoice where id = :id")
                .param("id", id)
                .query((found, n) -> new InvoiceRow(
                        portfolio.creditorNumber(debtor.creditor()),
                        CustomerKey.of(portfolio.customerNumber(debtor.customer())),
                        found.getString("number"),
                        found.getObject("issued_on", LocalDate.class),
                        found.getObject("due_on", LocalDate.class),
                        Money.of(found.getBigDecimal("gross"), "EUR"),
                        dispute,
                        null))
                .single();
        assertThat(ledger.invoices(List.of(row)).problems()).isEmpty();
    }

    private long openCalls() {
        return tasks.createTaskQuery()
                .active()
                .taskDefinitionKey("callCustomer")
                .count();
    }

    private long repairs() {
        return jdbc.sql("select count(*) from repair r join dunning_case c on c.id = r.case_id")
                .query(Long.class)
                .single();
    }

    private boolean standsStill() {
        return jdbc.sql("select held_since is not null from dunning_case where state = 'OPEN'")
                .query(Boolean.class)
                .single();
    }
}
