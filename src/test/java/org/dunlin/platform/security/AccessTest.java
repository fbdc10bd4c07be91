package org.dunlin.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dunlin.platform.security.Groups.ADMINS;
import static org.dunlin.platform.security.Groups.AGENCIES;
import static org.dunlin.platform.security.Groups.DESIGNERS;
import static org.dunlin.platform.security.Groups.DISPUTES;
import static org.dunlin.platform.security.Groups.JUNIOR_COLLECTORS;
import static org.dunlin.platform.security.Groups.MAILROOM;
import static org.dunlin.platform.security.Groups.MANAGERS;
import static org.dunlin.platform.security.Groups.SALES;
import static org.dunlin.platform.security.Groups.SENIOR_COLLECTORS;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.dunlin.DunlinTest;
import org.dunlin.platform.security.RolesInterceptor.Rule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/** Promise R8: anonymous reaches nothing, and each role only its own. Every request goes over the wire. */
@DunlinTest
class AccessTest {

    /** Of the house. */
    private static final Set<String> EVERYBODY =
            People.roles().stream().filter(role -> !role.equals(AGENCIES)).collect(Collectors.toSet());

    /** The login page; and what people outside come to with a signed link, or with news that are not believed. */
    private static final Set<String> OPEN = Set.of("/login", "/pay/1", "/webhooks/mollie");

    @LocalServerPort
    int port;

    @Autowired
    IdentityService identity;

    @Autowired
    RepositoryService repository;

    @Autowired
    RuntimeService runtime;

    @Autowired
    TaskService tasks;

    @Autowired
    ObjectMapper json;

    @Autowired
    List<RequestMappingHandlerMapping> handlerMappings;

    @Autowired
    List<HandlerMapping> mappings;

    private Web web;
    private String deployment;
    private String instance;

    @BeforeEach
    void start() {
        web = new Web(port);
        People.ensure(identity);
        deployment = repository
                .createDeployment()
                .addClasspathResource("models/harmless.bpmn")
                .addClasspathResource("models/harmless.dmn")
                .deploy()
                .getId();
        instance = runtime.startProcessInstanceByKey("harmless", "R8").getId();
    }

    @AfterEach
    void end() {
        repository.deleteDeployment(deployment, true);
    }

    // Own endpoints

    @Test
    void every_endpoint_has_a_rule() {
        assertThat(endpoints().filter(endpoint -> Rule.of(endpoint.handler) == null))
                .as("endpoints without @Roles")
                .isEmpty();
    }

    @Test
    void nothing_else_answers_requests_than_endpoints_with_rules_and_files() {
        for (HandlerMapping mapping : mappings) {
            if (mapping instanceof AbstractUrlHandlerMapping byUrl) {
                assertThat(byUrl.getHandlerMap().values())
                        .as("handlers of %s", mapping)
                        .allMatch(handler -> handler instanceof ResourceHttpRequestHandler);
            }
        }
    }

    @Test
    void anonymous_reaches_no_endpoint() {
        for (Endpoint endpoint : endpoints().toList()) {
            if (OPEN.contains(endpoint.path)) {
                continue;
            }
            if (endpoint.path.startsWith("/twilio/")) {
                // Without a login, and only with a signature.
                assertThat(web.send(endpoint.method, endpoint.path, null).statusCode())
                        .as("unsigned %s", endpoint)
                        .isEqualTo(403);
                continue;
            }
            assertThat(web.send(endpoint.method, endpoint.path, null).statusCode())
                    .as("anonymous %s", endpoint)
                    .isEqualTo(401);
            assertThat(web.get(endpoint.path, "Accept", "text/html").statusCode())
                    .as("anonymous browser %s", endpoint)
                    .isEqualTo(302);
        }
    }

