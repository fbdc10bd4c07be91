package org.dunlin.agency;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.identity.User;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Timeline;
import org.dunlin.platform.security.Groups;
import org.dunlin.platform.security.Web;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What programs of agencies see and report, over the wire. */
@DunlinTest
class AgencyApiTest {

    private static final String PASSWORD = "Correct-Horse-7";

    @LocalServerPort
    int port;

    @Autowired
    AgencyDesk desk;

    @Autowired
    Timeline timeline;

    @Autowired
    Portfolio portfolio;

    @Autowired
    ReportSignals signals;

    @Autowired
    IdentityService identity;

    @Autowired
    TaskService tasks;

    @Autowired
    ObjectMapper json;

    @Autowired
    JdbcClient jdbc;

    private Web web;

    @BeforeEach
    void people() {
        web = new Web(port);
        Map.of(
                        "benelux", Groups.AGENCIES,
                        "euro", Groups.AGENCIES,
                        "unlisted", Groups.AGENCIES,
                        "apisenior", Groups.SENIOR_COLLECTORS,
                        "apijunior", Groups.JUNIOR_COLLECTORS)
                .forEach(this::person);
    }

    private void person(String login, String group) {
        if (identity.createUserQuery().userId(login).count() == 0) {
            User user = identity.newUser(login);
            user.setPassword(PASSWORD);
            identity.saveUser(user);
            identity.createMembership(login, group);
        }
    }

    private HttpResponse<String> get(String login, String path) {
        return web.get(path, "Authorization", basic(login));
    }

    private HttpResponse<String> report(String login, String body) {
        return web.post(
                "/api/agency/files/" + desk.reference() + "/reports",
                body,
                "Authorization",
                basic(login),
                "Content-Type",
                "application/json");
    }

