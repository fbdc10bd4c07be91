package org.dunlin.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.platform.clock.DunlinClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** The endpoints behind the filters: who may call them is tested with the roles. */
@DunlinTest
class PastScoreApiTest {

    private static final LocalDate MARCH = LocalDate.of(2026, 3, 31);

    @Autowired
    PastScoreApi api;

    @Autowired
    Portfolio portfolio;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    DunlinClock clock;

    @Autowired
    MappingJackson2HttpMessageConverter json;

    private MockMvc http;
    private String number;

    @BeforeEach
    void an_invoice_that_was_overdue_in_march_and_is_paid_today() {
        clock.freezeAt(Instant.parse("2026-06-01T06:00:00Z"));
        http = MockMvcBuilders.standaloneSetup(api).setMessageConverters(json).build();
        Books books = new Books(jdbc, portfolio);
        long customer = books.company(30, null);
        books.pay(
                books.invoice(customer, MARCH.minusDays(40), MARCH.minusDays(10), "300.00"),
                MARCH.plusDays(9),
                "300.00");
        number = jdbc.sql("update customer set name = '=HYPERLINK(\"x\")' where id = :id returning number")
                .param("id", customer)
                .query(String.class)
                .single();
    }

    @AfterEach
    void go_on() {
        clock.runFrom(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    @Test
    void one_customer_as_of_a_past_day_and_as_of_today() throws Exception {
        http.perform(get("/api/scores/{number}?asOf=2026-03-31", number))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.asOfToday", hasItem("whether an invoice is disputed")))
                .andExpect(jsonPath("$.scored.customer.number").value(number))
                .andExpect(jsonPath("$.scored.asOf").value("2026-03-31"))
                .andExpect(jsonPath("$.scored.facts.oldestOverdueDays").value(10))
                .andExpect(jsonPath("$.scored.facts.overdueAmount").value(300))
                .andExpect(jsonPath("$.scored.behaviour").value("new"))
                .andExpect(jsonPath("$.scored.reasons[*].text", hasItem("Medium-sized company that is new")));
        http.perform(get("/api/scores/{number}", number))
                .andExpect(jsonPath("$.scored.asOf").value("2026-06-01"))
                .andExpect(jsonPath("$.scored.facts.oldestOverdueDays").value(0))
                .andExpect(jsonPath("$.scored.facts.invoicesPaid").value(1));
    }

    @Test
    void everybody_as_json_and_as_a_table_without_formulas() throws Exception {
        http.perform(get("/api/scores?asOf=2026-03-31"))
                .andExpect(status().isOk())
                .andExpect(header().string("Dunlin-As-Of-Today", containsString("whether an invoice is disputed")))
                .andExpect(jsonPath("$.asOf").value("2026-03-31"))
                .andExpect(jsonPath("$.customers[?(@.customer.number == '" + number + "')].facts.oldestOverdueDays")
                        .value(10));

        String table = http.perform(get("/api/scores?asOf=2026-03-31&format=csv"))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
        List<String> lines = table.lines().toList();
        assertThat(lines.get(0))
                .startsWith("asOf,source,number,name,score,segment,")
                .contains(",oldestOverdueDays,");
        assertThat(lines.stream().filter(line -> line.contains("," + number + ",")))
                .singleElement()
                .asString()
                .startsWith("2026-03-31,default," + number + ",\"'=HYPERLINK(\"\"x\"\")\",");
    }

    @Test
    void what_makes_no_sense_is_refused_with_the_reason() throws Exception {
        http.perform(get("/api/scores/{number}?asOf=2026-06-02", number))
                .andExpect(status().isBadRequest())
                .andExpect(
                        jsonPath("$.detail").value("The day lies ahead; what will be paid until then is not known."));
        http.perform(get("/api/scores?asOf=2026-06-02")).andExpect(status().isBadRequest());
        http.perform(get("/api/scores?asOf=2026-03-31&format=xml")).andExpect(status().isBadRequest());
        http.perform(get("/api/scores")).andExpect(status().isBadRequest());
        http.perform(get("/api/scores/NOBODY")).andExpect(status().isNotFound());
    }
}
