package org.dunlin.scoring;

import static org.hamcrest.Matchers.hasSize;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.platform.clock.DunlinClock;
import org.dunlin.platform.security.Groups;
import org.dunlin.receivables.CustomerKey;
import org.dunlin.receivables.CustomerMergeRow;
import org.dunlin.receivables.Ledger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** The endpoints behind the filters: who may call them is tested with the roles. */
@DunlinTest
class CreditStopApiTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

    @Autowired
    CreditStopApi api;

    @Autowired
    CreditStops stops;

    @Autowired
    Profiles profiles;

    @Autowired
    Portfolio portfolio;

    @Autowired
    Ledger ledger;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    IdentityService identity;

    @Autowired
    DunlinClock clock;

    @Autowired
    MappingJackson2HttpMessageConverter json;

    private MockMvc http;
    private String number;

    @BeforeEach
    void a_customer_beyond_the_limit_on_monday() {
        http = MockMvcBuilders.standaloneSetup(api).setMessageConverters(json).build();
        Books books = new Books(jdbc, portfolio);
        long customer = books.company(30, null);
        books.creditLimit(customer, "1000.00", "EUR");
        books.invoice(customer, MONDAY.minusDays(40), MONDAY.minusDays(10), "1300.00");
        number = jdbc.sql("select number from customer where id = :id")
                .param("id", customer)
                .query(String.class)
                .single();
        clock.freezeAt(Instant.parse("2026-03-02T06:00:00Z"));
        profiles.refresh(List.of(customer), MONDAY);
        stops.applyAll(MONDAY);
        identity.setAuthentication("ruben", List.of(Groups.MANAGERS));
    }

    @AfterEach
    void go_on() {
        identity.clearAuthentication();
        clock.runFrom(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    @Test
    void an_order_system_reads_who_is_stopped_and_why() throws Exception {
        http.perform(get("/api/credit-stops").queryParam("customer", number))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$", hasSize(1)))
                .andExpect(jsonPath("$[0].customer.number").value(number))
                .andExpect(jsonPath("$[0].customer.source").value("default"))
                .andExpect(jsonPath("$[0].origin").value("POLICY"))
                .andExpect(jsonPath("$[0].reason").value("beyondLimit"))
                .andExpect(jsonPath("$[0].text").value("Owes more than the credit limit, and invoices are overdue"))
                .andExpect(jsonPath("$[0].liftedWhen")
                        .value("When no more than the credit limit is used, or nothing is overdue any more"))
                .andExpect(jsonPath("$[0].since").value("2026-03-02"));
        http.perform(get("/api/credit-stops?since=2026-03-02").queryParam("customer", number))
                .andExpect(jsonPath("$", hasSize(1)));
        http.perform(get("/api/credit-stops?since=2026-03-03").queryParam("customer", number))
                .andExpect(jsonPath("$", hasSize(0)));
        http.perform(get("/api/credit-stops?source=elsewhere").queryParam("customer", number))
                .andExpect(jsonPath("$", hasSize(0)));
    }

    @Test
    void without_a_filter_everybody_who_is_stopped_is_listed() throws Exception {
        http.perform(get("/api/credit-stops"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$[?(@.customer.number == '" + number + "')].reason")
                        .value("beyondLimit"));
    }

    @Test
    void a_manager_adds_a_stop_and_lifts_it_again() throws Exception {
        http.perform(post("/api/customers/{number}/credit-stop", number)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(
                                "{\"text\":\"Waits for a guarantee\",\"endsOn\":\"2026-04-01\",\"note\":\"By phone\"}"))
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.origin").value("MANUAL"))
                .andExpect(jsonPath("$.setBy").value("ruben"))
                .andExpect(jsonPath("$.endsOn").value("2026-04-01"));
        http.perform(post("/api/customers/{number}/credit-stop", number)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"text\":\"Again\"}"))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.detail").value("There is a credit stop by hand already; lift it first."));
        http.perform(get("/api/customers/{number}/credit-stop", number))
                .andExpect(jsonPath("$.stopped").value(true))
                .andExpect(jsonPath("$.stops", hasSize(2)))
                .andExpect(jsonPath("$.history", hasSize(0)));

        http.perform(delete("/api/customers/{number}/credit-stop", number))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.until").value("2026-03-02"))
                .andExpect(jsonPath("$.liftedBy").value("ruben"));

        http.perform(delete("/api/customers/{number}/credit-stop", number)).andExpect(status().isNotFound());
        http.perform(get("/api/customers/{number}/credit-stop", number))
                .andExpect(jsonPath("$.stopped").value(true))
                .andExpect(jsonPath("$.stops", hasSize(1)))
                .andExpect(jsonPath("$.history[0].reason").value("byHand"));
    }

    @Test
    void what_makes_no_sense_is_refused_with_the_reason() throws Exception {
        http.perform(post("/api/customers/{number}/credit-stop", number)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{}"))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.detail").value("Say why, in words that the customer may hear."));
        http.perform(post("/api/customers/{number}/credit-stop", number)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"text\":\"Why\",\"endsOn\":\"2026-03-02\"}"))
                .andExpect(status().isBadRequest());
        http.perform(get("/api/customers/NOBODY/credit-stop")).andExpect(status().isNotFound());
    }

    @Test
    void who_turned_out_to_be_another_is_stopped_under_either_number() throws Exception {
        String old = portfolio.customerNumber(portfolio.customer());
        ledger.mergeCustomers(List.of(new CustomerMergeRow(CustomerKey.of(old), CustomerKey.of(number))));

        for (String known : List.of(old, number)) {
            http.perform(get("/api/credit-stops").queryParam("customer", known))
                    .andExpect(jsonPath("$", hasSize(1)))
                    .andExpect(jsonPath("$[0].customer.number").value(known))
                    .andExpect(jsonPath("$[0].reason").value("beyondLimit"));
            http.perform(get("/api/customers/{number}/credit-stop", known))
                    .andExpect(jsonPath("$.stopped").value(true))
                    .andExpect(jsonPath("$.customer.number").value(known));
        }
    }

    @Test
    void a_number_that_two_systems_use_needs_the_system() throws Exception {
        jdbc.sql(
                        """
                        insert into customer (source, number, name, country, language)
                        values ('erp', :number, 'Another', 'NL', 'nl')
                        """)
                .param("number", number)
                .update();

        http.perform(get("/api/customers/{number}/credit-stop", number)).andExpect(status().isConflict());
        http.perform(get("/api/customers/{number}/credit-stop?source=erp", number))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.stopped").value(false));
    }
}
