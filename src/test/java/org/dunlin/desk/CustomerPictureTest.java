package org.dunlin.desk;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.dunlin.contact.Channel;
import org.dunlin.dunning.CasesAtACall;
import org.dunlin.dunning.Holds;
import org.dunlin.dunning.NewHold;
import org.dunlin.platform.clock.DunlinClock;
import org.dunlin.platform.security.Groups;
import org.dunlin.platform.security.Web;
import org.dunlin.receivables.CustomerKey;
import org.dunlin.receivables.Ledger;
import org.dunlin.scoring.CreditStops;
import org.dunlin.scoring.Profiles;
import org.dunlin.scoring.Scores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Everything about a customer in one answer, on the evening of a Tuesday on which a call is due. */
@DunlinTest
class CustomerPictureTest {

    private static final String JUNIOR = "desk-junior";
    private static final String SENIOR = "desk-senior";
    private static final String SALES = "desk-sales";

    @LocalServerPort
    int port;

    @Autowired
    Portfolio portfolio;

    @Autowired
    Slate slate;

    @Autowired
    CasesAtACall cases;

    @Autowired
    Holds holds;

    @Autowired
    CreditStops creditStops;

    @Autowired
    Profiles profiles;

    @Autowired
    Scores scores;

    @Autowired
    Ledger ledger;

    @Autowired
    Timeline timeline;

    @Autowired
    IdentityService identity;

    @Autowired
    DunlinClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ObjectMapper json;

    private Web web;
    private CasesAtACall.Case dunningCase;
    private long customer;
    private String number;

    @BeforeEach
    void aCallIsDue() {
        slate.clean();
        web = new Web(port);
        Desk.person(identity, JUNIOR, Groups.JUNIOR_COLLECTORS);
        Desk.person(identity, SENIOR, Groups.SENIOR_COLLECTORS);
        Desk.person(identity, SALES, Groups.SALES);
        cases.itIsTuesday();
        dunningCase = cases.calling(portfolio.creditor("NL"));
        customer = dunningCase.customer();
        number = portfolio.customerNumber(customer);
    }

    @AfterEach
    void timeRunsAgain() {
        slate.clean();
        clock.runFrom(Instant.now());
    }

    @Test
    void the_head_says_who_it_is_what_is_owed_and_why_they_are_in_their_segment() {
        portfolio.invoice(
                dunningCase.creditor(), customer, LocalDate.of(2026, 1, 1), LocalDate.of(2026, 2, 1), "USD", "70.00");
        jdbc.sql(
                        """
                        update customer set credit_limit = 1000, credit_currency = 'EUR', account_manager = 'sofie', preferred_channel = 'SMS'
                        where id = :id
                        """)
                .param("id", customer)
                .update();
        profiles.refresh(List.of(customer), CasesAtACall.TUESDAY);
        scores.score(List.of(customer), CasesAtACall.TUESDAY);
        creditStops.stopByHand(customer, "Owes too much", null, "Ask Anna", SENIOR);

        JsonNode head = picture().path("head");

        assertThat(head.path("number").asText()).isEqualTo(number);
        assertThat(head.path("name").asText()).isEqualTo(number + " BV");
        assertThat(head.path("kind").asText()).isEqualTo("COMPANY");
        assertThat(head.path("accountManager").asText()).isEqualTo("sofie");
        assertThat(head.path("preferredChannel").asText()).isEqualTo("SMS");
        assertThat(head.has("payDay")).isTrue();
        assertThat(head.path("payDay").isNull()).isTrue();
        assertThat(head.path("creditLimit").path("amount").decimalValue()).isEqualByComparingTo("1000");
        assertThat(head.path("creditUsePercent").asInt()).isEqualTo(40);
        assertThat(head.path("standing").path("segment").asText()).isIn("A", "B", "C");
        assertThat(head.path("standing").path("reasons")).isNotEmpty();
        assertThat(head.path("standing").path("reasons").get(0).path("text").asText())
                .isNotBlank();
        assertThat(head.path("stopped").asBoolean()).isTrue();
        assertThat(head.path("creditStops").get(0).path("text").asText()).isEqualTo("Owes too much");
        assertThat(head.path("balances")).hasSize(2);
        JsonNode euros = head.path("balances").get(0);
        assertThat(euros.path("open").path("currency").asText()).isEqualTo("EUR");
        assertThat(euros.path("overdue").path("amount").decimalValue()).isEqualByComparingTo("400");
        assertThat(euros.path("oldestDaysOverdue").asInt()).isEqualTo(7);
        JsonNode dollars = head.path("balances").get(1);
        assertThat(dollars.path("open").path("amount").decimalValue()).isEqualByComparingTo("70");
        assertThat(dollars.path("overdue").path("amount").decimalValue()).isEqualByComparingTo("0");
    }