    @Test
    void each_role_reaches_what_its_rule_says_and_nothing_else() {
        for (Endpoint endpoint : endpoints().toList()) {
            Rule rule = Rule.of(endpoint.handler);
            for (String role : People.roles()) {
                boolean allowed = rule instanceof Rule.Everyone && EVERYBODY.contains(role)
                        || rule instanceof Rule.Anonymous
                        || role.equals(ADMINS)
                        || rule instanceof Rule.OneOf oneOf
                                && List.of(oneOf.groups()).contains(role);
                if (allowed && !endpoint.method.equals("GET")) {
                    // It would do what it is for.
                    continue;
                }
                int status = web.send(
                                endpoint.method,
                                endpoint.path,
                                null,
                                "Authorization",
                                People.basic(People.BY_ROLE.get(role)))
                        .statusCode();
                if (allowed) {
                    assertThat(status).as("%s %s", role, endpoint).isNotIn(401, 403);
                } else {
                    assertThat(status).as("%s %s", role, endpoint).isEqualTo(403);
                }
            }
        }
    }

    @Test
    void scores_and_credit_stops_are_seen_by_who_talks_to_customers_and_stops_set_by_seniors_and_managers() {
        Set<String> seeing = Set.of(JUNIOR_COLLECTORS, SENIOR_COLLECTORS, SALES, DISPUTES, MANAGERS, ADMINS);
        Set<String> deciding = Set.of(SENIOR_COLLECTORS, MANAGERS, ADMINS);
        for (String role : People.roles()) {
            String auth = People.basic(People.BY_ROLE.get(role));
            assertThat(web.get("/api/credit-stops", "Authorization", auth).statusCode())
                    .as(role)
                    .isEqualTo(seeing.contains(role) ? 200 : 403);
            assertThat(web.get("/api/customers/NOBODY/credit-stop", "Authorization", auth)
                            .statusCode())
                    .as(role)
                    .isEqualTo(seeing.contains(role) ? 404 : 403);
            assertThat(web.get("/api/customers/NOBODY/score", "Authorization", auth)
                            .statusCode())
                    .as(role)
                    .isEqualTo(seeing.contains(role) ? 404 : 403);
            for (String method : List.of("POST", "DELETE")) {
                assertThat(web.send(
                                        method,
                                        "/api/customers/NOBODY/credit-stop",
                                        "{\"text\":\"Why\"}",
                                        "Authorization",
                                        auth,
                                        "Content-Type",
                                        "application/json")
                                .statusCode())
                        .as("%s %s", method, role)
                        .isEqualTo(deciding.contains(role) ? 404 : 403);
            }
        }
    }

    @Test
    void the_portfolio_is_seen_by_managers_and_senior_collectors() {
        Set<String> seeing = Set.of(SENIOR_COLLECTORS, MANAGERS, ADMINS);
        for (String role : People.roles()) {
            String auth = People.basic(People.BY_ROLE.get(role));
            for (String path : List.of(
                    "/portfolio",
                    "/portfolio/cells/large/good",
                    "/api/portfolio",
                    "/api/portfolio/movements",
                    "/api/portfolio/cells/large/good",
                    "/api/portfolio/cells/large/good/customers.csv")) {
                assertThat(web.get(path, "Authorization", auth).statusCode())
                        .as("%s %s", role, path)
                        .isEqualTo(seeing.contains(role) ? 200 : 403);
            }
            assertThat(web.get("/", "Authorization", auth).body().contains("href=\"/portfolio\""))
                    .as(role)
                    .isEqualTo(seeing.contains(role));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/engine-rest",
                "/engine-rest/",
                "/engine-rest/engine",
                "/engine-rest/engine/",
                "/engine-rest/engine/default/user",
                "/engine-rest/version",
                "/engine-rest/user",
                "/engine-rest/deployment",
                "/engine-rest/openapi.json",
                "/engine-rest;x=y/user",
                "/engine-rest/;/user",
                "//engine-rest/user",
                "/%65ngine-rest/user",
                "/login/../engine-rest/user",
                "/login/%2e%2e/engine-rest/user",
                "/camunda/../engine-rest/user",
                "/actuator",
                "/actuator/",
                "/actuator/env",
                "/actuator/health/../env",
                "/actuator/heapdump",
                "/error",
                "/",
                "/index.html",
                "/webjars/camunda/app/tasklist/index.html",
                "/plugin/cockpit/app/plugin.js",
                "/templates/desk/start.html",
                "/application.yaml",
                "/login/",
                "/login;/start",
                "/dunlin.css/../",
                "/DUNLIN.CSS",
                "/camunda/api/engine/engine/default/user",
                "/camunda/api/engine/engine/default/task",
                "/camunda/api/engine/engine/default/deployment",
                "/camunda/api/cockpit/plugin/base/default/process-definition/statistics",
                "/camunda/api/admin/setup/default/user/create"
            })
    void anonymous_reaches_nothing_by_any_path(String path) {
        var answer = web.get(path);
        assertThat(answer.statusCode()).as(path).isIn(302, 400, 401, 403, 404, 405);
        assertThat(answer.body()).doesNotContain("\"id\"", "default\"}", "<main>", "_links");
    }

