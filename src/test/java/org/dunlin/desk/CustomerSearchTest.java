package org.dunlin.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.platform.security.Web;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whoever calls is found by what somebody remembers of them, and nothing that is typed is a pattern. */
@DunlinTest
class CustomerSearchTest {

    private static final String LOGIN = "admin";

    @LocalServerPort
    int port;

    @Autowired
    Portfolio portfolio;

    @Autowired
    Slate slate;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ObjectMapper json;

    private Web web;

    @BeforeEach
    void threeCustomers() {
        slate.clean();
        web = new Web(port);
        customer("K-20034", "Bakkerij Jansen BV", "boekhouding@bakkerij-jansen.example", "+31201234567");
        customer("K-20035", "Van Dijk Bouw", "info@vandijk.example", "+31612345678");
        customer("N_1%", "100% Groen", "post@groen.example", "+32470123456");
    }

    @AfterEach
    void nobodyIsLeft() {
        slate.clean();
    }

    @ParameterizedTest
    @CsvSource({
        "bakkerij jansen, NAME, true",
        "JANSEN, NAME, true",
        "ansen, NAME, true",
        "bakerij janssen, NAME, false",
        "Jansen bakkerij, NAME, false",
        "K-20034, NUMBER, true",
        "k-20034, NUMBER, true",
        "20034, NUMBER, true",
        "020 123 4567, PHONE, true",
        "+31 (0)20-1234567, PHONE, true",
        "0031201234567, PHONE, true",
        "1234567, PHONE, true",
        "boekhouding@bakkerij-jansen.example, EMAIL, true",
        "bakkerij-jansen.ex, EMAIL, true",
        "boekhoudng@bakkerij-jansen.example, EMAIL, false"
    })
    void a_customer_is_found_by_name_number_phone_and_address(String typed, String field, boolean exact) {
        List<JsonNode> found = find(typed);
        assertThat(found).as(typed).isNotEmpty();
        assertThat(found.get(0).path("number").asText()).as(typed).isEqualTo("K-20034");
        assertThat(found.get(0).path("field").asText()).as(typed).isEqualTo(field);
        assertThat(found.get(0).path("exact").asBoolean()).as(typed).isEqualTo(exact);
    }

    @Test
    void a_customer_is_found_by_the_number_of_an_invoice_and_its_end() {
        long creditor = portfolio.creditor("NL");
        long invoice = portfolio.invoice(creditor, id("K-20035"), LocalDate.of(2026, 1, 5), "100.00");
        jdbc.sql("update invoice set number = 'F2026-4711' where id = :id")
                .param("id", invoice)
                .update();

        for (String typed : List.of("F2026-4711", "f2026-4711", "4711")) {
            assertThat(find(typed)).as(typed).hasSize(1);
            assertThat(find(typed).get(0).path("number").asText()).isEqualTo("K-20035");
            assertThat(find(typed).get(0).path("field").asText()).isEqualTo("INVOICE");
            assertThat(find(typed).get(0).path("value").asText()).isEqualTo("F2026-4711");
        }
        assertThat(find("F2026-4712")).isEmpty();
    }

    @Test
    void a_number_with_a_typing_error_is_looked_for_only_when_nothing_else_is_found() {
        assertThat(find("K-20043"))
                .extracting(one -> one.path("number").asText())
                .contains("K-20034", "K-20035");
        assertThat(find("K-20034")).hasSize(1);
    }

    @Test
    void who_was_merged_into_another_is_found_under_the_old_name_as_the_other() {
        jdbc.sql("update customer set merged_into = :into where number = 'K-20034'")
                .param("into", id("K-20035"))
                .update();

        JsonNode byNumber = find("K-20034").get(0);
        assertThat(byNumber.path("number").asText()).isEqualTo("K-20035");
        assertThat(byNumber.path("field").asText()).isEqualTo("FORMER_NUMBER");
        assertThat(find("bakkerij").get(0).path("field").asText()).isEqualTo("FORMER_NAME");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%",
                "_",
                "%%%%",
                "____",
                "K-2003_",
                "K%4",
                "\\",
                "'; drop table customer; --",
                ".*",
                "(",
                "[a-z]+"
            })
    void what_is_typed_is_no_pattern(String typed) {
        assertThat(find(typed))
                .as(typed)
                .noneMatch(one -> one.path("exact").asBoolean()
                        && !one.path("value").asText().contains(typed));
        assertThat(find(typed)).as(typed).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void signs_of_patterns_stand_for_themselves() {
        assertThat(find("N_1%")).extracting(one -> one.path("number").asText()).containsExactly("N_1%");
        assertThat(find("100%").get(0).path("name").asText()).isEqualTo("100% Groen");
    }

    @Test
    void nothing_is_found_by_nothing_and_very_long_or_odd_input_does_no_harm() {
        assertThat(find("")).isEmpty();
        assertThat(find("   ")).isEmpty();
        assertThat(find("x".repeat(5000))).isEmpty();
        assertThat(find("Jansen\0").get(0).path("number").asText()).isEqualTo("K-20034");
        assertThat(parsed(get("/api/customers/search"))).isEmpty();
    }

    @Test
    void at_most_twenty_are_found_the_best_first() {
        jdbc.sql(
                        """
                        insert into customer (number, name, country, language)
                        select 'M' || g, case when g = 77 then 'Meubel' else 'Meubelhuis ' || g end, 'NL', 'nl' from generate_series(1, 300) g
                        """)
                .update();
        List<JsonNode> found = find("meubel");
        assertThat(found).hasSize(20);
        assertThat(found.get(0).path("name").asText()).isEqualTo("Meubel");
    }

    private void customer(String number, String name, String email, String phone) {
        long id = portfolio.customer(number, "NL", "nl", 30);
        jdbc.sql("update customer set name = :name where id = :id")
                .param("name", name)
                .param("id", id)
                .update();
        jdbc.sql("update contact_person set email = :email, phone = :phone where customer_id = :id")
                .param("email", email)
                .param("phone", phone)
                .param("id", id)
                .update();
    }

    private long id(String number) {
        return jdbc.sql("select id from customer where number = :number")
                .param("number", number)
                .query(Long.class)
                .single();
    }

    private List<JsonNode> find(String typed) {
        return parsed(get("/api/customers/search?q=" + URLEncoder.encode(typed, StandardCharsets.UTF_8)));
    }

    private HttpResponse<String> get(String path) {
        return web.get(path, "Authorization", Desk.basic(LOGIN, "a-test-password"), "Accept", "application/json");
    }

    private List<JsonNode> parsed(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try {
            return List.of(json.readValue(answer.body(), JsonNode[].class));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
