package org.dunlin.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.dunlin.contact.Channel;
import org.dunlin.contact.details.ContactDetails;
import org.dunlin.dunning.Hold;
import org.dunlin.dunning.Holds;
import org.dunlin.platform.clock.DunlinClock;
import org.dunlin.platform.security.Groups;
import org.dunlin.platform.security.Web;
import org.dunlin.receivables.Receivables;
import org.dunlin.scoring.CreditStops;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The page about a customer and everything that is done from it, over the wire. */
@DunlinTest
class CustomerPageTest {

    private static final String SCRIPT = "<script>alert(1)</script>";
    private static final String JUNIOR = "desk-junior";
    private static final String SENIOR = "desk-senior";
    private static final String SALES = "desk-sales";
    private static final String DISPUTES = "desk-disputes";
    private static final String MAILROOM = "desk-mailroom";

    @LocalServerPort
    int port;

    @Autowired
    Portfolio portfolio;

    @Autowired
    Slate slate;

    @Autowired
    Timeline timeline;

    @Autowired
    Holds holds;

    @Autowired
    CreditStops creditStops;

    @Autowired
    ContactDetails details;

    @Autowired
    Receivables receivables;

    @Autowired
    IdentityService identity;

    @Autowired
    RuntimeService runtime;

    @Autowired
    TaskService tasks;

    @Autowired
    DunlinClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ObjectMapper json;

    private Web web;
    private long creditor;
    private long customer;
    private String number;
    private String invoice;

    @BeforeEach
    void twoInvoicesOnMondayEvening() {
        slate.clean();
        timeline.startOn(LocalDate.of(2026, 1, 5));
        web = new Web(port);
        Desk.person(identity, JUNIOR, Groups.JUNIOR_COLLECTORS);
        Desk.person(identity, SENIOR, Groups.SENIOR_COLLECTORS);
        Desk.person(identity, SALES, Groups.SALES);
        Desk.person(identity, DISPUTES, Groups.DISPUTES);
        Desk.person(identity, MAILROOM, Groups.MAILROOM);
        creditor = portfolio.creditor("NL");
        customer = portfolio.customer();
        number = portfolio.customerNumber(customer);
        invoice = portfolio.invoiceNumber(portfolio.invoice(creditor, customer, LocalDate.of(2025, 12, 15), "1300.00"));
        portfolio.invoice(creditor, customer, LocalDate.of(2025, 12, 29), "200.00");
    }

    @AfterEach
    void timeRunsAgain() {
        slate.clean();
        clock.runFrom(Instant.now());
    }

    // What is shown, and to whom

    @Test
    void the_page_shows_what_is_owed_with_its_currency_and_how_the_customer_is_reached() {
        assertThat(page(JUNIOR))
                .contains(
                        number + " BV",
                        "€1,500.00",
                        invoice,
                        "€1,300.00",
                        "href=\"tel:+31201234567\"",
                        "href=\"mailto:");
    }

    @Test
    void nothing_that_a_customer_is_called_or_somebody_notes_runs_on_the_page() {
        jdbc.sql("update customer set name = :name, street = :name, account_manager = :name where id = :id")
                .param("name", "Bad " + SCRIPT)
                .param("id", customer)
                .update();
        jdbc.sql(
                        "update contact_person set name = :name, role = :name, email = :name, phone = :name where customer_id = :id")
                .param("name", "\"><img src=x onerror=alert(1)>" + SCRIPT)
                .param("id", customer)
                .update();
        post(JUNIOR, "/notes", "text", "Note " + SCRIPT);
        post(JUNIOR, "/promise", "promiseDate", "2026-01-16", "note", "Called " + SCRIPT);
        post(SENIOR, "/block", "until", "2026-01-16", "reason", "Why " + SCRIPT);

        HttpResponse<String> page = get(SENIOR, "/customers/" + number);
        assertThat(page.body())
                .contains("Note &lt;script&gt;", "Called &lt;script&gt;", "Why &lt;script&gt;")
                .doesNotContain(SCRIPT, "<img src=x");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("script-src 'self';");
        assertThat(get(SENIOR, "/customers?q=Bad").body())
                .contains("&lt;script&gt;")
                .doesNotContain(SCRIPT);
        assertThat(get(SENIOR, "/customers?q=" + URLEncoder.encode("\">" + SCRIPT, StandardCharsets.UTF_8))
                        .body())
                .doesNotContain(SCRIPT);
    }