    @Test
    void health_login_page_and_its_files_are_open() {
        for (String path :
                List.of("/login", "/dunlin.css", "/dunlin.js", "/dunlin.svg", "/camunda/app/welcome/default/")) {
            assertThat(web.get(path).statusCode()).as(path).isEqualTo(200);
        }
        // Health says "down" here, because tests switch the job executor off.
        assertThat(web.get("/actuator/health").body()).contains("status").doesNotContain("components", "details");
        assertThat(web.get("/actuator/health/liveness").statusCode()).isNotIn(401, 403);
    }

    @Test
    void nobody_makes_the_first_administrator_over_the_web() {
        String token = Web.token(web.get("/login").body());
        String user = "{\"profile\":{\"id\":\"intruder\"},\"credentials\":{\"password\":\"Correct-Horse-8\"}}";
        for (String path : List.of(
                "/camunda/api/admin/setup/default/user/create",
                "/camunda/api/admin/setup/default/user/create/",
                "/camunda/api/admin/setup;x/default/user/create",
                "/camunda/api/admin/%73etup/default/user/create",
                "/camunda/api/admin//setup/default/user/create")) {
            assertThat(web.post(path, user, "Content-Type", "application/json", "X-XSRF-TOKEN", token)
                            .statusCode())
                    .as(path)
                    .isIn(400, 403, 404);
        }
        assertThat(identity.createUserQuery().userId("intruder").count()).isZero();
    }

    @Test
    void somebody_without_a_group_sees_only_the_start_page() {
        String auth = People.basic(People.NOBODY);
        assertThat(web.get("/", "Authorization", auth).statusCode()).isEqualTo(200);
        assertThat(web.get("/", "Authorization", auth).body()).doesNotContain("Tasklist", "Cockpit", "Admin");
        assertThat(web.get("/actuator", "Authorization", auth).statusCode()).isEqualTo(403);
        assertThat(web.rest(People.NOBODY, "GET", "/task", null).body()).isEqualTo("[]");
        assertThat(web.rest(People.NOBODY, "GET", "/process-definition", null).body())
                .isEqualTo("[]");
    }

    // engine-rest

