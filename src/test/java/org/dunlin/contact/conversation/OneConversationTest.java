package org.dunlin.contact.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.dunlin.dunning.Debtor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A customer with several cases hears from one sensible person. */
@DunlinTest
class OneConversationTest {

    private static final String CALL = "callCustomer for juniorCollectors";

    @Autowired
    Debtor debtor;

    @Autowired
    Timeline timeline;

    @Autowired
    Slate slate;

    @Autowired
    Portfolio portfolio;

    @Autowired
    JdbcClient jdbc;

    /** On the standard ladder: reminded on Thursday 8 January, called on Tuesday 13 January. */
    @BeforeEach
    void aCaseIsUnderWay() {
        slate.clean();
        timeline.startOn(january(5));
        debtor.of("NL", 30).owes("1000.00", january(6));
    }

    @Test
    void who_has_just_been_called_about_a_case_further_on_gets_no_reminder_of_the_other() {
        debtor.owes("300.00", january(9));

        debtor.answers("callCustomer", Map.of("outcome", "refuses")).until(january(14));

        assertThat(debtor.diary()).containsExactly("2026-01-08 mail at rung 10", "2026-01-13 " + CALL);
        assertThat(log())
                .containsExactly(
                        "case 1 2026-01-08 10 EMAIL SENT",
                        "case 2 2026-01-13 10 EMAIL COVERED by 20 CALL of case 1",
                        "case 1 2026-01-13 20 CALL SENT");
        debtor.until(january(15));
        // The second case goes on from there: its call is due three working days after the conversation.
        assertThat(due("waitBeforeCall")).containsExactly("2026-01-16");
    }

    @Test
    void who_was_not_reached_in_two_days_gets_the_reminder_after_all() {
        debtor.owes("300.00", january(9));

        debtor.answers("callCustomer", Map.of("outcome", "noAnswer")).until(january(15));

        assertThat(debtor.diary())
                .containsExactly(
                        "2026-01-08 mail at rung 10",
                        "2026-01-13 " + CALL,
                        "2026-01-14 " + CALL,
                        "2026-01-15 mail at rung 10",
                        "2026-01-15 " + CALL);
    }