    @Test
    void an_invoice_shows_its_level_its_holds_and_how_its_link_stands() {
        String invoice = portfolio.invoiceNumber(dunningCase.invoice());
        long paidLink = payLink(dunningCase.invoice(), LocalDate.of(2026, 6, 1));
        jdbc.sql(
                        """
                        insert into online_payment (link_id, creditor_id, service, order_key, currency, amount, invoice_ids, state, began_at, asked_at)
                        values (:link, :creditor, 'test', gen_random_uuid(), 'EUR', 400, '{}', 'OPEN', now(), now())
                        """)
                .param("link", paidLink)
                .param("creditor", dunningCase.creditor())
                .update();
        String hold = holds.raise(NewHold.promise(customer, LocalDate.of(2026, 1, 27), null, JUNIOR))
                .number();
        portfolio.invoice(
                dunningCase.creditor(), customer, LocalDate.of(2026, 1, 2), LocalDate.of(2026, 3, 1), "EUR", "50.00");

        JsonNode picture = picture();
        JsonNode chased = picture.path("invoices").get(0);
        JsonNode later = picture.path("invoices").get(1);

        assertThat(chased.path("number").asText()).isEqualTo(invoice);
        assertThat(chased.path("rung").asInt()).isEqualTo(10);
        assertThat(chased.path("level").asText()).isEqualTo("Reminder");
        assertThat(chased.path("daysOverdue").asInt()).isEqualTo(7);
        assertThat(chased.path("caseNumber").asText()).isEqualTo(dunningCase.number());
        assertThat(chased.path("holds").toString()).isEqualTo("[\"" + hold + "\"]");
        assertThat(chased.path("payLink").path("open").asBoolean()).isTrue();
        assertThat(chased.path("payLink").path("payment").asText()).isEqualTo("UNDER_WAY");
        assertThat(later.path("overdue").asBoolean()).isFalse();
        assertThat(later.path("caseNumber").isNull()).isTrue();
        assertThat(later.path("payLink").isNull()).isTrue();
        assertThat(later.path("holds")).isEmpty();
    }

    @Test
    void a_case_says_what_comes_next_a_task_while_it_waits_for_a_person_and_the_day_while_it_waits() {
        JsonNode calling = picture().path("cases").get(0);
        assertThat(calling.path("ladder").asText()).isEqualTo("Ladder: standard");
        assertThat(calling.path("next").path("person").asBoolean()).isTrue();
        assertThat(calling.path("next").path("step").asText()).startsWith("Call customer");

        CasesAtACall.Case waiting = cases.onItsLadder(dunningCase.creditor());
        JsonNode next = picture(JUNIOR, portfolio.customerNumber(waiting.customer()))
                .path("cases")
                .get(0)
                .path("next");
        assertThat(next.path("step").asText()).isEqualTo("Call customer");
        assertThat(next.path("person").asBoolean()).isFalse();
        assertThat(next.path("at").asText()).startsWith("2026-01-20");
        assertThat(next.path("stuck").asBoolean()).isFalse();
    }

    @Test
    void everybody_hears_of_a_task_and_only_who_may_do_it_gets_the_way_there() {
        JsonNode junior = picture(JUNIOR, number).path("tasks").get(0);
        assertThat(junior.path("name").asText()).contains("Call customer", number);
        assertThat(junior.path("groups").toString()).contains(Groups.JUNIOR_COLLECTORS);
        assertThat(junior.path("link").asText())
                .isEqualTo("/camunda/app/tasklist/default/#/?task=" + cases.call(dunningCase));

        JsonNode sales = picture(SALES, number).path("tasks").get(0);
        assertThat(sales.path("id")).isEqualTo(junior.path("id"));
        assertThat(sales.path("link").isNull()).isTrue();
    }

