package org.dunlin.contact.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.identity.User;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.dunlin.contact.log.LetterArchive;
import org.dunlin.dunning.Debtor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@DunlinTest
class LetterPagesTest {

    private static final String PASSWORD = "Correct-Horse-8";

    @LocalServerPort
    int port;

    @Autowired
    Debtor debtor;

    @Autowired
    Timeline timeline;

    @Autowired
    Slate slate;

    @Autowired
    Portfolio portfolio;

    @Autowired
    TaskService tasks;

    @Autowired
    IdentityService identity;

    @Autowired
    RuntimeService runtime;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    LetterArchive archive;

    private long invoice;
    private String letter;
    private String task;

    @BeforeEach
    void theMailRoomHasALetter() {
        slate.clean();
        timeline.startOn(LocalDate.of(2026, 1, 5));
        person("mia", "mailroom");
        person("sven", "sales");
        invoice = debtor.of("NL", 30).owes("1234.50", LocalDate.of(2026, 1, 13));
        debtor.until(LocalDate.of(2026, 1, 15));
        long caseId = jdbc.sql("select id from dunning_case").query(Long.class).single();
        runtime.startProcessInstanceByKey(
                "registeredLetter", Map.of("caseId", caseId, "rung", 60, "template", "finalNotice"));
        task = tasks.createTaskQuery()
                .taskDefinitionKey("postRegisteredLetter")
                .singleResult()
                .getId();
        letter = (String) tasks.getVariable(task, "letterLink");
    }

    @AfterEach
    void everybodyLeaves() {
        List.of("mia", "sven").forEach(identity::deleteUser);
    }

    private void person(String login, String group) {
        User user = identity.newUser(login);
        user.setPassword(PASSWORD);
        identity.saveUser(user);
        identity.createMembership(login, group);
    }

    @Test
    void the_form_of_a_letter_leads_to_its_pages_with_what_is_open_at_this_moment() throws Exception {
        HttpResponse<byte[]> pages = get(letter, "mia");
        assertThat(pages.statusCode()).isEqualTo(200);
        assertThat(pages.headers().firstValue("Content-Type")).contains("application/pdf");
        assertThat(text(pages)).contains("€1,234.50", "15 January 2026", "Sam Jansen");

        portfolio.pay(invoice, LocalDate.of(2026, 1, 15), "1000.00");
        assertThat(text(get(letter, "mia"))).contains("€234.50");
    }

    @Test
    void who_may_not_see_the_task_does_not_see_its_letter() throws Exception {
        assertThat(get(letter, "sven").statusCode()).isEqualTo(404);
        assertThat(get("/letters/no-such-task", "mia").statusCode()).isEqualTo(404);
        assertThat(get(letter, null).statusCode()).isEqualTo(401);
    }

    @Test
    void a_registered_letter_is_kept_as_it_was_printed() throws Exception {
        byte[] printed = get(letter, "mia").body();
        String words = (String) tasks.getVariable(task, "letterText");
        post(words);

        assertThat(archive.pdf(contact())).contains(printed);
        assertThat(get("/contacts/" + contact() + "/letter.pdf", "mia").body()).isEqualTo(printed);
        assertThat(new String(get("/contacts/" + contact(), "mia").body(), StandardCharsets.UTF_8))
                .contains("Open the PDF", "RR123456785NL", "Not known yet");
        assertThat(get("/contacts/" + contact() + "/letter.pdf", null).statusCode())
                .isEqualTo(401);
        assertThat(jdbc.sql("select open from contact_invoice where contact_id = :id")
                        .param("id", contact())
                        .query(java.math.BigDecimal.class)
                        .single())
                .isEqualByComparingTo("1234.50");
    }

    @Test
    void pages_that_were_not_sent_because_the_words_were_changed_are_not_kept() throws Exception {
        get(letter, "mia");
        post("Dear Sam, in other words.");
        assertThat(archive.find(contact())).isEmpty();
        assertThat(get("/contacts/" + contact() + "/letter.pdf", "mia").statusCode())
                .isEqualTo(404);
    }

    private void post(String words) {
        tasks.complete(task, Map.of("outcome", "sent", "letterText", words, "trackingNumber", "RR123456785NL"));
    }

    private long contact() {
        return jdbc.sql("select id from contact where channel = 'REGISTERED_LETTER'")
                .query(Long.class)
                .single();
    }

    private HttpResponse<byte[]> get(String path, @org.jspecify.annotations.Nullable String login)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        if (login != null) {
            request.header(
                    "Authorization",
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString((login + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8)));
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String text(HttpResponse<byte[]> pages) throws IOException {
        try (PDDocument document = Loader.loadPDF(pages.body())) {
            return new PDFTextStripper().getText(document);
        }
    }
}
