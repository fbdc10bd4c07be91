package org.dunlin.contact.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.dunlin.DunlinTest;
import org.dunlin.contact.template.TextBundle;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@DunlinTest
class TemplatePagesTest {

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Test
    void every_message_can_be_seen_in_every_language_as_page_and_as_letter() throws Exception {
        long links = count();
        String list = text("/templates");
        assertThat(list).contains("Ladder: standard", "rung 10", "planAgreed", "reminder");
        for (String language : TextBundle.LANGUAGES) {
            for (String template : new String[] {
                "reminder",
                "demand",
                "finalNotice",
                "courtesy",
                "publicReminder",
                "publicLetter",
                "consumerReminder",
                "consumerLetter",
                "consumerFinal",
                "disputeRejected",
                "planAgreed"
            }) {
                String path = "/templates/preview/" + language + "/" + template;
                assertThat(list).contains("href=\"" + path + "\"", "href=\"" + path + "/letter\"");
                assertThat(text(path)).contains("src=\"" + path + "/email\"");
                HttpResponse<byte[]> mail = get(path + "/email");
                assertThat(new String(mail.body(), StandardCharsets.UTF_8))
                        .contains("2026-0107", "lang=\"" + language + "\"");
                assertThat(mail.headers().firstValue("Content-Security-Policy").orElse(""))
                        .contains("default-src 'none'", "sandbox");
            }
            try (PDDocument letter = Loader.loadPDF(
                    get("/templates/preview/" + language + "/demand/letter").body())) {
                // The example has everything that a letter can have at once.
                assertThat(letter.getNumberOfPages()).isBetween(1, 2);
            }
        }
        assertThat(count()).as("nothing is kept of a preview").isEqualTo(links);
    }

    @Test
    void there_is_no_preview_of_what_there_is_not() throws Exception {
        for (String path :
                new String[] {"/es/reminder", "/nl/nonsense", "/nl/..%2F..%2Fx", "/nl/nonsense/letter", "/nl/x/email"
                }) {
            assertThat(get("/templates/preview" + path).statusCode()).as(path).isIn(400, 404);
        }
    }

    private long count() {
        return jdbc.sql("select (select count(*) from pay_link) + (select count(*) from payment_reference)")
                .query(Long.class)
                .single();
    }

    private String text(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        String login = Base64.getEncoder().encodeToString("admin:a-test-password".getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", "Basic " + login)
                .header("Accept", "text/html")
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
    }
}