    @Test
    void tasks_beside_the_case_are_there_too_and_those_of_another_customer_are_not() {
        holds.raise(NewHold.dispute(customer, List.of(), "price", "Too much", JUNIOR));
        cases.calling(dunningCase.creditor());
        timeline.settleDown();

        assertThat(picture().path("tasks").findValuesAsText("name"))
                .hasSize(2)
                .anyMatch(name -> name.contains("Call customer"))
                .anyMatch(name -> !name.contains("Call customer") && name.contains(number));
        assertThat(picture().path("tasks").get(1).path("onHold").asBoolean()).isTrue();
    }

    @Test
    void the_time_line_has_what_was_said_noted_and_heard_newest_first() {
        contact(Channel.EMAIL, "Reminder", "2026-01-15T09:00:00Z", null);
        long call = contact(Channel.CALL, null, "2026-01-19T09:00:00Z", JUNIOR);
        jdbc.sql(
                        """
                        insert into customer_word (channel, their_id, number, meaning, body, contact_id, customer_id, received_at)
                        values ('SMS', :id, '+31', 'TEXT', 'I paid', null, :customer, '2026-01-18T10:00:00Z')
                        """)
                .param("id", number)
                .param("customer", customer)
                .update();
        jdbc.sql(
                        "insert into customer_note (customer_id, text, noted_at, noted_by) values (:id, 'Moves in May', '2026-01-16T10:00:00Z', 'anna')")
                .param("id", customer)
                .update();

        JsonNode picture = picture();

        assertThat(picture.path("timeline").findValuesAsText("kind"))
                .containsExactly("CONTACT", "WORD", "NOTE", "CONTACT");
        assertThat(picture.path("timeline").findValuesAsText("text"))
                .containsExactly("No answer", "I paid", "Moves in May", "Reminder");
        JsonNode last = picture.path("head").path("lastContact");
        assertThat(last.path("what").asText()).isEqualTo("No answer");
        assertThat(last.path("by").asText()).isEqualTo(JUNIOR);
        assertThat(last.path("link").asText()).isEqualTo("/contacts/" + call);
    }

    @Test
    void only_numbers_and_addresses_that_are_some_become_links() {
        jdbc.sql("update contact_person set email = :email, phone = :phone where customer_id = :id")
                .param("email", "a&body=x@customer.example")
                .param("phone", "+31201234567")
                .param("id", customer)
                .update();
        JsonNode good = picture().path("persons").get(0);
        assertThat(good.path("phoneLink").asText()).isEqualTo("tel:+31201234567");
        assertThat(good.path("emailLink").asText()).isEqualTo("mailto:a%26body%3Dx@customer.example");

        jdbc.sql("update contact_person set email = :email, phone = :phone where customer_id = :id")
                .param("email", "javascript:alert(1)")
                .param("phone", "javascript:alert(1)")
                .param("id", customer)
                .update();
        JsonNode bad = picture().path("persons").get(0);
        assertThat(bad.path("phoneLink").isNull()).isTrue();
        assertThat(bad.path("emailLink").isNull()).isTrue();
    }