    @ParameterizedTest
    @CsvSource({
        // login, promise, details, decide
        "desk-junior, true, true, false",
        "desk-senior, true, true, true",
        "desk-sales, true, true, false",
        "desk-disputes, false, false, false"
    })
    void buttons_are_shown_to_those_who_may_press_them(String login, boolean talks, boolean corrects, boolean decides) {
        String page = page(login);
        assertThat(page).contains("/notes\"");
        assertThat(page.contains("/promise\"")).isEqualTo(talks);
        assertThat(page.contains("/details\"")).isEqualTo(corrects);
        for (String deed : List.of("/block\"", "/credit-stop\"", "/follow-up\"")) {
            assertThat(page.contains(deed)).as(deed).isEqualTo(decides);
        }
    }

    @Test
    void the_mail_room_sees_neither_page_nor_the_way_there() {
        long contact = jdbc.sql(
                        """
                        insert into contact (customer_id, creditor_id, occurrence, rung, channel, state, language, claimed_at, claimed_by, sent_at)
                        values (:customer, :creditor, :number, 10, 'EMAIL', 'SENT', 'en', now(), 'test', now()) returning id
                        """)
                .param("customer", customer)
                .param("creditor", creditor)
                .param("number", number)
                .query(Long.class)
                .single();
        for (String path : List.of("/customers", "/customers/" + number, "/customers/id/" + customer)) {
            assertThat(get(MAILROOM, path).statusCode()).as(path).isEqualTo(403);
        }
        for (String path : List.of("/contacts?number=" + number, "/contacts/" + contact)) {
            assertThat(get(MAILROOM, path).body()).as(path).contains(number).doesNotContain("/customers/");
            assertThat(get(JUNIOR, path).body()).as(path).contains("/customers/id/" + customer);
        }
    }