    /**
     * One row of the matrix.
     *
     * @param allowed who may; the others must get 403, or 404 where the engine hides what exists
     * @param harmless whether those who may also do it here; what destroys is tried only by those who may not
     */
    record Call(String method, String path, String body, Set<String> allowed, boolean harmless) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static Stream<Call> calls() {
        Set<String> admins = Set.of(ADMINS);
        Set<String> designing = Set.of(DESIGNERS, ADMINS);
        Set<String> withTasks =
                Set.of(JUNIOR_COLLECTORS, SENIOR_COLLECTORS, SALES, DISPUTES, MAILROOM, MANAGERS, ADMINS);
        String filter = "{\"name\":\"R8\",\"resourceType\":\"Task\",\"query\":{},\"properties\":{}}";
        return Stream.of(
                new Call("GET", "/process-instance/{instance}", null, EVERYBODY, true),
                new Call("GET", "/process-instance/{instance}/variables", null, EVERYBODY, true),
                new Call(
                        "PUT",
                        "/process-instance/{instance}/variables/ladder",
                        "{\"value\":\"agency\",\"type\":\"String\"}",
                        admins,
                        true),
                new Call("PUT", "/process-instance/{instance}/suspended", "{\"suspended\":false}", admins, true),
                new Call(
                        "POST",
                        "/process-instance/{instance}/modification",
                        "{\"instructions\":[{\"type\":\"startBeforeActivity\",\"activityId\":\"send\"}]}",
                        admins,
                        false),
                new Call("DELETE", "/process-instance/{instance}", null, admins, false),
                new Call("POST", "/process-definition/key/harmless/start", "{\"businessKey\":\"R8\"}", designing, true),
                new Call("PUT", "/process-definition/key/harmless/suspended", "{\"suspended\":false}", designing, true),
                new Call("DELETE", "/process-definition/key/harmless?cascade=true", null, admins, false),
                new Call("DELETE", "/deployment/{deployment}?cascade=true", null, admins, false),
                new Call(
                        "POST",
                        "/decision-definition/key/harmlessDecision/evaluate",
                        "{\"variables\":{}}",
                        designing,
                        true),
                new Call("GET", "/deployment/{deployment}", null, Set.of(MANAGERS, DESIGNERS, ADMINS), true),
                new Call("GET", "/task/{task}", null, Set.of(SENIOR_COLLECTORS, MANAGERS, DESIGNERS, ADMINS), true),
                new Call(
                        "GET",
                        "/task/{task}/variables",
                        null,
                        Set.of(SENIOR_COLLECTORS, MANAGERS, DESIGNERS, ADMINS),
                        true),
                new Call(
                        "POST", "/task/{task}/claim", "{\"userId\":\"sem\"}", Set.of(SENIOR_COLLECTORS, ADMINS), false),
                new Call("POST", "/task/{task}/complete", "{}", Set.of(SENIOR_COLLECTORS, ADMINS), false),
                new Call(
                        "POST",
                        "/task/{task}/delegate",
                        "{\"userId\":\"tess\"}",
                        Set.of(SENIOR_COLLECTORS, ADMINS),
                        false),
                new Call(
                        "POST",
                        "/task/{task}/identity-links",
                        "{\"userId\":\"tess\",\"type\":\"candidate\"}",
                        Set.of(SENIOR_COLLECTORS, ADMINS),
                        false),
                new Call("POST", "/task/create", "{\"name\":\"R8\"}", admins, false),
                new Call("POST", "/filter/create", filter, withTasks, true),
                new Call("PUT", "/filter/{filter}", filter, admins, false),
                new Call("DELETE", "/filter/{filter}", null, admins, false),
                new Call(
                        "POST",
                        "/user/create",
                        "{\"profile\":{\"id\":\"intruder\"},\"credentials\":{\"password\":\"Correct-Horse-8\"}}",
                        admins,
                        false),
                new Call(
                        "PUT",
                        "/user/lars/credentials",
                        "{\"password\":\"Correct-Horse-8\",\"authenticatedUserPassword\":\"Correct-Horse-7\"}",
                        admins,
                        false),
                new Call("DELETE", "/user/lars", null, admins, false),
                new Call("PUT", "/group/admins/members/niels", null, admins, false),
                new Call("PUT", "/group/camunda-admin/members/niels", null, admins, false),
                new Call("DELETE", "/group/admins", null, admins, false),
                new Call(
                        "POST",
                        "/group/create",
                        "{\"id\":\"intruders\",\"name\":\"x\",\"type\":\"WORKFLOW\"}",
                        admins,
                        false),
                new Call(
                        "POST",
                        "/authorization/create",
                        "{\"type\":1,\"permissions\":[\"ALL\"],\"userId\":\"niels\",\"groupId\":null,\"resourceType\":6,\"resourceId\":\"*\"}",
                        admins,
                        false),
                new Call("POST", "/tenant/create", "{\"id\":\"t\",\"name\":\"t\"}", admins, false),
                new Call("POST", "/history/cleanup", null, admins, false),
                new Call("PUT", "/history/process-instance/{instance}", null, Set.of(), false),
                new Call("GET", "/schema/log", null, EVERYBODY, true));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void each_role_does_in_the_engine_only_what_is_its_own(Call call) {
        for (String role : People.roles()) {
            boolean allowed = call.allowed.contains(role);
            if (allowed && !call.harmless) {
                continue;
            }
            var answer = web.rest(People.BY_ROLE.get(role), call.method, filled(call.path), call.body);
            if (allowed) {
                assertThat(answer.statusCode())
                        .as("%s %s: %s", role, call, answer.body())
                        .isBetween(200, 299);
            } else {
                assertThat(answer.statusCode())
                        .as("%s %s: %s", role, call, answer.body())
                        .isIn(403, 404, 405);
            }
        }
        assertThat(web.send(
                                call.method,
                                "/engine-rest" + filled(call.path),
                                call.body,
                                "Content-Type",
                                "application/json")
                        .statusCode())
                .as("anonymous %s", call)
                .isEqualTo(401);
    }

