package org.dunlin.contact.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@DunlinTest
class ContactPagesTest {

    private static final String SCRIPT = "<script>alert(1)</script>";

    @LocalServerPort
    int port;

    @Autowired
    Portfolio portfolio;

    @Autowired
    JdbcClient jdbc;

    private String number;
    private long contact;

    @BeforeEach
    void aReminderToACustomerWithABadName() {
        number = Portfolio.unique("LOG");
        long creditor = portfolio.creditor("NL");
        long customer = portfolio.customer(number, "NL", "en", 30);
        jdbc.sql("update customer set name = :name where id = :id")
                .param("name", "Bad " + SCRIPT)
                .param("id", customer)
                .update();
        contact = jdbc.sql(
                        """
                        insert into contact (customer_id, creditor_id, occurrence, rung, channel, state, language, recipient, subject,
                            body_text, body_html, claimed_at, claimed_by, sent_at)
                        values (:customer, :creditor, :number, 10, 'EMAIL', 'SENT', 'en', 'a@customer.example', :subject,
                            'Dear Sam', '<p style="color:red">Dear Sam</p>', now(), 'test', now())
                        returning id
                        """)
                .param("customer", customer)
                .param("creditor", creditor)
                .param("number", number)
                .param("subject", "Reminder " + SCRIPT)
                .query(Long.class)
                .single();
    }

    @Test
    void the_list_finds_the_contacts_of_a_customer_and_nothing_a_customer_is_called_runs() throws Exception {
        String page = get("/contacts?number=" + number).body();
        assertThat(page).contains(number, "/contacts/" + contact).doesNotContain(SCRIPT);
        assertThat(get("/contacts?number=nobody").body()).doesNotContain("/contacts/" + contact);
    }

    @Test
    void the_message_is_shown_as_it_was_sent_in_a_frame_where_nothing_runs() throws Exception {
        assertThat(get("/contacts/" + contact).body())
                .contains("sandbox=\"\"", "/contacts/" + contact + "/message", "Dear Sam")
                .doesNotContain(SCRIPT);
        HttpResponse<String> message = get("/contacts/" + contact + "/message");
        assertThat(message.body()).isEqualTo("<p style=\"color:red\">Dear Sam</p>");
        assertThat(message.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "sandbox;");
    }

    @Test
    void what_came_of_a_call_is_told_in_words() throws Exception {
        jdbc.sql("update contact set channel = 'CALL', subject = null, detail = 'willPay' where id = :id")
                .param("id", contact)
                .update();
        assertThat(get("/contacts?number=" + number).body())
                .contains("Will pay")
                .doesNotContain("willPay");
        assertThat(get("/contacts/" + contact).body()).contains("Will pay").doesNotContain("willPay");
    }

    @Test
    void a_call_shows_its_conversation_what_was_delivered_and_that_the_number_opted_out() throws Exception {
        jdbc.sql(
                        """
                        update contact set channel = 'VOICE', recipient = :phone, body_html = null, detail = 'willPay', delivery_state = 'completed',
                            delivery_at = now() where id = :id
                        """)
                .param("phone", "+31612" + contact)
                .param("id", contact)
                .update();
        jdbc.sql("insert into voice_call (contact_id, their_id, outcome) values (:id, 'CA', 'willPay')")
                .param("id", contact)
                .update();
        jdbc.sql(
                        """
                        insert into voice_turn (contact_id, turn, step, key, said, twiml, at) values
                            (:id, 0, 'HELLO', null, 'Good day.', '', now()), (:id, 1, 'PROMISED', '1', 'Thank you.', '', now())
                        """)
                .param("id", contact)
                .update();
        jdbc.sql(
                        "insert into number_refusal (number, channel, reason, since) values (:phone, 'VOICE', 'OPTED_OUT', now())")
                .param("phone", "+31612" + contact)
                .update();
        jdbc.sql(
                        """
                        insert into customer_word (channel, their_id, number, meaning, body, contact_id, received_at)
                        values ('VOICE', :sid, 'n', 'TEXT', :body, :id, now())
                        """)
                .param("sid", number)
                .param("body", "Call me " + SCRIPT)
                .param("id", contact)
                .update();

        assertThat(get("/contacts/" + contact).body())
                .contains("Good day.", "Pressed 1", "Thank you.", "Will pay", "completed", "opted out", "Call me")
                .doesNotContain(SCRIPT);
        assertThat(get("/contacts?number=" + number).body()).contains("completed");
    }

    @Test
    void a_notice_is_called_so_and_shows_its_hold_in_place_of_a_rung() throws Exception {
        String hold = Portfolio.unique("HOLD");
        jdbc.sql(
                        """
                        with h as (
                            insert into hold (number, kind, customer_id, creditor_id, reason, starts_on, state, raised_at)
                            select :number, 'DISPUTE', customer_id, creditor_id, 'price', current_date, 'ACTIVE', now()
                            from contact where id = :id returning id)
                        update contact set hold_id = h.id, rung = 0 from h where contact.id = :id
                        """)
                .param("number", hold)
                .param("id", contact)
                .update();

        assertThat(get("/contacts?number=" + hold).body()).contains("/contacts/" + contact, "Email, notice");
        assertThat(get("/contacts/" + contact).body())
                .contains("<span>Notice</span>", hold)
                .doesNotContain("Rung", "Not contacted yet");
        assertThat(get("/api/contacts/" + contact).body()).contains("\"holdNumber\":\"" + hold + "\"");
    }

    @Test
    void programs_read_the_same_as_json() throws Exception {
        assertThat(get("/api/contacts?number=" + number).body()).contains("\"id\":" + contact, "\"state\":\"SENT\"");
        assertThat(get("/api/contacts/" + contact).body()).contains("\"bodyText\":\"Dear Sam\"");
        assertThat(get("/api/contacts?limit=0").statusCode()).isEqualTo(400);
        assertThat(get("/api/contacts/999999999").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        String login = Base64.getEncoder().encodeToString("admin:a-test-password".getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", "Basic " + login)
                .header("Accept", path.startsWith("/api") ? "application/json" : "text/html")
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
