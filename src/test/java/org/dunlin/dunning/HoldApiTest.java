package org.dunlin.dunning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.identity.User;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.dunlin.platform.clock.DunlinClock;
import org.dunlin.platform.security.Groups;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Holds over the wire: begun, read and ended by programs; what cannot be says which field and what to do. */
@DunlinTest
class HoldApiTest {

    private static final String PASSWORD = "Correct-Horse-9";
    private static final String SENIOR = "holds-senior";
    private static final String JUNIOR = "holds-junior";
    private static final String MANAGER = "holds-manager";

    @LocalServerPort
    int port;

    @Autowired
    Portfolio portfolio;

    @Autowired
    Slate slate;

    @Autowired
    Timeline timeline;

    @Autowired
    RuntimeService runtime;

    @Autowired
    TaskService tasks;

    @Autowired
    IdentityService identity;

    @Autowired
    DunlinClock clock;

    @Autowired
    ObjectMapper json;

    private String customer;
    private String invoice;
    private String other;

    @BeforeEach
    void twoInvoicesOnMondayEvening() {
        slate.clean();
        timeline.startOn(LocalDate.of(2026, 1, 5));
        person(SENIOR, Groups.SENIOR_COLLECTORS);
        person(JUNIOR, Groups.JUNIOR_COLLECTORS);
        person(MANAGER, Groups.MANAGERS);
        long creditor = portfolio.creditor("NL");
        long id = portfolio.customer();
        customer = portfolio.customerNumber(id);
        invoice = portfolio.invoiceNumber(portfolio.invoice(creditor, id, LocalDate.of(2025, 12, 15), "300.00"));
        other = portfolio.invoiceNumber(portfolio.invoice(creditor, id, LocalDate.of(2025, 12, 29), "200.00"));
    }

    @AfterEach
    void timeRunsAgain() {
        slate.clean();
        clock.runFrom(Instant.now());
    }