    @Test
    void lists_show_each_role_only_its_own() {
        Map<String, Set<String>> seen = Map.of(
                "/task?processInstanceId={instance}", Set.of(SENIOR_COLLECTORS, MANAGERS, DESIGNERS, ADMINS),
                "/history/process-instance?processInstanceId={instance}", Set.of(MANAGERS, DESIGNERS, ADMINS),
                "/history/variable-instance?processInstanceId={instance}", Set.of(MANAGERS, DESIGNERS, ADMINS),
                "/history/decision-instance?processInstanceId={instance}", Set.of(MANAGERS, DESIGNERS, ADMINS),
                "/process-instance?processInstanceIds={instance}", EVERYBODY,
                "/user?id=lars", Set.of(SENIOR_COLLECTORS, MANAGERS, ADMINS),
                "/group?id=admins", Set.of(MANAGERS, ADMINS),
                "/authorization?resourceType=0", Set.of(ADMINS),
                "/filter?name=All%20tasks", Set.of(SENIOR_COLLECTORS, MANAGERS, ADMINS),
                "/filter?name=My%20tasks",
                        Set.of(JUNIOR_COLLECTORS, SENIOR_COLLECTORS, SALES, DISPUTES, MAILROOM, MANAGERS, ADMINS));
        seen.forEach((path, roles) -> {
            Set<String> see = new TreeSet<>();
            for (String role : People.roles()) {
                var answer = web.rest(People.BY_ROLE.get(role), "GET", filled(path), null);
                if (answer.statusCode() == 200 && size(answer.body()) > 0) {
                    see.add(role);
                }
            }
            assertThat(see).as(path).isEqualTo(new TreeSet<>(roles));
        });
    }

    @Test
    void only_administrators_fetch_work_of_the_workers() {
        tasks.complete(task());
        String fetch =
                "{\"workerId\":\"intruder\",\"maxTasks\":10,\"topics\":[{\"topicName\":\"nobodyListens\",\"lockDuration\":1000}]}";
        for (String role : People.roles()) {
            if (!role.equals(ADMINS) && EVERYBODY.contains(role)) {
                assertThat(web.rest(People.BY_ROLE.get(role), "POST", "/external-task/fetchAndLock", fetch)
                                .body())
                        .as(role)
                        .isEqualTo("[]");
            }
        }
        assertThat(size(web.rest("lars", "POST", "/external-task/fetchAndLock", fetch)
                        .body()))
                .isEqualTo(1);
    }

