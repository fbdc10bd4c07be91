package org.dunlin.scoring;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.LocalDate;
import java.util.List;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** The endpoint behind the filters: who may call it is tested with the roles. */
@DunlinTest
class ScoreApiTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

    @Autowired
    ScoreApi api;

    @Autowired
    Profiles profiles;

    @Autowired
    Scores scores;

    @Autowired
    Portfolio portfolio;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MappingJackson2HttpMessageConverter json;

    private MockMvc http;

    @BeforeEach
    void endpoint() {
        http = MockMvcBuilders.standaloneSetup(api).setMessageConverters(json).build();
    }

    @Test
    void whoever_talks_to_a_customer_sees_score_reasons_facts_and_the_terms_to_offer() throws Exception {
        Books books = new Books(jdbc, portfolio);
        long customer = books.company(10, "wholesale");
        String number = number(customer);
        http.perform(get("/api/customers/" + number + "/score")).andExpect(status().isNotFound());
        books.invoice(customer, MONDAY.minusDays(90), MONDAY.minusDays(60), "5000.00");
        profiles.refresh(List.of(customer), MONDAY);
        scores.score(List.of(customer), MONDAY);

        http.perform(get("/api/customers/" + number + "/score"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.customer.number").value(number))
                .andExpect(jsonPath("$.segment").value("C"))
                .andExpect(jsonPath("$.cell").value("small, poor payer"))
                .andExpect(jsonPath("$.since").value("2026-03-02"))
                .andExpect(jsonPath("$.reasons[0].criterion").value("Share of invoices paid late (%)"))
                .andExpect(jsonPath("$.facts.oldestOverdueDays").value(60))
                .andExpect(jsonPath("$.terms.payment").value("prepayment"))
                .andExpect(jsonPath("$.terms.days").value(0))
                .andExpect(jsonPath("$.terms.delivery").value("afterPayment"))
                .andExpect(jsonPath("$.terms.text")
                        .value("Pays badly, and less is at stake for us: pays first, then we deliver"));
    }

    @Test
    void a_customer_that_does_not_exist_is_not_found_and_one_of_two_systems_is_asked_for() throws Exception {
        http.perform(get("/api/customers/NOBODY/score")).andExpect(status().isNotFound());
        String number = number(new Books(jdbc, portfolio).company(10, null));
        jdbc.sql(
                        """
                        insert into customer (source, number, name, country, language) values ('other', :number, 'Twin', 'NL', 'nl')
                        """)
                .param("number", number)
                .update();

        http.perform(get("/api/customers/" + number + "/score")).andExpect(status().isConflict());
        http.perform(get("/api/customers/" + number + "/score").param("source", "other"))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.detail").value("Customer " + number + " was not scored yet."));
    }

    private String number(long customer) {
        return jdbc.sql("select number from customer where id = :id")
                .param("id", customer)
                .query(String.class)
                .single();
    }
}
