package org.dunlin.dunning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Map;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A year with one debtor, from the first overdue invoice to the agency. */
@DunlinTest
class DebtorsYearTest {

    @Autowired
    Debtor debtor;

    @Autowired
    Timeline timeline;

    @Autowired
    Portfolio portfolio;

    @Autowired
    Slate slate;

    @BeforeEach
    void begin() {
        slate.clean();
        timeline.startOn(LocalDate.of(2026, 1, 5));
        debtor.of("NL", 30)
                .answers("talkToCustomer", Map.of("outcome", "goOn"))
                .answers("postLetters", Map.of("outcome", "allPosted"))
                .answers("postRegisteredLetter", Map.of("outcome", "sent", "trackingNumber", "RR123456785NL"))
                .answers("noteReceipt", Map.of("outcome", "received"))
                .answers("confirmHandOver", Map.of("outcome", "handedOver", "note", "Agency X"))
                .answers("callCustomer", Map.of("outcome", "refuses"));
    }

    @Test
    void a_debtor_pays_promises_breaks_and_ends_with_the_agency() {
        // January: pays after the reminder.
        long january = debtor.owes("400.00", LocalDate.of(2026, 1, 13));
        debtor.until(LocalDate.of(2026, 1, 16));
        portfolio.pay(january, LocalDate.of(2026, 1, 16), "400.00");
        assertThat(debtor.cases().values()).containsExactly("CLOSED SETTLED");

        // March: pays a part after the reminder; the call is about the rest; promises, and keeps the promise.
        long march = debtor.owes("900.00", LocalDate.of(2026, 3, 10));
        debtor.until(LocalDate.of(2026, 3, 13));
        portfolio.pay(march, LocalDate.of(2026, 3, 13), "300.00");
        debtor.answers("callCustomer", Map.of("outcome", "willPay", "promiseDate", "2026-04-01"))
                .until(LocalDate.of(2026, 4, 1));
        portfolio.pay(march, LocalDate.of(2026, 4, 1), "600.00");
        assertThat(debtor.cases().values()).containsExactly("CLOSED SETTLED", "CLOSED SETTLED");

        // June: two invoices, one conversation; a promise that is not kept, and the whole ladder.
        debtor.owes("1000.00", LocalDate.of(2026, 6, 2));
        debtor.owes("500.00", LocalDate.of(2026, 6, 3));
        debtor.answers("callCustomer", Map.of("outcome", "willPay", "promiseDate", "2026-06-19"))
                .until(LocalDate.of(2026, 6, 10));
        debtor.answers("callCustomer", Map.of("outcome", "refuses")).until(LocalDate.of(2026, 7, 31));

        assertThat(debtor.cases().values()).containsExactly("CLOSED SETTLED", "CLOSED SETTLED", "OPEN");
        assertThat(debtor.diary())
                .containsExactly(
                        "2026-01-15 mail at rung 10",
                        "2026-03-12 mail at rung 10",
                        "2026-03-17 callCustomer for juniorCollectors",
                        "2026-06-04 mail at rung 10",
                        "2026-06-09 callCustomer for juniorCollectors",
                        "2026-06-24 postLetters for mailroom",
                        "2026-07-01 callCustomer for juniorCollectors",
                        "2026-07-08 talkToCustomer for sales",
                        "2026-07-15 postRegisteredLetter for mailroom",
                        "2026-07-15 noteReceipt for mailroom",
                        "2026-07-24 confirmHandOver for seniorCollectors",
                        "2026-07-25 recordAgencyResult for seniorCollectors");
    }
}