    @Test
    void a_senior_finds_the_task_under_tasks_of_my_groups() throws IOException {
        String filters = web.rest("sem", "GET", "/filter?name=Tasks%20of%20my%20groups", null)
                .body();
        String filter = json.readTree(filters).get(0).get("id").asText();
        assertThat(web.rest("sem", "GET", "/filter/" + filter + "/list", null).body())
                .contains(task());
        assertThat(web.rest("tess", "GET", "/filter/" + filter + "/list", null).body())
                .doesNotContain(task());

        assertThat(web.rest("sem", "POST", "/task/" + task() + "/claim", "{\"userId\":\"sem\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(web.rest("sem", "GET", "/filter/" + filter + "/list", null).body())
                .doesNotContain(task());
        String mine = json.readTree(
                        web.rest("sem", "GET", "/filter?name=My%20tasks", null).body())
                .get(0)
                .get("id")
                .asText();
        assertThat(web.rest("sem", "GET", "/filter/" + mine + "/list", null).body())
                .contains(task());
    }

    @Test
    void deploying_is_for_designers_and_within_the_guard() throws IOException {
        String harmless = new ClassPathResource("models/step.bpmn").getContentAsString(StandardCharsets.UTF_8);
        String attack =
                new ClassPathResource("attacks/service-task-class.bpmn").getContentAsString(StandardCharsets.UTF_8);
        for (String role : People.roles()) {
            String login = People.BY_ROLE.get(role);
            boolean may = role.equals(DESIGNERS) || role.equals(ADMINS);
            var accepted = web.deploy(login, "r8.bpmn", harmless.replace("deployedStep", "r8" + role));
            assertThat(accepted.statusCode()).as(role).isEqualTo(may ? 200 : 403);
            var refused = web.deploy(login, "attack.bpmn", attack);
            assertThat(refused.statusCode()).as(role).isEqualTo(may ? 400 : 403);
            if (may) {
                assertThat(refused.body())
                        .contains("attack.bpmn may not be deployed", "Element 'step': 'class' is not allowed")
                        .contains("\"mainElementId\":\"step\"")
                        .doesNotContain("stackTrace", "at org.");
                repository.deleteDeployment(
                        json.readTree(accepted.body()).get("id").asText(), true);
            }
        }
    }

    @Test
    void expressions_reach_the_engine_neither_in_queries_nor_in_filters() throws IOException {
        System.clearProperty("dunlin.attacked");
        String attack =
                "${''.getClass().forName('java.lang.System').getMethod('setProperty', ''.getClass(), ''.getClass()).invoke(null, 'dunlin.attacked', 'yes')}";
        var adHoc = web.rest("lars", "POST", "/task", "{\"assigneeExpression\":\"${currentUser()}\"}");
        assertThat(adHoc.statusCode()).isEqualTo(400);
        assertThat(adHoc.body()).contains("Expressions are forbidden in adhoc queries");

        for (String query :
                List.of("assigneeExpression", "candidateGroupsExpression", "ownerExpression", "dueBeforeExpression")) {
            var created = web.rest(
                    "tess",
                    "POST",
                    "/filter/create",
                    "{\"name\":\"R9\",\"resourceType\":\"Task\",\"query\":{\"" + query + "\":\"" + attack
                            + "\"},\"properties\":{}}");
            if (created.statusCode() == 200) {
                String id = json.readTree(created.body()).get("id").asText();
                assertThat(web.rest("tess", "GET", "/filter/" + id + "/list", null)
                                .statusCode())
                        .as(query)
                        .isGreaterThanOrEqualTo(400);
                assertThat(web.rest("lars", "GET", "/filter/" + id + "/count", null)
                                .statusCode())
                        .as(query)
                        .isGreaterThanOrEqualTo(400);
                web.rest("tess", "DELETE", "/filter/" + id, null);
            }
        }
        assertThat(System.getProperty("dunlin.attacked")).isNull();
    }

    private String filled(String path) {
        String filled = path.replace("{instance}", instance).replace("{deployment}", deployment);
        if (filled.contains("{task}")) {
            filled = filled.replace("{task}", task());
        }
        if (filled.contains("{filter}")) {
            try {
                filled = filled.replace(
                        "{filter}",
                        json.readTree(web.rest("lars", "GET", "/filter?name=My%20tasks", null)
                                        .body())
                                .get(0)
                                .get("id")
                                .asText());
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        return filled;
    }

    private String task() {
        return tasks.createTaskQuery()
                .processInstanceId(instance)
                .singleResult()
                .getId();
    }

    private int size(String array) {
        try {
            return json.readTree(array).size();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** An endpoint of ours with an example of its path. */
    record Endpoint(String method, String path, HandlerMethod handler) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private Stream<Endpoint> endpoints() {
        List<Endpoint> endpoints = new ArrayList<>();
        for (RequestMappingHandlerMapping mapping : handlerMappings) {
            mapping.getHandlerMethods().forEach((info, handler) -> {
                if (!ErrorController.class.isAssignableFrom(handler.getBeanType())
                        && handler.getBeanType().getPackageName().startsWith("org.dunlin")) {
                    endpoints.addAll(examples(info, handler));
                }
            });
        }
        assertThat(endpoints).isNotEmpty();
        return endpoints.stream();
    }

    private static List<Endpoint> examples(RequestMappingInfo info, HandlerMethod handler) {
        Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
        List<Endpoint> examples = new ArrayList<>();
        for (String pattern : info.getPatternValues()) {
            String path = pattern.replaceAll("\\{[^}]*}", "1").replace("**", "1");
            for (RequestMethod method : methods.isEmpty() ? Set.of(RequestMethod.GET, RequestMethod.POST) : methods) {
                examples.add(new Endpoint(HttpMethod.valueOf(method.name()).name(), path, handler));
            }
        }
        return examples;
    }
}
