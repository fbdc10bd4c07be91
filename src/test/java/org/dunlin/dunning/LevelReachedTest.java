package org.dunlin.dunning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.dunlin.receivables.LedgerChanged;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A payment is returned: the invoice is open again, and its follow-up goes on where it was. */
@DunlinTest
class LevelReachedTest {

    private static final LocalDate DUE = LocalDate.of(2026, 2, 3);

    /** The evening after the call. */
    private static final LocalDate CALLED = LocalDate.of(2026, 2, 10);

    @Autowired
    Debtor debtor;

    @Autowired
    Timeline timeline;

    @Autowired
    Portfolio portfolio;

    @Autowired
    Slate slate;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    ApplicationEventPublisher events;

    @BeforeEach
    void begin() {
        slate.clean();
        timeline.startOn(LocalDate.of(2026, 1, 30));
        debtor.of("NL", 30)
                .answers("callCustomer", Map.of("outcome", "refuses"))
                .answers("postLetters", Map.of("outcome", "allPosted"));
    }

    @Test
    void a_returned_payment_opens_a_case_at_the_level_reached_and_waits_count_from_the_last_contact() {
        long invoice = paidAfterTheCall("1000.00");

        returned(invoice, CALLED.plusDays(1), "1000.00");
        debtor.until(LocalDate.of(2026, 2, 12));

        assertThat(cases()).containsExactly(tuple("CLOSED", 20, List.of(invoice)), tuple("OPEN", 20, List.of(invoice)));
        // Five working days after the call of the 10th, as if the money had never come.
        debtor.until(LocalDate.of(2026, 2, 17));
        assertThat(debtor.diary())
                .containsExactly(
                        "2026-02-05 mail at rung 10",
                        "2026-02-10 callCustomer for juniorCollectors",
                        "2026-02-17 postLetters for mailroom");
    }

    @Test
    void what_nobody_has_chased_yet_begins_at_the_bottom_in_a_case_of_its_own() {
        long invoice = paidAfterTheCall("1000.00");
        returned(invoice, CALLED.plusDays(1), "1000.00");
        long fresh = debtor.owes("300.00", CALLED);

        debtor.until(LocalDate.of(2026, 2, 11));
        long joining = debtor.owes("200.00", CALLED);
        debtor.until(LocalDate.of(2026, 2, 12));

        assertThat(cases())
                .containsExactlyInAnyOrder(
                        tuple("CLOSED", 20, List.of(invoice)),
                        tuple("OPEN", 20, List.of(invoice)),
                        tuple("OPEN", 10, List.of(fresh, joining)));
        assertThat(debtor.diary())
                .containsExactly(
                        "2026-02-05 mail at rung 10",
                        "2026-02-10 callCustomer for juniorCollectors",
                        "2026-02-12 mail at rung 10");
    }

    @Test
    void invoices_of_different_levels_open_a_case_each() {
        long called = paidAfterTheCall("1000.00");
        long reminded = debtor.owes("400.00", CALLED.plusDays(1));
        debtor.until(LocalDate.of(2026, 2, 13));
        portfolio.pay(reminded, LocalDate.of(2026, 2, 13), "400.00");
        returned(called, LocalDate.of(2026, 2, 14), "1000.00");
        returned(reminded, LocalDate.of(2026, 2, 14), "400.00");

        debtor.until(LocalDate.of(2026, 2, 16));

        assertThat(cases())
                .containsExactlyInAnyOrder(
                        tuple("CLOSED", 20, List.of(called)),
                        tuple("CLOSED", 10, List.of(reminded)),
                        tuple("OPEN", 20, List.of(called)),
                        tuple("OPEN", 10, List.of(reminded)));
    }

    @Test
    void what_is_too_small_for_a_case_of_its_own_goes_along_with_the_others() {
        long small = paidAfterTheCall("1000.00");
        returned(small, CALLED.plusDays(1), "6.00");
        debtor.until(LocalDate.of(2026, 2, 12));
        assertThat(cases()).hasSize(1);

        long fresh = debtor.owes("300.00", LocalDate.of(2026, 2, 12));
        debtor.until(LocalDate.of(2026, 2, 13));

        assertThat(cases())
                .containsExactly(tuple("CLOSED", 20, List.of(small)), tuple("OPEN", 10, List.of(small, fresh)));
        assertThat(debtor.diary()).last().isEqualTo("2026-02-13 mail at rung 10");
    }

    private long paidAfterTheCall(String amount) {
        long invoice = debtor.owes(amount, DUE);
        debtor.until(CALLED);
        portfolio.pay(invoice, CALLED, amount);
        assertThat(debtor.cases().values()).containsExactly("CLOSED SETTLED");
        return invoice;
    }

    private void returned(long invoice, LocalDate on, String amount) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql(
                            """
                            insert into allocation (invoice_id, payment_id, effective_on, amount)
                            select invoice_id, payment_id, :on, -:amount::numeric from allocation where invoice_id = :invoice
                            """)
                    .param("on", on)
                    .param("amount", amount)
                    .param("invoice", invoice)
                    .update();
            events.publishEvent(new LedgerChanged(Set.of(debtor.customer())));
        });
    }

    /** State, rung and invoices of the cases in the order of their opening. */
    private List<Tuple> cases() {
        return jdbc.sql("select id, state, rung from dunning_case order by id")
                .query((row, n) -> tuple(row.getString("state"), row.getInt("rung"), invoices(row.getLong("id"))))
                .list();
    }

    private List<Long> invoices(long caseId) {
        return jdbc.sql("select invoice_id from dunning_case_invoice where case_id = :id order by invoice_id")
                .param("id", caseId)
                .query(Long.class)
                .list();
    }
}
