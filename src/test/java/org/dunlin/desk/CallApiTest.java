package org.dunlin.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.dunning.CasesAtACall;
import org.dunlin.dunning.Holds;
import org.dunlin.dunning.NewHold;
import org.dunlin.platform.clock.DunlinClock;
import org.dunlin.platform.security.Groups;
import org.dunlin.platform.security.Web;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the form of a call gets, over the wire; a junior has a call to make. */
@DunlinTest
class CallApiTest {

    private static final String JUNIOR = "desk-junior";
    private static final String OTHER = "desk-junior-two";
    private static final String SENIOR = "desk-senior";
    private static final String MANAGER = "desk-manager";
    private static final String SALES = "desk-sales";
    private static final String MAILROOM = "desk-mailroom";

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
    TaskService tasks;

    @Autowired
    IdentityService identity;

    @Autowired
    DunlinClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ObjectMapper json;

    private Web web;
    private CasesAtACall.Case about;
    private String call;

    @BeforeEach
    void a_call_is_due() {
        slate.clean();
        web = new Web(port);
        Desk.person(identity, JUNIOR, Groups.JUNIOR_COLLECTORS);
        Desk.person(identity, OTHER, Groups.JUNIOR_COLLECTORS);
        Desk.person(identity, SENIOR, Groups.SENIOR_COLLECTORS);
        Desk.person(identity, MANAGER, Groups.MANAGERS);
        Desk.person(identity, SALES, Groups.SALES);
        Desk.person(identity, MAILROOM, Groups.MAILROOM);
        cases.itIsTuesday();
        about = cases.calling(portfolio.creditor("NL"));
        call = cases.call(about);
    }

    @AfterEach
    void time_runs_again() {
        slate.clean();
        clock.runFrom(Instant.now());
    }

    private HttpResponse<String> get(String login, String task) {
        return web.get(
                "/api/calls/" + task, "Authorization", Desk.basic(login, Desk.PASSWORD), "Accept", "application/json");
    }

    private HttpResponse<String> present(String login) {
        return web.post(
                "/api/calls/" + call + "/presence",
                "",
                "Authorization",
                Desk.basic(login, Desk.PASSWORD),
                "Accept",
                "application/json");
    }

