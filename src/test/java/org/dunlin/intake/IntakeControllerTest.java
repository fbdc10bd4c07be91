package org.dunlin.intake;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** The endpoints behind the filters: who may call them is tested with the roles. */
@DunlinTest
class IntakeControllerTest {

    @Autowired
    IntakeController controller;

    @Autowired
    MappingJackson2HttpMessageConverter json;

    private MockMvc http;

    @BeforeEach
    void behindTheFilters() {
        http = MockMvcBuilders.standaloneSetup(controller)
                .setMessageConverters(json)
                .build();
    }

    private static String rows() {
        return "number,name,country,language\n" + Portfolio.unique("REST") + ",Buyer,NL,nl\n" + Portfolio.unique("REST")
                + ",Buyer,Nederland,nl\n";
    }

    @Test
    void a_body_is_brought_in_and_answered_with_the_report() throws Exception {
        http.perform(post("/api/intake?file=customers.csv")
                        .contentType("text/csv")
                        .content(rows()))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.state").value("DONE"))
                .andExpect(jsonPath("$.rowsRead").value(2))
                .andExpect(jsonPath("$.rowsInserted").value(1))
                .andExpect(jsonPath("$.problems[0].line").value(3))
                .andExpect(jsonPath("$.problems[0].field").value("country"))
                .andExpect(jsonPath("$.problems[0].value").value("Nederland"));
    }

    @Test
    void customers_who_turned_out_to_be_one_can_be_uploaded_too() throws Exception {
        String from = Portfolio.unique("REST");
        String into = Portfolio.unique("REST");
        http.perform(post("/api/intake?file=customers.csv")
                        .contentType("text/csv")
                        .content("number,name,country,language\n" + from + ",Buyer,NL,nl\n" + into + ",Buyer,NL,nl\n"))
                .andExpect(jsonPath("$.rowsInserted").value(2));
        http.perform(post("/api/intake?file=customermerges.csv")
                        .contentType("text/csv")
                        .content("from,into\n" + from + "," + into + "\n" + into + "," + from + "\n"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.rowsInserted").value(1))
                .andExpect(jsonPath("$.problems[0].line").value(3))
                .andExpect(jsonPath("$.problems[0].field").value("into"))
                .andExpect(jsonPath("$.problems[0].value").value(from))
                .andExpect(jsonPath("$.problems[0].reason").value(containsString("was merged into")));
    }

    @Test
    void a_form_with_a_file_is_brought_in_too() throws Exception {
        http.perform(multipart("/api/intake")
                        .file(new MockMultipartFile("file", "customers.csv", "text/csv", rows().getBytes())))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.file").value("customers.csv"))
                .andExpect(jsonPath("$.rowsInserted").value(1));
    }

    @Test
    void a_file_that_cannot_be_read_is_answered_with_the_reason() throws Exception {
        http.perform(post("/api/intake?file=letter.txt").contentType("text/csv").content("hello"))
                .andExpect(status().isUnprocessableEntity())
                .andExpect(jsonPath("$.state").value("REFUSED"))
                .andExpect(jsonPath("$.message").value(containsString("no mapping applies")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../customers.csv",
                "a/customers.csv",
                "a\\customers.csv",
                ".customers.csv",
                "C:customers.csv",
                "a\u0000.csv",
                " "
            })
    void a_name_that_is_not_plain_is_refused(String name) throws Exception {
        http.perform(post("/api/intake")
                        .queryParam("file", name)
                        .contentType("text/csv")
                        .content(rows()))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.detail").value("Give the plain name of the file, for example invoices.csv."));
    }

    @Test
    void a_body_that_the_server_would_read_as_a_form_is_refused() throws Exception {
        http.perform(post("/api/intake?file=customers.csv")
                        .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                        .content(rows()))
                .andExpect(status().isUnsupportedMediaType());
    }

    @Test
    void reports_can_be_listed_and_read() throws Exception {
        String answer = http.perform(post("/api/intake?file=customers.csv")
                        .contentType("text/csv")
                        .content(rows()))
                .andReturn()
                .getResponse()
                .getContentAsString();
        int id = com.jayway.jsonpath.JsonPath.read(answer, "$.id");

        http.perform(get("/api/intake/reports"))
                .andExpect(jsonPath("$.length()").value(greaterThan(0)));
        http.perform(get("/api/intake/reports/" + id))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.startedAt").isString())
                .andExpect(jsonPath("$.problems.length()").value(1));
        http.perform(get("/api/intake/reports/987654321")).andExpect(status().isNotFound());
    }
}