    private static String basic(String login) {
        return "Basic " + Base64.getEncoder().encodeToString((login + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void an_agency_sees_its_own_files_and_nothing_else_of_the_house() throws Exception {
        desk.handedOver("benelux-incasso", "200.00");
        String file = "/api/agency/files/" + desk.reference();

        JsonNode shown = json.readTree(get("benelux", file).body());
        assertThat(shown.at("/state").asText()).isEqualTo("HANDED_OVER");
        assertThat(shown.at("/open").decimalValue()).isEqualByComparingTo("200.00");
        assertThat(shown.at("/messages/0/kind").asText()).isEqualTo("HAND_OVER");
        assertThat(get("benelux", file + "/dossier").statusCode()).isEqualTo(200);
        assertThat(json.readTree(get("benelux", "/api/agency/files").body())).hasSize(1);

        for (String stranger : List.of("euro", "unlisted")) {
            assertThat(get(stranger, file).statusCode()).as(stranger).isEqualTo(404);
            assertThat(get(stranger, file + "/dossier").statusCode())
                    .as(stranger)
                    .isEqualTo(404);
            assertThat(get(stranger, "/api/agency/files").body()).as(stranger).isEqualTo("[]");
            assertThat(report(stranger, "{\"report\":\"1\",\"kind\":\"RETURNED\"}")
                            .statusCode())
                    .as(stranger)
                    .isEqualTo(404);
        }
        assertThat(get("apijunior", file).statusCode()).isEqualTo(403);
        assertThat(get("apisenior", file).statusCode()).isEqualTo(200);
        assertThat(web.get(file).statusCode()).isEqualTo(401);

        for (String path : List.of("/", "/contacts", "/api/contacts", "/api/holds?customer=1", "/api/intake/reports")) {
            assertThat(get("benelux", path).statusCode()).as(path).isEqualTo(403);
        }
        for (String path : List.of("/task", "/process-definition", "/process-instance", "/deployment", "/user")) {
            assertThat(get("benelux", "/engine-rest" + path).statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
    }

    @Test
    void a_file_that_is_only_being_prepared_does_not_exist_for_the_agency() {
        desk.aboutToGo("200.00");
        desk.confirm("benelux-incasso");
        assertThat(get("benelux", "/api/agency/files/" + desk.reference()).statusCode())
                .isEqualTo(404);
        assertThat(get("apisenior", "/api/agency/files/" + desk.reference()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_report_counts_once_and_the_agency_goes_on() {
        desk.handedOver("benelux-incasso", "200.00");
        String paid =
                """
                {"report": "R-1", "kind": "PAID_DIRECTLY", "amount": 150.00, "paidOn": "2026-02-12", "text": "To us"}
                """;

        assertThat(report("benelux", paid).statusCode()).isEqualTo(201);
        assertThat(report("benelux", paid).statusCode()).isEqualTo(200);
        assertThat(report("benelux", paid.replace("150.00", "160.00")).statusCode())
                .as("something else under that number")
                .isEqualTo(409);
        assertThat(report("benelux", "{\"report\": \"R-2\", \"kind\": \"MORE_INFORMATION\", \"text\": \"Who?\"}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(desk.tasks())
                .as("two at the same time, each with what it is about")
                .containsExactly("answerAgency", "checkLedger", "recordAgencyResult");
        assertThat(tasks.getVariable(
                        tasks.createTaskQuery()
                                .taskDefinitionKey("answerAgency")
                                .singleResult()
                                .getId(),
                        "reportText"))
                .isEqualTo("Who?");

        desk.complete("answerAgency", Map.of("answer", "Her"));
        timeline.settleDown();
        desk.complete("checkLedger", Map.of("outcome", "booked"));
        assertThat(desk.tasks()).containsExactly("recordAgencyResult");
        assertThat(desk.messages()).containsExactly("HAND_OVER SENT", "ANSWER SENT");
        assertThat(jdbc.sql("select result from agency_report order by id")
                        .query(String.class)
                        .list())
                .containsExactly("booked", "Her");
    }

    @Test
    void a_report_that_ends_the_file_ends_the_case_and_what_was_still_asked() {
        desk.handedOver("benelux-incasso", "200.00");
        report("benelux", "{\"report\": \"R-1\", \"kind\": \"MORE_INFORMATION\", \"text\": \"Who?\"}");
        assertThat(report("benelux", "{\"report\": \"R-2\", \"kind\": \"IRRECOVERABLE\", \"text\": \"Bankrupt\"}")
                        .statusCode())
                .isEqualTo(201);

        assertThat(desk.fileState()).isEqualTo("CLOSED IRRECOVERABLE");
        assertThat(desk.debtor().cases().values()).containsExactly("CLOSED AGENCY_CONCLUDED");
        assertThat(desk.tasks()).isEmpty();
        assertThat(report("benelux", "{\"report\": \"R-2\", \"kind\": \"IRRECOVERABLE\", \"text\": \"Bankrupt\"}")
                        .statusCode())
                .as("the same once more")
                .isEqualTo(200);
        assertThat(report("benelux", "{\"report\": \"R-3\", \"kind\": \"COLLECTED\"}")
                        .body())
                .contains("409", "has been closed");
        assertThat(jdbc.sql("select noted_by from dunning_note where outcome = 'irrecoverable'")
                        .query(String.class)
                        .single())
                .isEqualTo("benelux");
    }

    @Test
    void a_file_that_is_given_back_goes_to_a_senior() {
        desk.handedOver("benelux-incasso", "200.00");
        report("benelux", "{\"report\": \"R-1\", \"kind\": \"RETURNED\", \"text\": \"Too small\"}");
        assertThat(desk.tasks()).containsExactly("decideNextStep");
    }

    @Test
    void a_recalled_file_takes_no_reports() {
        long invoice = desk.handedOver("benelux-incasso", "200.00").get(0);
        portfolio.pay(invoice, AgencyDesk.CONFIRM, "200.00");
        HttpResponse<String> refused = report("benelux", "{\"report\": \"R-1\", \"kind\": \"RETURNED\"}");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("File " + desk.reference() + " has been recalled");
    }

    @Test
    void what_is_wrong_with_a_report_is_said_with_its_field() throws Exception {
        desk.handedOver("benelux-incasso", "200.00");
        for (Map.Entry<String, String> wrong : Map.of(
                        "{\"kind\": \"RETURNED\"}", "report",
                        "{\"report\": \"1\"}", "kind",
                        "{\"report\": \"1\", \"kind\": \"LOST\"}", "kind",
                        "{\"report\": \"1\", \"kind\": \"PAID_DIRECTLY\", \"paidOn\": \"2026-02-01\"}", "amount",
                        "{\"report\": \"1\", \"kind\": \"PAID_DIRECTLY\", \"amount\": 1}", "paidOn",
                        "{\"report\": \"1\", \"kind\": \"PAID_DIRECTLY\", \"amount\": 1.001, \"paidOn\": \"2026-02-01\"}",
                                "amount",
                        "{\"report\": \"1\", \"kind\": \"PAID_DIRECTLY\", \"amount\": 1e30, \"paidOn\": \"2026-02-01\"}",
                                "amount",
                        "{\"report\": \"1\", \"kind\": \"MORE_INFORMATION\"}", "text",
                        "{\"report\": \"1\", \"kind\": \"IRRECOVERABLE\"}", "text",
                        "{\"report\": \"1\", \"kind\": \"RETURNED\", \"text\": \"xNUL\"}", "text")
                .entrySet()) {
            HttpResponse<String> refused = report("benelux", wrong.getKey().replace("NUL", "\\u0000"));
            assertThat(refused.statusCode()).as(wrong.getKey()).isEqualTo(400);
            assertThat(json.readTree(refused.body()).at("/field").asText())
                    .as(wrong.getKey())
                    .isEqualTo(wrong.getValue());
        }
        assertThat(report("benelux", "no json").statusCode()).isEqualTo(400);
        assertThat(report("benelux", "{\"report\": \"1\\u0000\", \"kind\": \"RETURNED\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(desk.fileState()).as("nothing was recorded").isEqualTo("HANDED_OVER");
    }

    @Test
    void a_report_whose_signal_was_lost_reaches_its_case_later() {
        desk.handedOver("benelux-incasso", "200.00");
        jdbc.sql(
                        """
                        insert into agency_report (file_id, number, kind, said, reported_at, reported_by)
                        select id, 'R-1', 'RETURNED', 'Too small', '2026-02-13', 'benelux' from agency_file
                        """)
                .update();
        signals.makeUp();
        assertThat(desk.tasks()).containsExactly("decideNextStep");
        signals.makeUp();
        assertThat(desk.tasks()).containsExactly("decideNextStep");
    }

    @Test
    void the_schemas_are_there_for_agencies_and_nothing_beside_them() {
        for (String name : Set.of("dossier-1.schema.json", "agency-message-1.schema.json")) {
            assertThat(get("benelux", "/api/agency/schemas/" + name).body())
                    .contains("https://json-schema.org/draft/2020-12/schema");
        }
        assertThat(get("benelux", "/api/agency/schemas/application.yaml").statusCode())
                .isEqualTo(404);
    }

    @Test
    void who_is_to_confirm_opens_the_summary_from_the_task_and_others_do_not() {
        desk.aboutToGo("200.00");
        String task = tasks.createTaskQuery().singleResult().getId();
        assertThat(get("apisenior", "/agency/dossiers/" + task).body()).startsWith("%PDF-");
        assertThat(get("apijunior", "/agency/dossiers/" + task).statusCode()).isEqualTo(404);
        assertThat(get("benelux", "/agency/dossiers/" + task).statusCode()).isEqualTo(403);
    }
}