    @Test
    void a_customer_is_asked_for_by_number_by_source_where_several_have_it_and_by_id() {
        jdbc.sql(
                        "insert into customer (source, number, name, country, language) values ('erp', :number, 'Other', 'NL', 'nl')")
                .param("number", number)
                .update();

        assertThat(get(JUNIOR, "/api/customers/" + number + "/picture").statusCode())
                .isEqualTo(409);
        assertThat(parsed(get(JUNIOR, "/api/customers/" + number + "/picture?source=erp"))
                        .path("head")
                        .path("name")
                        .asText())
                .isEqualTo("Other");
        assertThat(parsed(get(JUNIOR, "/api/customers/" + customer + "/picture"))
                        .path("head")
                        .path("number")
                        .asText())
                .isEqualTo(number);
        assertThat(get(JUNIOR, "/api/customers/nobody/picture").statusCode()).isEqualTo(404);
        assertThat(get(JUNIOR, "/api/customers/999999999999/picture").statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_number_goes_before_an_id_unless_the_id_is_asked_for() {
        long other = portfolio.customer(String.valueOf(customer), "NL", "en", 5);

        assertThat(parsed(get(JUNIOR, "/api/customers/" + customer + "/picture"))
                        .path("head")
                        .path("id")
                        .asLong())
                .isEqualTo(other);
        assertThat(parsed(get(JUNIOR, "/api/customers/" + customer + "/picture?by=id"))
                        .path("head")
                        .path("id")
                        .asLong())
                .isEqualTo(customer);
    }

    @Test
    void who_was_merged_is_shown_as_the_other_with_the_notes_of_both() {
        long into = portfolio.customer();
        jdbc.sql(
                        "insert into customer_note (customer_id, text, noted_at, noted_by) values (:id, 'Of the old one', now(), 'anna')")
                .param("id", customer)
                .update();
        ledger.mergeCustomers(List.of(new org.dunlin.receivables.CustomerMergeRow(
                CustomerKey.of(number), CustomerKey.of(portfolio.customerNumber(into)))));

        JsonNode picture = picture();
        assertThat(picture.path("head").path("id").asLong()).isEqualTo(into);
        assertThat(picture.path("head").path("formerNumbers").toString()).isEqualTo("[\"" + number + "\"]");
        assertThat(picture.path("timeline").findValuesAsText("text")).contains("Of the old one");
    }

    @Test
    void five_hundred_invoices_take_as_many_statements_as_one() {
        int few = statements(this::picture);
        jdbc.sql(
                        """
                        insert into invoice (creditor_id, customer_id, number, issued_on, due_on, currency, gross)
                        select :creditor, :customer, 'MANY-' || g, date '2025-12-01', date '2025-12-31' + g / 20, 'EUR', 10 + g
                        from generate_series(1, 500) g
                        """)
                .param("creditor", dunningCase.creditor())
                .param("customer", customer)
                .update();

        int many = statements(this::picture);

        assertThat(picture().path("invoices")).hasSize(501);
        assertThat(many).isEqualTo(few).isLessThanOrEqualTo(25);
    }

    /** How many statements are executed while that runs. */
    private int statements(Runnable work) {
        Logger spring = (Logger) LoggerFactory.getLogger("org.springframework.jdbc.core.JdbcTemplate");
        ListAppender<ILoggingEvent> seen = new ListAppender<>();
        seen.start();
        Level before = spring.getLevel();
        boolean additive = spring.isAdditive();
        spring.setLevel(Level.DEBUG);
        spring.setAdditive(false);
        spring.addAppender(seen);
        try {
            work.run();
        } finally {
            spring.detachAppender(seen);
            spring.setLevel(before);
            spring.setAdditive(additive);
        }
        int count = (int) seen.list.stream()
                .filter(event -> event.getFormattedMessage().startsWith("Executing prepared SQL statement"))
                .count();
        assertThat(count).isPositive();
        return count;
    }

    private long payLink(long invoice, LocalDate lastDay) {
        return jdbc.sql(
                        """
                        insert into pay_link (id, occasion, creditor_id, customer_id, reference, template, invoice_ids, made_at, last_day)
                        values (:invoice, :occasion, :creditor, :customer, 'D1', 'reminder', array[:invoice::bigint], now(), :last)
                        returning id
                        """)
                .param("invoice", invoice)
                .param("occasion", Portfolio.unique("LINK"))
                .param("creditor", dunningCase.creditor())
                .param("customer", customer)
                .param("last", lastDay)
                .query(Long.class)
                .single();
    }

    private long contact(Channel channel, String subject, String at, String by) {
        return jdbc.sql(
                        """
                        insert into contact (case_id, customer_id, creditor_id, occurrence, rung, channel, state, language, subject,
                                             claimed_at, claimed_by, sent_at, sent_by, detail)
                        values (:case, :customer, :creditor, :occurrence, 10, :channel, 'SENT', 'en', :subject, :at::timestamptz, 'test',
                                :at::timestamptz, :by, case when :subject::text is null then 'noAnswer' end) returning id
                        """)
                .param("case", dunningCase.id())
                .param("customer", customer)
                .param("creditor", dunningCase.creditor())
                .param("occurrence", Portfolio.unique("STEP"))
                .param("channel", channel.name())
                .param("subject", subject)
                .param("at", at)
                .param("by", by)
                .query(Long.class)
                .single();
    }

    private JsonNode picture() {
        return picture(JUNIOR, number);
    }

    private JsonNode picture(String login, String of) {
        return parsed(get(login, "/api/customers/" + of + "/picture"));
    }

    private HttpResponse<String> get(String login, String path) {
        return web.get(path, "Authorization", Desk.basic(login, Desk.PASSWORD), "Accept", "application/json");
    }

    private JsonNode parsed(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try {
            return json.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