    @Test
    void an_address_by_id_leads_to_the_number_and_shows_who_has_an_odd_one() {
        HttpResponse<String> plain = get(JUNIOR, "/customers/id/" + customer);
        assertThat(plain.statusCode()).isEqualTo(302);
        assertThat(plain.headers().firstValue("Location").orElse("")).endsWith("/customers/" + number);

        long odd = portfolio.customer("A/1 (x)", "NL", "en", 5);
        HttpResponse<String> shown = get(JUNIOR, "/customers/id/" + odd);
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.body()).contains("A/1 (x)");
        assertThat(get(JUNIOR, "/customers/nobody").statusCode()).isEqualTo(404);
        assertThat(get(JUNIOR, "/customers/id/999999").statusCode()).isEqualTo(404);
    }

    @Test
    void a_number_of_several_systems_is_asked_back() {
        jdbc.sql(
                        "insert into customer (source, number, name, country, language) values ('erp', :number, 'Other one', 'NL', 'nl')")
                .param("number", number)
                .update();

        assertThat(get(JUNIOR, "/customers/" + number).body()).contains("Other one", "/customers/id/" + customer);
        assertThat(get(JUNIOR, "/customers/" + number + "?source=erp").body()).contains("<span>Other one</span>");
    }

    @Test
    void customers_are_found_without_a_script() {
        String page = get(JUNIOR, "/customers?q=" + invoice).body();
        assertThat(page).contains("/customers/id/" + customer, number + " BV", "Invoice", invoice);
        assertThat(get(JUNIOR, "/customers?q=nobody").body())
                .contains("Nobody is found")
                .doesNotContain("<tbody>");
    }

    // What is done

    @Test
    void a_promise_is_registered_as_by_the_forms_and_stops_the_follow_up() {
        JsonNode done = done(post(
                JUNIOR,
                "/promise",
                "promiseDate",
                "2026-01-16",
                "promiseAmount",
                "250,50",
                "invoiceNumbers",
                invoice,
                "note",
                "Called us"));

        Hold promise = holds.ofCustomer(customer).get(0);
        assertThat(done.path("done").asText()).contains(promise.number());
        assertThat(promise.kind()).isEqualTo(Hold.Kind.PROMISE);
        assertThat(promise.amount()).hasToString("EUR 250.50");
        assertThat(promise.endsOn()).isEqualTo("2026-01-16");
        assertThat(promise.invoices()).extracting(Hold.Covered::number).containsExactly(invoice);
        assertThat(promise.note()).isEqualTo("Called us");
        assertThat(promise.raisedBy()).isEqualTo(JUNIOR);
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKey("promise")
                        .processInstanceBusinessKey(number)
                        .count())
                .isEqualTo(1);
        assertThat(page(JUNIOR)).contains(promise.number(), "on hold " + promise.number(), "€250.50");
    }

    @ParameterizedTest
    @CsvSource({
        "promise, promiseDate, 2026-01-04, promiseDate",
        "promise, promiseDate, tomorrow, promiseDate",
        "promise, promiseDate, '', promiseDate",
        "promise, promiseAmount, 99999.00, promiseAmount",
        "promise, promiseAmount, '1.300,00', promiseAmount",
        "promise, promiseAmount, -1, promiseAmount",
        "promise, invoiceNumbers, NOT-THEIRS, invoiceNumbers",
        "dispute, disputeReason, '', disputeReason",
        "dispute, disputeReason, taste, disputeReason",
        "plan, planParts, 1, planParts",
        "plan, planParts, many, planParts",
        "plan, planFirstDate, 2026-01-01, planFirstDate",
        "block, until, 2027-01-04, until",
        "block, until, '', until",
        "block, reason, ' ', reason",
        "credit-stop, text, '', text",
        "credit-stop, endsOn, 2026-01-05, endsOn",
        "details, correctEmail, nobody, correctEmail",
        "details, correctPhone, 12, correctPhone",
        "details, correctPostalCode, 1000 AA, correctStreet",
        "details, nothing, '', correctEmail",
        "notes, text, '  ', text"
    })
    void what_cannot_be_names_the_field_and_nothing_is_registered(
            String deed, String field, String value, String named) {
        String[] good =
                switch (deed) {
                    case "promise" -> new String[] {"promiseDate", "2026-01-16"};
                    case "dispute" -> new String[] {"disputeReason", "price"};
                    case "plan" -> new String[] {"planParts", "3", "planFirstDate", "2026-02-02"};
                    case "block" -> new String[] {"until", "2026-01-30", "reason", "Talks"};
                    case "credit-stop" -> new String[] {"text", "Owes too much"};
                    default -> new String[] {};
                };
        String[] fields = IntStream.range(0, good.length)
                .mapToObj(i -> i % 2 == 1 && good[i - 1].equals(field) ? value : good[i])
                .toArray(String[]::new);
        if (!List.of(good).contains(field)) {
            fields = Stream.concat(Arrays.stream(fields), Stream.of(field, value))
                    .toArray(String[]::new);
        }

        HttpResponse<String> answer = post(SENIOR, "/" + deed, fields);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(parsed(answer).path("field").asText()).isEqualTo(named);
        assertThat(parsed(answer).path("detail").asText()).isNotBlank();
        assertThat(holds.ofCustomer(customer)).isEmpty();
        assertThat(creditStops.history(customer)).isEmpty();
        assertThat(notes()).isEmpty();
        assertThat(receivables.customer(customer).persons().get(0).phone()).isEqualTo("+31201234567");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "promise",
                "dispute",
                "plan",
                "block",
                "follow-up",
                "credit-stop",
                "credit-stop/lift",
                "details",
                "notes",
                "holds/H1/end"
            })
    void who_does_not_talk_to_customers_does_nothing(String deed) {
        HttpResponse<String> answer = post(
                MAILROOM,
                "/" + deed,
                "promiseDate",
                "2026-01-16",
                "until",
                "2026-01-16",
                "reason",
                "Why",
                "disputeReason",
                "price",
                "text",
                "Why");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(holds.ofCustomer(customer)).isEmpty();
        assertThat(notes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"block", "follow-up", "credit-stop", "credit-stop/lift", "holds/H1/end"})
    void what_seniors_decide_a_junior_does_not(String deed) {
        assertThat(post(JUNIOR, "/" + deed, "until", "2026-01-16", "reason", "Why", "text", "Why")
                        .statusCode())
                .isEqualTo(403);
        assertThat(holds.ofCustomer(customer)).isEmpty();
        assertThat(creditStops.history(customer)).isEmpty();
        assertThat(cases()).isEmpty();
    }

    @Test
    void the_department_of_disputes_notes_and_registers_nothing() {
        assertThat(post(DISPUTES, "/promise", "promiseDate", "2026-01-16").statusCode())
                .isEqualTo(403);
        done(post(DISPUTES, "/notes", "text", "The goods were broken"));
        assertThat(notes()).containsExactly("The goods were broken");
        assertThat(holds.ofCustomer(customer)).isEmpty();
    }

    @Test
    void a_dispute_goes_to_its_department() {
        done(post(SALES, "/dispute", "disputeReason", "price", "invoiceNumbers", invoice, "note", "Old list"));

        assertThat(holds.ofCustomer(customer)).extracting(Hold::reason).containsExactly("price");
        assertThat(tasks.createTaskQuery().taskDefinitionKey("resolveDispute").count())
                .isEqualTo(1);
        assertThat(page(SALES)).contains("Resolve dispute", "contested");
    }

    @Test
    void the_plan_of_a_junior_is_looked_over_and_that_of_a_senior_is_agreed() {
        done(post(JUNIOR, "/plan", "planParts", "3", "planFirstDate", "2026-02-02"));
        Hold asked = holds.ofCustomer(customer).get(0);
        assertThat(asked.instalments()).hasSize(3);
        assertThat(asked.course().agreedAt()).isNull();
        assertThat(tasks.createTaskQuery().taskDefinitionKey("checkPlan").count())
                .isEqualTo(1);

        done(post(
                SENIOR,
                "/plan",
                "planParts",
                "2",
                "planFirstDate",
                "2026-02-02",
                "planRhythm",
                "weekly",
                "another",
                asked.number()));
        Hold agreed = holds.ofCustomer(customer).get(0);
        assertThat(agreed.instalments())
                .extracting(Hold.Instalment::dueOn)
                .containsExactly(LocalDate.of(2026, 2, 2), LocalDate.of(2026, 2, 9));
        assertThat(agreed.course().agreedAt()).isNotNull();
        assertThat(tasks.createTaskQuery().taskDefinitionKey("checkPlan").count())
                .isEqualTo(1);
    }

    @Test
    void a_second_promise_is_asked_about_first() {
        done(post(JUNIOR, "/promise", "promiseDate", "2026-01-16", "promiseAmount", "250"));
        String first = holds.ofCustomer(customer).get(0).number();
        assertThat(page(JUNIOR))
                .contains("There is already promise " + first + " of €250.00 until 16 Jan 2026, by " + JUNIOR)
                .contains("value=\"" + first + "\"");

        HttpResponse<String> refused = post(JUNIOR, "/promise", "promiseDate", "2026-01-23");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(parsed(refused).path("field").asText()).isEqualTo("another");
        assertThat(parsed(refused).path("existing").asText()).isEqualTo(first);
        assertThat(parsed(refused).path("detail").asText())
                .contains("promise " + first, "€250.00", "2026-01-16", JUNIOR, "another one");
        assertThat(holds.ofCustomer(customer)).hasSize(1);

        done(post(JUNIOR, "/promise", "promiseDate", "2026-01-23", "another", first));
        assertThat(holds.ofCustomer(customer)).hasSize(2);
        // Of the second one nobody has been told who still says yes to the first alone.
        assertThat(post(JUNIOR, "/promise", "promiseDate", "2026-01-26", "another", first)
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void a_promise_beside_a_dispute_or_one_that_has_ended_is_no_second_one() {
        done(post(JUNIOR, "/dispute", "disputeReason", "price", "invoiceNumbers", invoice));
        done(post(JUNIOR, "/promise", "promiseDate", "2026-01-16"));
        String promise = holds.ofCustomer(customer).get(0).number();
        done(post(SENIOR, "/holds/" + promise + "/end", "note", "A mistake"));
        assertThat(page(JUNIOR)).doesNotContain("There is already promise");
        done(post(JUNIOR, "/promise", "promiseDate", "2026-01-19"));
        assertThat(holds.ofCustomer(customer)).filteredOn(Hold::isActive).hasSize(2);
    }

    @Test
    void stopping_the_follow_up_is_a_block_of_everything_and_taking_it_back_ends_it() {
        done(post(SENIOR, "/block", "until", "2026-02-27", "reason", "Talks about a new contract"));
        Hold block = holds.ofCustomer(customer).get(0);
        assertThat(block.coversAll()).isTrue();
        assertThat(block.endsOn()).isEqualTo("2026-02-27");

        HttpResponse<String> held = post(SENIOR, "/follow-up");
        assertThat(held.statusCode()).isEqualTo(409);
        assertThat(parsed(held).path("detail").asText()).contains("on hold", block.number());
        assertThat(cases()).isEmpty();

        done(post(SENIOR, "/holds/" + block.number() + "/end", "note", "Signed"));
        assertThat(holds.get(block.id()).outcome()).isEqualTo(Hold.Outcome.WITHDRAWN);
        assertThat(holds.get(block.id()).endNote()).isEqualTo("Signed");
        assertThat(post(SENIOR, "/holds/" + block.number() + "/end").statusCode())
                .isEqualTo(409);
        done(post(SENIOR, "/follow-up"));
        assertThat(cases()).hasSize(1);
    }

    @Test
    void a_hold_of_somebody_else_is_not_taken_back_from_this_page() {
        done(post(SENIOR, "/block", "until", "2026-02-27", "reason", "Talks"));
        Hold block = holds.ofCustomer(customer).get(0);
        long other = portfolio.customer();

        assertThat(send(SENIOR, "/customers/id/" + other + "/holds/" + block.number() + "/end")
                        .statusCode())
                .isEqualTo(409);
        assertThat(holds.get(block.id()).isActive()).isTrue();
    }

    @Test
    void starting_the_follow_up_opens_the_case_now_and_once() {
        JsonNode done = done(post(SENIOR, "/follow-up"));
        assertThat(cases()).hasSize(1);
        assertThat(done.path("done").asText()).contains(cases().get(0));
        assertThat(runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(cases().get(0))
                        .processDefinitionKey("dunningCase")
                        .count())
                .isEqualTo(1);

        HttpResponse<String> again = post(SENIOR, "/follow-up");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(parsed(again).path("detail").asText()).contains("already", cases().get(0));
        assertThat(cases()).hasSize(1);
    }

    @Test
    void nothing_is_followed_up_of_who_owes_nothing_or_too_little() {
        long other = portfolio.customer();
        HttpResponse<String> nothing = send(SENIOR, "/customers/id/" + other + "/follow-up");
        assertThat(parsed(nothing).path("detail").asText()).contains("Nothing is overdue");

        portfolio.invoice(creditor, other, LocalDate.of(2025, 12, 15), "1.00");
        HttpResponse<String> little = send(SENIOR, "/customers/id/" + other + "/follow-up");
        assertThat(little.statusCode()).isEqualTo(409);
        assertThat(parsed(little).path("detail").asText()).contains("less than");
        assertThat(cases()).isEmpty();
    }

    @Test
    void a_credit_stop_begins_once_and_is_lifted() {
        assertThat(page(SENIOR)).contains("No new orders on credit").doesNotContain("/credit-stop/lift");
        done(post(SENIOR, "/credit-stop", "text", "Owes too much", "endsOn", "2026-04-01", "note", "Ask Anna"));
        assertThat(creditStops.inForce(customer)).hasSize(1);
        assertThat(creditStops.inForce(customer).get(0).endsOn()).isEqualTo("2026-04-01");
        assertThat(creditStops.inForce(customer).get(0).setBy()).isEqualTo(SENIOR);

        assertThat(page(SENIOR)).contains("/credit-stop/lift", "Owes too much");
        assertThat(post(SENIOR, "/credit-stop", "text", "Again").statusCode()).isEqualTo(409);
        done(post(SENIOR, "/credit-stop/lift"));
        assertThat(creditStops.inForce(customer)).isEmpty();
        assertThat(post(SENIOR, "/credit-stop/lift").statusCode()).isEqualTo(409);
    }

    @Test
    void corrected_details_are_used_at_once_and_nobody_looks_for_them_any_more() {
        details.wrong(customer, Channel.EMAIL, "old@customer.example", "It came back", null);
        details.wrong(customer, Channel.LETTER, "Dorpsstraat 1", "It came back", null);
        assertThat(tasks.createTaskQuery().taskDefinitionKey("correctDetails").count())
                .isEqualTo(2);
        assertThat(page(JUNIOR)).contains("Correct contact details");

        done(post(JUNIOR, "/details", "correctEmail", "new@customer.example", "correctPhone", "020 765 4321"));

        assertThat(receivables.customer(customer).persons().get(0).email()).isEqualTo("new@customer.example");
        assertThat(receivables.customer(customer).persons().get(0).phone()).isEqualTo("+31207654321");
        assertThat(receivables.customer(customer).street()).isEqualTo("Dorpsstraat 1");
        assertThat(tasks.createTaskQuery().taskDefinitionKey("correctDetails").count())
                .as("the address is still looked for")
                .isEqualTo(1);
        assertThat(jdbc.sql("select outcome from wrong_detail where channel = 'EMAIL'")
                        .query(String.class)
                        .single())
                .isEqualTo("CORRECTED");

        done(post(JUNIOR, "/details", "correctStreet", "Nieuwstraat 2", "correctCity", "Utrecht"));
        assertThat(receivables.customer(customer).street()).isEqualTo("Nieuwstraat 2");
        assertThat(tasks.createTaskQuery().taskDefinitionKey("correctDetails").count())
                .isZero();
    }

    @Test
    void a_note_stands_in_the_time_line_with_who_wrote_it() {
        done(post(SALES, "/notes", "text", " Moves in May \n to Utrecht "));
        assertThat(notes()).containsExactly("Moves in May \n to Utrecht");
        assertThat(page(JUNIOR)).contains("Moves in May", SALES);
        assertThat(post(SALES, "/notes", "text", "x".repeat(2001)).statusCode()).isEqualTo(400);
        assertThat(post(SALES, "/notes", "text", "a\0b").statusCode()).isEqualTo(400);
        assertThat(send(SALES, "/customers/id/999999/notes", "text", "Nobody").statusCode())
                .isEqualTo(404);
        assertThat(notes()).hasSize(1);
    }

    @Test
    void a_browser_needs_the_token_of_the_page() {
        assertThat(web.login(JUNIOR, Desk.PASSWORD).statusCode()).isEqualTo(200);
        String token =
                Web.token(web.get("/customers/" + number, "Accept", "text/html").body());
        String path = "/customers/id/" + customer + "/notes";

        assertThat(web.post(
                                path,
                                "text=With",
                                "Content-Type",
                                "application/x-www-form-urlencoded",
                                "X-XSRF-TOKEN",
                                token)
                        .statusCode())
                .isEqualTo(200);
        assertThat(web.post(path, "text=Without", "Content-Type", "application/x-www-form-urlencoded")
                        .statusCode())
                .isEqualTo(403);
        assertThat(notes()).containsExactly("With");
    }

    private List<String> notes() {
        return jdbc.sql("select text from customer_note order by id")
                .query(String.class)
                .list();
    }

    private List<String> cases() {
        return jdbc.sql("select number from dunning_case order by id")
                .query(String.class)
                .list();
    }

    private String page(String login) {
        HttpResponse<String> page = get(login, "/customers/" + number);
        assertThat(page.statusCode()).isEqualTo(200);
        return page.body();
    }

    private HttpResponse<String> get(String login, String path) {
        return web.get(path, "Authorization", Desk.basic(login, Desk.PASSWORD), "Accept", "text/html");
    }

    private HttpResponse<String> post(String login, String deed, String... fields) {
        return send(login, "/customers/id/" + customer + deed, fields);
    }

    private HttpResponse<String> send(String login, String path, String... fields) {
        String body = IntStream.range(0, fields.length / 2)
                .mapToObj(i -> fields[2 * i] + "=" + URLEncoder.encode(fields[2 * i + 1], StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return new Web(port)
                .post(
                        path,
                        body,
                        "Authorization",
                        Desk.basic(login, Desk.PASSWORD),
                        "Content-Type",
                        "application/x-www-form-urlencoded");
    }

    private JsonNode done(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return parsed(answer);
    }

    private JsonNode parsed(HttpResponse<String> answer) {
        try {
            return json.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
