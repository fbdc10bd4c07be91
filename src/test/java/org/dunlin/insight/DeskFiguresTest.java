package org.dunlin.insight;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.platform.clock.DunlinClock;
import org.dunlin.platform.security.Groups;
import org.dunlin.platform.security.Web;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The desk on the morning of 31 March, with invoices, cases, contacts and promises put there by hand. */
@DunlinTest
class DeskFiguresTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 3, 31);
    private static final String PASSWORD = "Correct-Horse-9";
    private static final Map<String, String> PEOPLE = Map.of(
            "deskManager", Groups.MANAGERS,
            "deskManagerToo", Groups.MANAGERS,
            "deskDesigner", Groups.DESIGNERS,
            "deskJunior", Groups.JUNIOR_COLLECTORS);
    private static final String LADDER = "ladderOfThisTest";

    @LocalServerPort
    int port;

    @Autowired
    Portfolio portfolio;

    @Autowired
    Slate slate;

    @Autowired
    DunlinClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ObjectMapper json;

    @Autowired
    RepositoryService repository;

    @Autowired
    RuntimeService runtime;

    @Autowired
    IdentityService identity;

    @Autowired
    AuthorizationService authorizations;

    private final List<String> deployments = new ArrayList<>();
    private Web web;
    private long creditor;
    private long customer;

    @BeforeEach
    void an_empty_ledger_on_the_last_day_of_march() {
        slate.clean();
        web = new Web(port);
        clock.freezeAt(Instant.parse("2026-03-31T08:00:00Z"));
        creditor = portfolio.creditor("NL");
        customer = portfolio.customer("ALFA", "NL", "en", 30);
        PEOPLE.forEach(this::person);
    }

    @AfterEach
    void go_on() {
        slate.clean();
        PEOPLE.keySet().forEach(identity::deleteUser);
        deployments.forEach(id -> repository.deleteDeployment(id, true));
        clock.runFrom(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    @Test
    void open_money_stands_at_its_age_in_its_own_currency() {
        portfolio.invoice(creditor, customer, TODAY, "100.00");
        portfolio.invoice(creditor, customer, TODAY.minusDays(1), "10.00");
        long partlyPaid = portfolio.invoice(creditor, customer, TODAY.minusDays(30), "20.00");
        portfolio.pay(partlyPaid, TODAY, "5.00");
        invoice(TODAY.minusDays(30), "USD", "7.00");
        portfolio.invoice(creditor, customer, TODAY.minusDays(31), "30.00");
        portfolio.invoice(creditor, customer, TODAY.minusDays(61), "40.00");
        portfolio.invoice(creditor, customer, TODAY.minusDays(91), "50.00");

        assertThat(lines(desk().at("/ages"), "age", "invoices", "open"))
                .containsExactly(
                        "NOT_DUE 1 [EUR 100.0]",
                        "UP_TO_30 3 [EUR 25.0, USD 7.0]",
                        "UP_TO_60 1 [EUR 30.0]",
                        "UP_TO_90 1 [EUR 40.0]",
                        "OVER_90 1 [EUR 50.0]");
    }

    @Test
    void open_cases_stand_on_their_ladder_and_rung_with_what_is_open_of_them_now() {
        long first = portfolio.invoice(creditor, customer, TODAY.minusDays(20), "100.00");
        aCase("D-1", "standard", 20, first, portfolio.invoice(creditor, customer, TODAY.minusDays(20), "11.00"));
        aCase("D-2", "standard", 25, portfolio.invoice(creditor, customer, TODAY.minusDays(30), "3.00"));
        jdbc.sql("update dunning_case set held_since = '2026-03-30T08:00Z' where number = 'D-2'")
                .update();
        aCase("D-3", null, 0, portfolio.invoice(creditor, customer, TODAY.minusDays(3), "8.00"));
        aCase("D-4", "standard", 70, portfolio.invoice(creditor, customer, TODAY.minusDays(99), "900.00"));
        jdbc.sql(
                        "update dunning_case set state = 'CLOSED', closed_on = :today, outcome = 'WRITTEN_OFF' where number = 'D-4'")
                .param("today", TODAY)
                .update();
        portfolio.pay(first, TODAY, "60.00");

        JsonNode ladders = desk().at("/ladders");

        assertThat(ladders).hasSize(2);
        assertThat(ladders.at("/0/name").asText()).isEqualTo("Ladder: standard");
        assertThat(ladders.at("/0/cases").asInt()).isEqualTo(2);
        assertThat(lines(ladders.at("/0/rungs"), "rung", "cases", "onHold", "open"))
                .as("the closed case is not counted; rung 25 stands with 20")
                .containsExactly("20 2 1 [EUR 54.0]");
        assertThat(ladders.at("/1/ladder").isNull()).isTrue();
        assertThat(lines(ladders.at("/1/rungs"), "rung", "cases", "onHold", "open"))
                .containsExactly("0 1 0 [EUR 8.0]");
    }

    @Test
    void contacts_and_calls_are_those_of_today() {
        contact("EMAIL", "SENT", "2026-03-31T00:00:00Z");
        contact("EMAIL", "SENT", "2026-03-31T07:59:00Z");
        contact("CALL", "SENT", "2026-03-31T07:00:00Z");
        contact("EMAIL", "SENT", "2026-03-30T23:59:59Z");
        contact("SMS", "FAILED", "2026-03-31T07:00:00Z");
        task("late", "2026-03-30T17:00:00Z", 1);
        task("dueToday", "2026-03-31T17:00:00Z", 1);
        task("onHold", "2026-03-31T17:00:00Z", 2);
        task("tomorrow", "2026-04-01T00:00:00Z", 1);

        JsonNode desk = desk();

        assertThat(lines(desk.at("/contacts"), "channel", "sent")).containsExactly("EMAIL 2", "CALL 1");
        assertThat(desk.at("/calls").toString()).isEqualTo("{\"made\":1,\"late\":1,\"dueToday\":1}");
    }

    @Test
    void promises_that_stand_are_counted_by_the_day_on_which_they_are_due() {
        promise(TODAY.minusDays(1), "EUR", "1.00", "ACTIVE");
        promise(TODAY, "EUR", "2.00", "ACTIVE");
        promise(TODAY, "USD", "3.00", "ACTIVE");
        promise(TODAY.plusDays(7), "EUR", "4.00", "ACTIVE");
        promise(TODAY.plusDays(8), "EUR", "5.00", "ACTIVE");
        promise(TODAY, "EUR", "100.00", "ENDED");

        assertThat(lines(desk().at("/promises"), "term", "promises", "promised"))
                .containsExactly(
                        "PASSED 1 [EUR 1.0]", "TODAY 2 [EUR 2.0, USD 3.0]", "WEEK 1 [EUR 4.0]", "LATER 1 [EUR 5.0]");
    }

    @Test
    void the_panel_speaks_the_language_of_the_browser_and_escapes_what_a_designer_called_a_ladder() {
        deploy(ladder("<script>alert(1)</script>"));
        aCase("D-1", LADDER, 30, portfolio.invoice(creditor, customer, TODAY.minusDays(20), "1234567.89"));

        String german = page("/cockpit/desk", "de-AT,en;q=0.5");
        String other = page("/cockpit/desk", "pl");

        assertThat(german)
                .contains("lang=\"de\"", "Forderungen heute", "1–30 Tage", "EUR 1.234.568", "31 März 2026")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script>", "??");
        assertThat(other)
                .contains("lang=\"en\"", "Receivables today", "EUR 1,234,568")
                .doesNotContain("??");
    }

    @Test
    void money_waits_at_each_activity_over_all_versions_of_a_ladder() {
        String first = deploy(ladder("First version"));
        start("D-1", portfolio.invoice(creditor, customer, TODAY.minusDays(20), "100.00"));
        String second = deploy(ladder("Second version"));
        start("D-2", portfolio.invoice(creditor, customer, TODAY.minusDays(20), "20.00"));
        start("D-3", invoice(TODAY.minusDays(20), "USD", "7.00"));
        runtime.createMessageCorrelation("goOn")
                .processInstanceBusinessKey("D-3")
                .correlate();
        runtime.startProcessInstanceByKey(LADDER, "no case at all");

        for (String definition : List.of(first, second)) {
            assertThat(lines(get("/api/desk/activities?definition=" + definition), "activity", "cases", "open"))
                    .as("seen from %s", definition)
                    .containsExactly("waitBeforeCall 2 [EUR 120.0]", "waitBeforeLetter 1 [USD 7.0]");
        }
        assertThat(page("/cockpit/activities?definition=" + second, "nl"))
                .contains("data-activity=\"waitBeforeCall\"", "2 dossiers wachten", "EUR 120")
                .doesNotContain("??");
    }

    @Test
    void money_at_activities_is_for_those_who_may_read_the_instances_of_that_process() {
        String definition = deploy(ladder("Ladder of others"));
        Authorization no = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_REVOKE);
        no.setUserId("deskManagerToo");
        no.setResource(Resources.PROCESS_DEFINITION);
        no.setResourceId(LADDER);
        no.removePermission(ProcessDefinitionPermissions.READ_INSTANCE);
        authorizations.saveAuthorization(no);
        try {
            assertThat(status("deskManagerToo", "/api/desk/activities?definition=" + definition))
                    .isEqualTo(404);
            assertThat(status("deskManagerToo", "/cockpit/activities?definition=" + definition))
                    .isEqualTo(404);
            assertThat(status("deskManager", "/api/desk/activities?definition=" + definition))
                    .isEqualTo(200);
            for (String path : List.of("/api/desk", "/cockpit/desk", "/api/desk/activities?definition=" + definition)) {
                assertThat(status("deskDesigner", path)).as("designer %s", path).isEqualTo(403);
                assertThat(status("deskJunior", path)).as("junior %s", path).isEqualTo(403);
            }
        } finally {
            authorizations.deleteAuthorization(no.getId());
        }
    }

    @Test
    void cockpit_is_told_to_load_the_panel() {
        String config = page("/camunda/app/cockpit/scripts/config.js", "en");
        assertThat(config).contains("scripts/dunlin-desk");
        assertThat(page("/camunda/app/cockpit/scripts/dunlin-desk.js", "en"))
                .contains("cockpit.dashboard", "cockpit.processDefinition.diagram.plugin");
    }

    private long invoice(LocalDate due, String currency, String amount) {
        return portfolio.invoice(creditor, customer, due.minusDays(30), due, currency, amount);
    }

    private void aCase(String number, String ladder, int rung, long... invoices) {
        jdbc.sql(
                        """
                        insert into dunning_case (number, creditor_id, customer_id, currency, state, opened_on, ladder, rung, first_contact_on)
                        select :number, :creditor, :customer, i.currency, 'OPEN', '2026-03-03', :ladder, :rung, '2026-03-04'
                        from invoice i where i.id = :invoice
                        """)
                .param("number", number)
                .param("creditor", creditor)
                .param("customer", customer)
                .param("ladder", ladder)
                .param("rung", rung)
                .param("invoice", invoices[0])
                .update();
        for (long invoice : invoices) {
            jdbc.sql(
                            "insert into dunning_case_invoice (case_id, invoice_id, joined_on) select id, :invoice, '2026-03-03' from dunning_case where number = :number")
                    .param("invoice", invoice)
                    .param("number", number)
                    .update();
        }
    }

    private void start(String number, long invoice) {
        aCase(number, LADDER, 10, invoice);
        runtime.startProcessInstanceByKey(LADDER, number);
    }

    private void contact(String channel, String state, String at) {
        jdbc.sql(
                        """
                        insert into contact (customer_id, creditor_id, occurrence, rung, channel, state, language, claimed_at, claimed_by, sent_at)
                        values (:customer, :creditor, :occurrence, 10, :channel, :state, 'en', cast(:at as timestamptz), 'test', cast(:at as timestamptz))
                        """)
                .param("customer", customer)
                .param("creditor", creditor)
                .param("occurrence", Portfolio.unique("occurrence"))
                .param("channel", channel)
                .param("state", state)
                .param("at", at)
                .update();
    }

    private void task(String id, String due, int suspension) {
        jdbc.sql(
                        """
                        insert into act_ru_task (id_, rev_, task_def_key_, suspension_state_, due_date_, priority_)
                        values (:id, 1, 'callCustomer', :suspension, cast(cast(:due as timestamptz) at time zone 'UTC' as timestamp), 50)
                        """)
                .param("id", id)
                .param("suspension", suspension)
                .param("due", due)
                .update();
    }

    private void promise(LocalDate endsOn, String currency, String amount, String state) {
        jdbc.sql(
                        """
                        insert into hold (number, kind, customer_id, creditor_id, reason, currency, amount, starts_on, ends_on, state, raised_at, outcome, ended_at)
                        values (:number, 'PROMISE', :customer, :creditor, 'promised', :currency, cast(:amount as numeric), '2026-03-01', :endsOn, :state,
                                '2026-03-01T08:00Z', case when :state = 'ENDED' then 'KEPT' end, case when :state = 'ENDED' then timestamptz '2026-03-30T08:00Z' end)
                        """)
                .param("number", Portfolio.unique("H"))
                .param("customer", customer)
                .param("creditor", creditor)
                .param("currency", currency)
                .param("amount", amount)
                .param("endsOn", endsOn)
                .param("state", state)
                .update();
    }

    private static BpmnModelInstance ladder(String name) {
        return Bpmn.createExecutableProcess(LADDER)
                .name(name)
                .camundaHistoryTimeToLive(180)
                .startEvent()
                .receiveTask("waitBeforeCall")
                .message("goOn")
                .receiveTask("waitBeforeLetter")
                .message("goFurther")
                .endEvent()
                .done();
    }

    private String deploy(BpmnModelInstance model) {
        String deployment = repository
                .createDeployment()
                .addModelInstance("ladder-of-this-test.bpmn", model)
                .deploy()
                .getId();
        deployments.add(deployment);
        return repository
                .createProcessDefinitionQuery()
                .deploymentId(deployment)
                .singleResult()
                .getId();
    }

    private void person(String login, String group) {
        User user = identity.newUser(login);
        user.setPassword(PASSWORD);
        identity.saveUser(user);
        identity.createMembership(login, group);
    }

    private JsonNode desk() {
        return get("/api/desk");
    }

    private JsonNode get(String path) {
        HttpResponse<String> answer = web.get(path, "Authorization", basic("deskManager"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try {
            return json.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String page(String path, String languages) {
        HttpResponse<String> answer = web.get(
                path, "Authorization", basic("deskManager"), "Accept-Language", languages, "Accept", "text/html,*/*");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body().replace('\u00a0', ' ');
    }

    private int status(String login, String path) {
        return web.get(path, "Authorization", basic(login)).statusCode();
    }

    private static String basic(String login) {
        return "Basic " + Base64.getEncoder().encodeToString((login + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    }

    /** A line for each entry, of these fields; money as its currencies and amounts. */
    private static List<String> lines(JsonNode entries, String... fields) {
        List<String> lines = new ArrayList<>();
        for (JsonNode entry : entries) {
            List<String> words = new ArrayList<>();
            for (String field : fields) {
                JsonNode value = entry.at("/" + field);
                words.add(value.isArray() ? sums(value).toString() : value.asText());
            }
            lines.add(String.join(" ", words));
        }
        return lines;
    }

    private static List<String> sums(JsonNode sums) {
        List<String> texts = new ArrayList<>();
        sums.forEach(sum ->
                texts.add(sum.at("/currency").asText() + " " + sum.at("/amount").asText()));
        return texts;
    }
}