    private JsonNode read(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try {
            return json.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void the_customer_is_as_on_their_page_and_the_call_says_what_it_is_about() {
        String number = portfolio.invoiceNumber(about.invoice());
        JsonNode answer = read(get(JUNIOR, call));

        assertThat(answer.at("/you").asText()).isEqualTo(JUNIOR);
        assertThat(answer.at("/call/caseNumber").asText()).isEqualTo(about.number());
        assertThat(answer.at("/call/rung").asInt()).isEqualTo(20);
        assertThat(answer.at("/call/attempt").asInt()).isEqualTo(1);
        assertThat(answer.at("/call/attempts").asInt()).isEqualTo(3);
        assertThat(answer.at("/call/canHandOn").asBoolean()).isTrue();
        assertThat(answer.at("/customer/head/number").asText()).isEqualTo(portfolio.customerNumber(about.customer()));
        assertThat(answer.at("/customer/invoices/0/number").asText()).isEqualTo(number);
        assertThat(answer.at("/about")).hasSize(1);
        assertThat(answer.at("/about/0").asText()).isEqualTo(number);
        assertThat(answer.at("/reasons")).hasSize(6);
        assertThat(answer.at("/colleagues")).isEmpty();
    }

    @Test
    void dates_are_bounded_by_the_policies_for_promises_plans_and_calls() {
        JsonNode limits = read(get(JUNIOR, call)).path("limits");
        assertThat(limits.path("today").asText()).isEqualTo("2026-01-20");
        assertThat(limits.path("nextWorkingDay").asText()).isEqualTo("2026-01-21");
        assertThat(limits.path("promiseUntil").asText()).isEqualTo("2026-03-21");
        assertThat(limits.path("planUntil").asText()).isEqualTo("2027-01-25");
        assertThat(limits.path("callBackUntil").asText()).isEqualTo("2026-02-03");
    }

    @ParameterizedTest
    @CsvSource({
        "nl, standard, COMPANY, Vriendelijk eerste gesprek: staat iets de betaling in de weg?",
        "de, standard, COMPANY, Freundlicher erster Anruf: Steht der Zahlung etwas im Weg?",
        "fr, government, COMPANY, Appel de courtoisie : il manque sans doute quelque chose",
        "en, keyAccount, COMPANY, Courtesy call: something is probably missing",
        "nl, standard, CONSUMER, Rustig gesprek met een consument: zoek een oplossing die werkt"
    })
    void the_words_fit_language_and_tone(String language, String ladder, String kind, String subject) {
        jdbc.sql("update customer set language = :language, kind = :kind where id = :id")
                .param("language", language)
                .param("kind", kind)
                .param("id", about.customer())
                .update();
        jdbc.sql("update dunning_case set ladder = :ladder where id = :id")
                .param("ladder", ladder)
                .param("id", about.id())
                .update();
        JsonNode script = read(get(JUNIOR, call)).path("script");
        assertThat(script.path("subject").asText()).isEqualTo(subject);
        assertThat(script.path("opening").asText()).contains("400").doesNotContain("{");
    }

    @Test
    void in_the_second_call_they_say_what_comes_next() {
        jdbc.sql("update customer set language = 'en' where id = :id")
                .param("id", about.customer())
                .update();
        tasks.setVariable(call, "rung", 40);
        assertThat(read(get(JUNIOR, call)).at("/script/subject").asText())
                .isEqualTo("Second call: agree on a day, and say what comes next");
    }

    @Test
    void who_may_not_see_the_task_hears_that_there_is_none_and_who_does_not_call_is_refused() {
        assertThat(get(OTHER, call).statusCode()).isEqualTo(200);
        assertThat(get(MANAGER, call).statusCode()).isIn(200, 404);
        for (String login : new String[] {SALES, MAILROOM}) {
            assertThat(get(login, call).statusCode()).as(login).isEqualTo(403);
            assertThat(present(login).statusCode()).as(login).isEqualTo(403);
        }
        assertThat(web.get("/api/calls/" + call).statusCode()).isEqualTo(401);

        tasks.complete(call, java.util.Map.of("outcome", "handToSenior", "note", "Lawyer"));
        String forSenior = cases.call(about);
        assertThat(read(get(SENIOR, forSenior)).at("/call/canHandOn").asBoolean())
                .isFalse();
        HttpResponse<String> refused = get(JUNIOR, forSenior);
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(refused.body()).doesNotContain(about.number());
        assertThat(get(JUNIOR, call).statusCode()).as("completed").isEqualTo(404);
        assertThat(get(JUNIOR, "no-such-task").statusCode()).isEqualTo(404);
    }

    @Test
    void a_task_of_another_kind_is_no_call() {
        holds.raise(NewHold.dispute(about.customer(), java.util.List.of(), "price", null, JUNIOR));
        String other = tasks.createTaskQuery()
                .taskDefinitionKey("resolveDispute")
                .singleResult()
                .getId();
        assertThat(web.get(
                                "/api/calls/" + other,
                                "Authorization",
                                Desk.basic("admin", "a-test-password"),
                                "Accept",
                                "application/json")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_second_collector_sees_that_a_colleague_has_the_customer_open_until_it_is_closed_there() {
        assertThat(read(present(JUNIOR))).isEmpty();
        Instant since = clock.instant();
        clock.runFrom(since.plus(Duration.ofSeconds(60)));
        assertThat(read(present(JUNIOR))).isEmpty();

        JsonNode seen = read(present(OTHER));
        assertThat(seen).hasSize(1);
        assertThat(seen.at("/0/name").asText()).isEqualTo("Pim");
        assertThat(Duration.between(since, Instant.parse(seen.at("/0/since").asText()))
                        .abs())
                .isLessThan(Duration.ofSeconds(30));
        assertThat(read(get(OTHER, call)).at("/colleagues")).hasSize(1);

        String page = web.get(
                        "/customers/" + portfolio.customerNumber(about.customer()),
                        "Authorization",
                        Desk.basic(SENIOR, Desk.PASSWORD),
                        "Accept",
                        "text/html")
                .body();
        assertThat(page).contains("Pim has had this customer open since");

        assertThat(web.send(
                                "DELETE",
                                "/api/calls/" + call + "/presence",
                                null,
                                "Authorization",
                                Desk.basic(JUNIOR, Desk.PASSWORD))
                        .statusCode())
                .isEqualTo(204);
        assertThat(read(present(OTHER))).isEmpty();
    }

    @Test
    void who_gives_no_sign_of_life_is_not_there_and_comes_back_anew() {
        present(JUNIOR);
        Instant later = clock.instant().plus(Duration.ofMinutes(10));
        clock.runFrom(later);
        assertThat(read(present(OTHER))).isEmpty();

        present(JUNIOR);
        assertThat(Instant.parse(read(present(OTHER)).at("/0/since").asText()))
                .isAfterOrEqualTo(later.minus(Duration.ofSeconds(1)));
    }

    @Test
    void markup_in_the_name_of_a_customer_stays_text_in_the_answer() {
        jdbc.sql("update customer set name = '<img src=x onerror=alert(1)>' where id = :id")
                .param("id", about.customer())
                .update();
        assertThat(get(JUNIOR, call).headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/json");
        assertThat(read(get(JUNIOR, call)).at("/customer/head/name").asText())
                .isEqualTo("<img src=x onerror=alert(1)>");
    }

    @Test
    void the_page_of_the_form_carries_no_data_and_is_for_people_of_the_house_only() {
        HttpResponse<String> page = web.get(
                "/forms/call-customer.html", "Authorization", Desk.basic(JUNIOR, Desk.PASSWORD), "Accept", "*/*");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<form name=\"callCustomer\"").doesNotContain(about.number());
        assertThat(web.get("/forms/call-customer.html").statusCode()).isEqualTo(401);
        assertThat(web.get("/forms/call-customer.js").statusCode()).isEqualTo(401);
        assertThat(web.get("/forms/call-customer.form", "Authorization", Desk.basic(JUNIOR, Desk.PASSWORD))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void days_are_those_of_the_creditor() {
        assertThat(LocalDate.parse(read(get(JUNIOR, call)).at("/limits/today").asText()))
                .isEqualTo(CasesAtACall.TUESDAY);
    }
}
