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
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.identity.User;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.dunlin.dunning.Debtor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

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

    private long invoice;
    private String letter;

    @BeforeEach
    void theMailRoomHasALetter() {
        slate.clean();
        timeline.startOn(LocalDate.of(2026, 1, 5));
        person("mia", "mailroom");
        person("sven", "sales");
        invoice = debtor.of("NL", 30).withoutEmail().owes("1234.50", LocalDate.of(2026, 1, 13));
        debtor.until(LocalDate.of(2026, 1, 15));
        letter = (String) tasks.getVariable(
                tasks.createTaskQuery()
                        .taskDefinitionKey("writeLetter")
                        .singleResult()
                        .getId(),
                "letterLink");
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