    @Test
    void a_promise_about_some_invoices_is_begun_and_read() {
        JsonNode begun = created(
                JUNIOR,
                """
                {"kind": "PROMISE", "customer": "%s", "invoices": ["%s"], "until": "2026-01-16", "amount": 250.00, "note": "Called us"}
                """
                        .formatted(customer, invoice));

        assertThat(begun.path("number").asText()).startsWith("H");
        assertThat(begun.path("customer").asText()).isEqualTo(customer);
        assertThat(begun.path("kind").asText()).isEqualTo("PROMISE");
        assertThat(begun.path("invoices").toString()).isEqualTo("[\"" + invoice + "\"]");
        assertThat(begun.path("amount").decimalValue()).isEqualByComparingTo("250");
        assertThat(begun.path("currency").asText()).isEqualTo("EUR");
        assertThat(begun.path("startsOn").asText()).isEqualTo("2026-01-05");
        assertThat(begun.path("endsOn").asText()).isEqualTo("2026-01-16");
        assertThat(begun.path("note").asText()).isEqualTo("Called us");
        assertThat(begun.path("raisedBy").asText()).isEqualTo(JUNIOR);
        assertThat(begun.path("outcome").isNull()).isTrue();
        assertThat(read("/" + begun.path("number").asText())).isEqualTo(begun);
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKey("promise")
                        .processInstanceBusinessKey(customer)
                        .count())
                .isEqualTo(1);
    }

    @Test
    void a_dispute_goes_to_its_department_and_shows_what_came_of_it() {
        String number = created(
                        JUNIOR,
                        """
                        {"kind": "DISPUTE", "customer": "%s", "invoices": ["%s"], "reason": "price"}
                        """
                                .formatted(customer, invoice))
                .path("number")
                .asText();
        var task = tasks.createTaskQuery().taskDefinitionKey("resolveDispute").singleResult();
        assertThat(tasks.getIdentityLinksForTask(task.getId()))
                .extracting(link -> link.getGroupId())
                .containsExactly("sales");

        tasks.complete(
                task.getId(), java.util.Map.of("outcome", "creditExpected", "explanation", "The old price list"));
        timeline.settleDown();

        JsonNode shown = read("/" + number);
        assertThat(shown.path("expected").asText()).isEqualTo("CREDIT");
        assertThat(shown.path("expectedBy").asText()).isEqualTo("2026-01-19");
        assertThat(shown.path("toldAt").asText()).isEqualTo("2026-01-05T17:00:00Z");
        assertThat(shown.path("endNote").asText()).isEqualTo("The old price list");
        assertThat(shown.path("outcome").isNull()).isTrue();
    }

    @Test
    void the_plan_of_a_junior_is_looked_over_and_that_of_a_senior_is_agreed() {
        String plan =
                """
                {"kind": "PLAN", "customer": "%s", "instalments": [
                    {"dueOn": "2026-02-02", "amount": 250.00}, {"dueOn": "2026-03-02", "amount": 250.00}]}
                """
                        .formatted(customer);

        JsonNode asked = created(JUNIOR, plan);
        JsonNode agreed = created(SENIOR, plan);

        assertThat(asked.path("instalments")).hasSize(2);
        assertThat(asked.path("instalments").get(1).path("dueOn").asText()).isEqualTo("2026-03-02");
        assertThat(asked.path("agreedAt").isNull()).isTrue();
        assertThat(agreed.path("agreedAt").asText()).isEqualTo("2026-01-05T17:00:00Z");
        assertThat(agreed.path("invoices")).as("everything that is due").hasSize(2);
        assertThat(tasks.createTaskQuery().taskDefinitionKey("checkPlan").count())
                .isEqualTo(1);
    }

    @Test
    void a_block_and_insolvency_are_about_everything_and_for_seniors_only() {
        String block =
                """
                {"kind": "BLOCK", "customer": "%s", "until": "2026-02-27", "reason": "Talks about a new contract"}
                """
                        .formatted(customer);
        String insolvency =
                """
                {"kind": "INSOLVENCY", "customer": "%s", "reason": "Register, file 12/345"}
                """
                        .formatted(customer);
        for (String wish : List.of(block, insolvency)) {
            HttpResponse<String> refused = post(JUNIOR, "", wish);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(parsed(refused).path("detail").asText()).contains("for senior collectors and managers");
        }

        JsonNode blocked = created(SENIOR, block);
        assertThat(blocked.path("coversAll").asBoolean()).isTrue();
        assertThat(blocked.path("reason").asText()).isEqualTo("Talks about a new contract");
        assertThat(blocked.path("endsOn").asText()).isEqualTo("2026-02-27");
        assertThat(blocked.path("raisedBy").asText()).isEqualTo(SENIOR);
        created(MANAGER, insolvency);
        assertThat(tasks.createTaskQuery().singleResult().getTaskDefinitionKey())
                .isEqualTo("decideOnInsolvency");
        assertThat(read("?customer=" + customer).findValuesAsText("kind"))
                .as("the latest first")
                .containsExactly("INSOLVENCY", "BLOCK");
    }

    @Test
    void a_hold_is_taken_back_once_with_who_did_it_and_why() {
        String number = created(
                        JUNIOR,
                        """
                        {"kind": "PROMISE", "customer": "%s", "until": "2026-01-16"}
                        """
                                .formatted(customer))
                .path("number")
                .asText();

        HttpResponse<String> ended = post(SENIOR, "/" + number + "/end", "{\"note\": \"Another customer said so\"}");

        assertThat(ended.statusCode()).isEqualTo(200);
        assertThat(parsed(ended).path("outcome").asText()).isEqualTo("WITHDRAWN");
        JsonNode shown = read("/" + number);
        assertThat(shown.path("endedBy").asText()).isEqualTo(SENIOR);
        assertThat(shown.path("endedAt").asText()).isEqualTo("2026-01-05T17:00:00Z");
        assertThat(shown.path("endNote").asText()).isEqualTo("Another customer said so");
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKey("promise")
                        .count())
                .isZero();
        HttpResponse<String> again = post(SENIOR, "/" + number + "/end", null);
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(parsed(again).path("detail").asText()).isEqualTo("Hold " + number + " has ended before.");
    }

    @Test
    void a_hold_can_be_taken_back_without_a_word() {
        String number = created(
                        SENIOR,
                        """
                        {"kind": "BLOCK", "customer": "%s", "until": "2026-01-16", "reason": "Talks"}
                        """
                                .formatted(customer))
                .path("number")
                .asText();
        assertThat(post(SENIOR, "/" + number + "/end", null).statusCode()).isEqualTo(200);
        assertThat(read("/" + number).path("endNote").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {}                                                                      | customer    | number of the customer
                    {"customer": "C"}                                                       | kind        | one of DISPUTE, PROMISE, PLAN, BLOCK, INSOLVENCY
                    {"customer": "C", "kind": "FAVOUR"}                                     | kind        | one of DISPUTE, PROMISE
                    {"customer": "C", "kind": "PROMISE"}                                    | until       | Enter the date
                    {"customer": "C", "kind": "PROMISE", "until": "soon"}                   | until       | like 2026-01-31
                    {"customer": "C", "kind": "PROMISE", "until": "2026-01-04"}             | until       | has passed
                    {"customer": "C", "kind": "PROMISE", "until": "2026-06-01"}             | until       | more than 60 days away
                    {"customer": "C", "kind": "PROMISE", "until": "2026-01-16", "amount": 0}        | amount | above zero
                    {"customer": "C", "kind": "PROMISE", "until": "2026-01-16", "amount": 500.01}   | amount | Only EUR 500.00 is open
                    {"customer": "C", "kind": "PROMISE", "until": "2026-01-16", "amount": 1.001}    | amount | more decimals than EUR
                    {"customer": "C", "kind": "PROMISE", "until": "2026-01-16", "amount": "much"}   | amount | like 250.00
                    {"customer": "C", "kind": "PROMISE", "until": "2026-01-16", "invoices": ["X"]}  | invoices | Invoice X is not an open invoice
                    {"customer": "C", "kind": "PROMISE", "until": "2026-01-16", "invoices": [null]} | invoices | list of texts
                    {"customer": "C", "kind": "PROMISE", "until": "2026-01-16", "invoices": "X"}    | invoices | list of texts
                    {"customer": "C", "kind": "PROMISE", "until": "2026-01-16", "reason": "price"}  | reason | leave it out
                    {"customer": "C", "kind": "PROMISE", "until": "2026-01-16", "note": "a\\u0000b"}   | note | cannot be kept
                    {"customer": "C", "kind": "DISPUTE"}                                    | reason      | one of address, delivery, goods, other, poNumber, price
                    {"customer": "C", "kind": "DISPUTE", "reason": "colour"}                | reason      | one of address
                    {"customer": "C", "kind": "DISPUTE", "reason": "price", "until": "2026-01-16"} | until | leave it out
                    {"customer": "C", "kind": "DISPUTE", "reason": "price", "amount": 10}   | amount      | leave it out
                    {"customer": "C", "kind": "PLAN"}                                       | instalments | at least one instalment
                    {"customer": "C", "kind": "PLAN", "instalments": []}                    | instalments | at least one instalment
                    {"customer": "C", "kind": "PLAN", "instalments": [{"dueOn": "2026-02-02"}]} | instalments | "amount": 250.00
                    {"customer": "C", "kind": "PLAN", "instalments": [null]}                | instalments | "amount": 250.00
                    {"customer": "C", "kind": "PLAN", "instalments": [{"dueOn": "2026-02-02", "amount": 499.99}]} | instalments | add up to 499.99
                    {"customer": "C", "kind": "PLAN", "instalments": [{"dueOn": "2026-02-02", "amount": 249.995}, {"dueOn": "2026-03-02", "amount": 250.005}]} | instalments | more decimals than EUR
                    {"customer": "C", "kind": "PLAN", "instalments": [{"dueOn": "2026-03-02", "amount": 250}, {"dueOn": "2026-02-02", "amount": 250}]} | instalments | each after the one before
                    {"customer": "C", "kind": "PLAN", "instalments": [{"dueOn": "2027-03-02", "amount": 500}]} | instalments | more than 370 days away
                    {"customer": "C", "kind": "BLOCK", "reason": "Talks"}                   | until       | Enter the date
                    {"customer": "C", "kind": "BLOCK", "until": "2026-02-27"}               | reason      | Say why
                    {"customer": "C", "kind": "BLOCK", "until": "2026-02-27", "reason": "a", "instalments": []} | instalments | leave it out
                    {"customer": "C", "kind": "INSOLVENCY"}                                 | reason      | Say why
                    {"customer": "C", "kind": "INSOLVENCY", "reason": "a", "invoices": ["X"]} | invoices  | leave it out
                    """)
    void what_cannot_be_names_the_field_and_what_to_do(String wish, String field, String advice) {
        HttpResponse<String> refused = post(SENIOR, "", wish.replace("\"C\"", '"' + customer + '"'));

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(parsed(refused).path("field").asText()).isEqualTo(field);
        assertThat(parsed(refused).path("detail").asText()).contains(advice);
        assertThat(read("?customer=" + customer)).isEmpty();
        assertThat(runtime.createProcessInstanceQuery().count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "not JSON", "{\"kind\": "})
    void what_is_no_json_object_is_refused(String body) {
        HttpResponse<String> refused = post(SENIOR, "", body);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(parsed(refused).path("detail").asText()).contains("JSON object");
    }

    @Test
    void a_text_that_no_form_could_show_is_refused() {
        HttpResponse<String> refused = post(
                SENIOR,
                "",
                """
                {"kind": "DISPUTE", "customer": "%s", "reason": "other", "note": "%s"}
                """
                        .formatted(customer, "a".repeat(2001)));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(parsed(refused).path("detail").asText()).isEqualTo("2001 characters are too many; say it in 2000");
    }

    @Test
    void what_is_not_there_is_not_found() {
        assertThat(get("/H1").statusCode()).isEqualTo(404);
        assertThat(parsed(get("/H1")).path("detail").asText()).isEqualTo("There is no hold H1.");
        assertThat(post(SENIOR, "/H1/end", null).statusCode()).isEqualTo(404);
        assertThat(get("?customer=NOBODY").statusCode()).isEqualTo(404);
        assertThat(get("?source=elsewhere&customer=" + customer).statusCode()).isEqualTo(404);
        assertThat(parsed(get("")).path("field").asText()).isEqualTo("customer");
        HttpResponse<String> unknown = post(SENIOR, "", "{\"kind\": \"PROMISE\", \"customer\": \"NOBODY\"}");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(parsed(unknown).path("detail").asText()).isEqualTo("There is no customer NOBODY.");
    }

    @Test
    void programs_and_forms_know_the_same_reasons() {
        for (String form : List.of("raise-dispute", "call-customer")) {
            Set<String> offered = new TreeSet<>();
            formOf(form).findParents("key").stream()
                    .filter(field -> field.path("key").asText().equals("disputeReason"))
                    .forEach(field -> offered.addAll(field.path("values").findValuesAsText("value")));
            assertThat(offered).as(form).isEqualTo(Set.copyOf(DisputeReasons.keys()));
        }
    }

    private JsonNode formOf(String name) {
        try {
            return json.readTree(getClass().getResource("/forms/" + name + ".form"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private JsonNode created(String login, String wish) {
        HttpResponse<String> answer = post(login, "", wish);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return parsed(answer);
    }

    private JsonNode read(String path) {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return parsed(answer);
    }

    private JsonNode parsed(HttpResponse<String> answer) {
        try {
            return json.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    private HttpResponse<String> get(String path) {
        return send(request(JUNIOR, path).GET());
    }

    private HttpResponse<String> post(String login, String path, String body) {
        return send(request(login, path)
                .header("Content-Type", "application/json")
                .POST(body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String login, String path) {
        String basic = Base64.getEncoder().encodeToString((login + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/holds" + path))
                .header("Authorization", "Basic " + basic);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HttpClient.newHttpClient()
                    .send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void person(String login, String group) {
        if (identity.createUserQuery().userId(login).count() == 0) {
            User user = identity.newUser(login);
            user.setFirstName("Test");
            user.setLastName(login);
            user.setPassword(PASSWORD);
            identity.saveUser(user);
            identity.createMembership(login, group);
        }
    }
}
