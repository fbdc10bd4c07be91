package org.dunlin.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.identity.User;
import org.dunlin.DunlinTest;
import org.dunlin.Slate;
import org.dunlin.contact.ContactCases;
import org.dunlin.dunning.Repairs;
import org.dunlin.platform.engine.Worker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The work list over the wire: who sees what, and who may do what. */
@DunlinTest
class ProblemApiTest {

    private static final String PASSWORD = "a-test-password";

    @LocalServerPort
    int port;

    @Autowired
    ProblemFinder finder;

    @Autowired
    List<Worker> workers;

    @Autowired
    ContactCases cases;

    @Autowired
    Repairs repairs;

    @Autowired
    RuntimeService runtime;

    @Autowired
    TaskService tasks;

    @Autowired
    IdentityService identity;

    @Autowired
    Slate slate;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ObjectMapper json;

    private ContactCases.Case unknown;

    @BeforeEach
    void aCaseWithoutProcessAndAContactOfUnknownResult() {
        slate.clean();
        jdbc.sql("delete from problem").update();
        cases.itIs(ContactCases.TUESDAY);
        person("operations-senior", "seniorCollectors");
        person("operations-manager", "managers");
        person("operations-junior", "juniorCollectors");
        unknown = cases.waiting("1250.00");
        jdbc.sql("update dunning_case set process_instance_id = :ladder where id = :id")
                .param("ladder", unknown.ladder())
                .param("id", unknown.id())
                .update();
        jdbc.sql(
                        """
                        insert into contact (case_id, customer_id, creditor_id, occurrence, rung, channel, state, language, claimed_at,
                                             claimed_by)
                        select id, customer_id, creditor_id, :occurrence, 10, 'EMAIL', 'SENDING', 'en', now(), 'dead'
                        from dunning_case where id = :id
                        """)
                .param("occurrence", unknown.ladder() + ":sendReminder")
                .param("id", unknown.id())
                .update();
        workers.forEach(cases::drain);
        jdbc.sql("update dunning_case set process_instance_id = null where id = :id")
                .param("id", cases.waiting("99.00").id())
                .update();
        finder.look();
    }

    @AfterEach
    void everythingAsBefore() {
        slate.clean();
        jdbc.sql("delete from problem").update();
        cases.timeRunsAgain();
    }

    @Test
    void an_administrator_sees_everything_with_what_can_be_done_and_where_its_task_is() throws Exception {
        JsonNode list = list("admin");

        assertThat(list.findValuesAsText("kind")).containsExactlyInAnyOrder("CASE_WITHOUT_PROCESS", "UNKNOWN_CONTACT");
        JsonNode lost = list.get(0);
        assertThat(lost.path("customerNumber").asText()).startsWith("CUST-");
        assertThat(lost.path("actions").findValuesAsText("action"))
                .containsExactly("startAgain", "closeRecord", "tomorrow");
        String task = lost.path("task").asText().replaceAll(".*task=", "");
        assertThat(tasks.createTaskQuery().taskId(task).singleResult().getTaskDefinitionKey())
                .isEqualTo("attendToIt");
        JsonNode contact = list.get(1);
        assertThat(contact.path("caseNumber").asText()).isEqualTo(unknown.number());
        assertThat(contact.path("step").asText()).isEqualTo("Reminder");
        String question = contact.path("task").asText().replaceAll(".*task=", "");
        assertThat(tasks.createTaskQuery().taskId(question).singleResult().getTaskDefinitionKey())
                .isEqualTo("clarifyWhetherSent");
    }

    @Test
    void seniors_see_and_answer_the_contacts_of_unknown_result_and_nothing_else() throws Exception {
        JsonNode list = list("operations-senior");
        assertThat(list.findValuesAsText("kind")).containsExactly("UNKNOWN_CONTACT");
        String id = list.get(0).path("id").asText();

        String lost = list("admin").get(0).path("id").asText();
        assertThat(post("operations-senior", lost + "/tomorrow").statusCode()).isEqualTo(403);
        assertThat(post("operations-senior", id + "/perhaps").statusCode()).isEqualTo(400);
        assertThat(post("operations-senior", id + "/wasSent").statusCode()).isEqualTo(204);

        assertThat(cases.contacts(unknown)).singleElement().satisfies(contact -> assertThat(contact.resolvedBy())
                .isEqualTo("operations-senior"));
        assertThat(list("operations-senior")).isEmpty();
        assertThat(post("operations-senior", id + "/wasSent").statusCode()).isEqualTo(404);
    }

    @Test
    void managers_see_everything_and_change_nothing_and_others_see_nothing() throws Exception {
        assertThat(list("operations-manager")).hasSize(2);
        String lost = list("operations-manager").get(0).path("id").asText();
        assertThat(post("operations-manager", lost + "/startAgain").statusCode())
                .isEqualTo(403);
        assertThat(get("operations-junior", "").statusCode()).isEqualTo(403);
        assertThat(get("operations-senior", "/repairs").statusCode()).isEqualTo(403);
    }

    @Test
    void an_action_is_done_or_refused_with_its_reason() throws Exception {
        String lost = list("admin").get(0).path("id").asText();

        assertThat(post("admin", lost + "/fly").statusCode()).isEqualTo(400);
        assertThat(post("admin", lost + "/endProcess").statusCode()).isEqualTo(409);
        HttpResponse<String> refused = post("admin", lost + "/closeRecord");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("still has something to collect");

        assertThat(post("admin", lost + "/tomorrow").statusCode()).isEqualTo(204);
        assertThat(list("admin").get(0).path("putOffUntil").asText()).startsWith("2026-03-11");
        assertThat(list("admin").get(0).path("task").isNull()).isTrue();

        assertThat(post("admin", lost + "/startAgain").statusCode()).isEqualTo(204);
        assertThat(list("admin").findValuesAsText("kind")).containsExactly("UNKNOWN_CONTACT");
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKeyIn("attendToProblem")
                        .count())
                .isZero();
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKey("dunningCase")
                        .count())
                .isEqualTo(1);
        assertThat(post("admin", lost + "/startAgain").statusCode()).isEqualTo(404);
        assertThat(post("admin", "nonsense/startAgain").statusCode()).isEqualTo(404);
    }

    @Test
    void repairs_can_be_read_since_an_instant() throws Exception {
        repairs.note("settledCaseEnded", unknown.id(), "Settled, but its process was still running; ended");

        JsonNode since = json.readTree(
                get("operations-manager", "/repairs?since=2026-03-10T09:00:00Z").body());
        assertThat(since.get(0).path("caseNumber").asText()).isEqualTo(unknown.number());
        assertThat(since.get(0).path("kind").asText()).isEqualTo("settledCaseEnded");
        assertThat(json.readTree(
                        get("admin", "/repairs?since=2026-03-10T09:00:01Z").body()))
                .isEmpty();
        assertThat(get("admin", "/repairs?since=yesterday").statusCode()).isEqualTo(400);
    }

    private JsonNode list(String login) throws Exception {
        HttpResponse<String> answer = get(login, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    private HttpResponse<String> get(String login, String path) throws Exception {
        return send(request(login, path).GET());
    }

    private HttpResponse<String> post(String login, String path) throws Exception {
        return send(request(login, "/" + path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"note\":\"as seen in a test\"}")));
    }

    private HttpRequest.Builder request(String login, String path) {
        String basic = Base64.getEncoder().encodeToString((login + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/problems" + path))
                .header("Authorization", "Basic " + basic);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
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