    @Test
    void one_call_is_made_for_all_cases_and_a_promise_in_it_is_about_all_of_them() {
        debtor.owes("300.00", january(9));
        debtor.until(january(20));
        assertThat(debtor.diary())
                .as("the call of the second case joins the open one")
                .containsExactly("2026-01-08 mail at rung 10", "2026-01-13 " + CALL, "2026-01-15 mail at rung 10");

        debtor.answers("callCustomer", Map.of("outcome", "willPay", "promiseDate", "2026-01-30"))
                .onThisEvening();

        assertThat(jdbc.sql("select count(*) from held_invoice")
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
        assertThat(jdbc.sql("select count(*) from dunning_case where held_since is not null")
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    void a_call_that_another_case_has_made_is_not_made_again() {
        debtor.owes("300.00", january(9));
        debtor.until(january(20));

        debtor.answers("callCustomer", Map.of("outcome", "refuses"))
                .onThisEvening()
                .until(january(21));

        assertThat(debtor.diary().stream().filter(entry -> entry.endsWith(CALL)))
                .containsExactly("2026-01-13 " + CALL);
        assertThat(log()).last().isEqualTo("case 2 2026-01-20 20 CALL COVERED by 20 CALL of case 1");
    }

    @Test
    void a_call_outlives_the_payment_of_the_case_that_it_began_with() {
        debtor.owes("300.00", january(9));
        debtor.until(january(20));

        portfolio.pay(invoice("1000"), january(20), "1000.00");
        debtor.until(january(21));

        assertThat(debtor.diary()).last().isEqualTo("2026-01-21 " + CALL);
        assertThat(debtor.cases().values()).containsExactly("CLOSED SETTLED", "OPEN");
    }

    @Test
    void two_creditors_do_not_write_on_the_same_day() {
        long other = portfolio.creditor("NL");
        portfolio.invoice(other, debtor.customer(), january(6), "700.00");

        debtor.until(january(9));

        assertThat(debtor.diary()).containsExactly("2026-01-08 mail at rung 10", "2026-01-09 mail at rung 10");
    }

    @Test
    void half_a_year_with_one_overdue_invoice_a_month_reads_as_if_one_person_wrote_it() {
        List<Long> invoices = new ArrayList<>(List.of(invoice("1000")));
        for (int month = 2; month <= 6; month++) {
            invoices.add(debtor.owes("1%d00.00".formatted(month), LocalDate.of(2026, month, 6)));
        }
        debtor.answers("callCustomer", Map.of("outcome", "refuses"))
                .answers("postLetters", Map.of("outcome", "allPosted"))
                .answers("talkToCustomer", Map.of("outcome", "goOn"))
                .answers("postRegisteredLetter", Map.of("outcome", "sent", "trackingNumber", "3SABC"));

        for (int month = 1; month <= 6; month++) {
            // Each invoice is paid seven weeks late.
            LocalDate paidOn = LocalDate.of(2026, month, 6).plusWeeks(7);
            debtor.until(paidOn);
            portfolio.pay(invoices.get(month - 1), paidOn, month == 1 ? "1000.00" : "1%d00.00".formatted(month));
        }
        debtor.until(LocalDate.of(2026, 8, 31));

        assertThat(String.join("\n", log()))
                .isEqualTo(
                        """
                        case 1 2026-01-08 10 EMAIL SENT
                        case 1 2026-01-13 20 CALL SENT
                        case 1 2026-01-20 30 LETTER SENT
                        case 1 2026-01-27 40 CALL SENT
                        case 1 2026-02-03 50 SALES SENT
                        case 2 2026-02-10 10 EMAIL COVERED by 60 REGISTERED_LETTER of case 1
                        case 1 2026-02-10 60 REGISTERED_LETTER SENT
                        case 2 2026-02-13 20 CALL SENT
                        case 2 2026-02-20 30 LETTER SENT
                        case 2 2026-02-27 40 CALL SENT
                        case 2 2026-03-06 50 SALES SENT
                        case 3 2026-03-10 10 EMAIL SENT
                        case 2 2026-03-13 60 REGISTERED_LETTER SENT
                        case 3 2026-03-13 20 CALL COVERED by 60 REGISTERED_LETTER of case 2
                        case 3 2026-03-20 30 LETTER SENT
                        case 3 2026-03-27 40 CALL SENT
                        case 3 2026-04-03 50 SALES SENT
                        case 4 2026-04-08 10 EMAIL SENT
                        case 3 2026-04-13 60 REGISTERED_LETTER SENT
                        case 4 2026-04-13 20 CALL COVERED by 60 REGISTERED_LETTER of case 3
                        case 4 2026-04-20 30 LETTER SENT
                        case 4 2026-04-28 40 CALL SENT
                        case 4 2026-05-06 50 SALES SENT
                        case 5 2026-05-08 10 EMAIL SENT
                        case 4 2026-05-13 60 REGISTERED_LETTER SENT
                        case 5 2026-05-13 20 CALL COVERED by 60 REGISTERED_LETTER of case 4
                        case 5 2026-05-21 30 LETTER SENT
                        case 5 2026-05-29 40 CALL SENT
                        case 5 2026-06-05 50 SALES SENT
                        case 6 2026-06-09 10 EMAIL SENT
                        case 5 2026-06-12 60 REGISTERED_LETTER SENT
                        case 6 2026-06-12 20 CALL COVERED by 60 REGISTERED_LETTER of case 5
                        case 6 2026-06-19 30 LETTER SENT
                        case 6 2026-06-26 40 CALL SENT
                        case 6 2026-07-03 50 SALES SENT
                        case 6 2026-07-10 60 REGISTERED_LETTER SENT""");
        assertThat(jdbc.sql(
                                """
                                select count(*) from (
                                    select sent_at::date from contact
                                    where state = 'SENT' and channel in ('EMAIL', 'LETTER', 'REGISTERED_LETTER')
                                    group by 1 having count(*) > 1) twice
                                """)
                        .query(Integer.class)
                        .single())
                .as("days with two messages")
                .isZero();
        assertThat(jdbc.sql(
                                """
                                select array_agg(i.gross::int order by i.due_on) from contact k
                                    join contact_invoice l on l.contact_id = k.id join invoice i on i.id = l.invoice_id
                                where k.channel = 'REGISTERED_LETTER' group by k.id order by k.id limit 1
                                """)
                        .query((row, n) -> List.of((Object[]) row.getArray(1).getArray()))
                        .single())
                .as("the registered letter of February names what is due of both cases")
                .isEqualTo(List.of(1000, 1200));
    }

    private static LocalDate january(int day) {
        return LocalDate.of(2026, 1, day);
    }

    private long invoice(String gross) {
        return jdbc.sql("select id from invoice where gross = :gross::numeric")
                .param("gross", gross)
                .query(Long.class)
                .single();
    }

    private List<String> due(String wait) {
        return jdbc.sql(
                        """
                        select to_char(j.duedate_, 'YYYY-MM-DD') from act_ru_job j join act_ru_execution e on e.id_ = j.execution_id_
                        where e.act_id_ = :wait order by 1
                        """)
                .param("wait", wait)
                .query(String.class)
                .list();
    }

    private List<String> log() {
        return jdbc.sql(
                        """
                        select 'case ' || (select count(*) from dunning_case b where b.id <= d.id) || ' ' || to_char(coalesce(k.sent_at, c.sent_at), 'YYYY-MM-DD') || ' ' || k.rung || ' '
                               || k.channel || ' ' || k.state
                               || coalesce(' by ' || c.rung || ' ' || c.channel || ' of case '
                                          || (select count(*) from dunning_case b where b.id <= cd.id), '')
                        from contact k join dunning_case d on d.id = k.case_id
                            left join contact c on c.id = k.covered_by
                            left join dunning_case cd on cd.id = c.case_id
                        order by k.id
                        """)
                .query(String.class)
                .list();
    }
}
