package org.dunlin.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.camunda.bpm.engine.IdentityService;
import org.dunlin.DunlinTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** How a person gets in and out again, and what somebody else's page cannot do with their login. */
@DunlinTest
class SessionTest {

    @LocalServerPort
    int port;

    @Autowired
    IdentityService identity;

    private Web web;

    @BeforeEach
    void start() {
        People.ensure(identity);
        web = new Web(port);
    }

    @Test
    void one_login_opens_start_page_tasklist_and_cockpit() {
        assertThat(web.login("ruben", People.PASSWORD).statusCode()).isEqualTo(200);

        assertThat(web.get("/", "Accept", "text/html").body()).contains("Good day", "Ruben", "Cockpit");
        for (String app : new String[] {"tasklist", "cockpit"}) {
            assertThat(web.get("/camunda/app/" + app + "/default/").statusCode())
                    .isEqualTo(200);
        }
        assertThat(web.get("/camunda/api/engine/engine/default/task").statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_wrong_password_opens_nothing() {
        assertThat(web.login("fleur", "wrong").statusCode()).isEqualTo(401);
        assertThat(web.get("/", "Accept", "text/html").statusCode()).isEqualTo(302);
        assertThat(web.get("/").statusCode()).isEqualTo(401);
        assertThat(web.get("/", "Authorization", People.basic("sales", "sales")).statusCode())
                .isEqualTo(401);
        assertThat(web.get("/", "Authorization", "Basic !!!").statusCode()).isEqualTo(401);
        assertThat(web.get("/", "Authorization", "Bearer x").statusCode()).isEqualTo(401);
    }

    @Test
    void who_signs_out_is_out_everywhere() {
        web.login("tess", People.PASSWORD);
        String token = Web.token(web.get("/", "Accept", "text/html").body());

        assertThat(web.post("/camunda/api/admin/auth/user/default/logout", "", "X-XSRF-TOKEN", token)
                        .statusCode())
                .isEqualTo(200);
        assertThat(web.get("/", "Accept", "text/html").statusCode()).isEqualTo(302);
        assertThat(web.get("/camunda/api/engine/engine/default/task").statusCode())
                .isEqualTo(401);
    }

    @Test
    void a_login_gets_a_new_session() {
        String before = sessionOf(web.get("/login").headers().allValues("Set-Cookie"));
        String after = sessionOf(web.login("tess", People.PASSWORD).headers().allValues("Set-Cookie"));
        assertThat(after).isNotBlank().isNotEqualTo(before);
    }

    @Test
    void a_writing_request_without_the_token_ends_the_session() {
        web.login("lars", People.PASSWORD);
        assertThat(web.post("/no-such-endpoint", "").statusCode()).isEqualTo(403);

        web.login("lars", People.PASSWORD);
        assertThat(web.post("/no-such-endpoint", "", "X-XSRF-TOKEN", "guessed").statusCode())
                .isEqualTo(403);
        assertThat(web.get("/").statusCode()).isEqualTo(401);
    }

    @Test
    void a_writing_request_with_the_token_of_the_page_comes_through() {
        web.login("lars", People.PASSWORD);
        String token = Web.token(web.get("/", "Accept", "text/html").body());
        assertThat(web.post("/no-such-endpoint", "", "X-XSRF-TOKEN", token).statusCode())
                .isIn(404, 405);
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site, 403",
        "Sec-Fetch-Site, same-site, 403",
        "Origin, https://evil.example, 403",
        "Origin, null, 403",
        "Sec-Fetch-Site, same-origin, 404",
        "X-Other, program, 404"
    })
    void a_page_of_somebody_else_cannot_write_with_a_remembered_password(String header, String value, int status) {
        for (String path : new String[] {"/no-such-endpoint", "/engine-rest/no-such-endpoint"}) {
            int answer = web.post(path, "", "Authorization", People.basic("lars"), header, value)
                    .statusCode();
            assertThat(answer == 405 ? 404 : answer)
                    .as("%s %s %s", path, header, value)
                    .isEqualTo(status);
        }
    }

    @Test
    void a_browser_is_led_to_the_login_and_back_and_never_elsewhere() {
        assertThat(web.get("/contacts?customer=1", "Accept", "text/html")
                        .headers()
                        .firstValue("Location"))
                .contains("/login?next=%2Fcontacts%3Fcustomer%3D1");
        assertThat(web.get("/login?next=/contacts").body()).contains("data-then=\"/contacts\"");
        for (String elsewhere : new String[] {
            "//evil.example",
            "https://evil.example",
            "/%5Cevil.example",
            "javascript:alert(1)",
            "%20//evil.example",
            "/%09/evil.example"
        }) {
            assertThat(web.get("/login?next=" + elsewhere).body())
                    .as(elsewhere)
                    .contains("data-then=\"/\"")
                    .doesNotContain("evil");
        }
    }

    @Test
    void a_browser_opens_no_window_of_its_own_for_the_password() {
        assertThat(web.get("/api/x", "Sec-Fetch-Mode", "cors").headers().firstValue("WWW-Authenticate"))
                .isEmpty();
        assertThat(web.get("/api/x").headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("Basic"));
    }

    @Test
    void an_anonymous_request_makes_no_session() {
        assertThat(web.get("/api/x").headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    void pages_say_what_they_may_load_and_who_may_frame_them() {
        var headers = web.get("/login", "Accept", "text/html").headers();
        assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'self'", "base-uri 'none'")
                .doesNotContain("unsafe");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("Referrer-Policy")).contains("same-origin");
        assertThat(headers.firstValue("Cache-Control")).contains("no-store");
        assertThat(headers.allValues("Set-Cookie"))
                .filteredOn(cookie -> cookie.startsWith("JSESSIONID"))
                .singleElement()
                .asString()
                .contains("HttpOnly", "SameSite=Lax");
        assertThat(web.get("/login").body()).doesNotContain("<script>", "onclick", "style=");
    }

    @Test
    void a_name_is_shown_as_text() {
        String login = "x" + System.nanoTime();
        var user = identity.newUser(login);
        user.setFirstName("<script>alert(1)</script>");
        user.setPassword(People.PASSWORD);
        identity.saveUser(user);
        String page = web.get("/", "Accept", "text/html", "Authorization", People.basic(login))
                .body();
        assertThat(page).contains("&lt;script&gt;alert(1)").doesNotContain("<script>alert");
    }

    @Test
    void an_error_page_tells_nothing_of_the_inside() {
        String auth = People.basic("tess");
        var page = web.get("/no-such-page?x=%3Cscript%3E", "Accept", "text/html", "Authorization", auth);
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("There is nothing here").doesNotContain("Exception", "at org.", "<script>");
        var api = web.get("/no-such-page", "Accept", "application/json", "Authorization", auth);
        assertThat(api.body()).contains("\"status\":404").doesNotContain("Exception", "trace", "message");
        assertThat(web.get("/error", "Authorization", auth).statusCode()).isEqualTo(403);
    }

    private static String sessionOf(java.util.List<String> cookies) {
        return cookies.stream()
                .filter(cookie -> cookie.startsWith("JSESSIONID="))
                .map(cookie -> cookie.substring("JSESSIONID=".length(), cookie.indexOf(';')))
                .findFirst()
                .orElse("");
    }
}
