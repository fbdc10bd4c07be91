package org.dunlin.insight;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.platform.clock.DunlinClock;
import org.dunlin.platform.security.Web;
import org.dunlin.receivables.CustomerKey;
import org.dunlin.receivables.CustomerMergeRow;
import org.dunlin.receivables.Ledger;
import org.dunlin.scoring.Profiles;
import org.dunlin.scoring.Scores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A portfolio made by hand, scored at the end of January and of March, and looked at on 31 March. */
@DunlinTest
class PortfolioTest {

    private static final LocalDate JANUARY = LocalDate.of(2026, 1, 31);
    private static final LocalDate MARCH = LocalDate.of(2026, 3, 31);
    private static final String SCRIPT = "<script>alert(1)</script>";

    @LocalServerPort
    int port;

    @Autowired
    Portfolio portfolio;

    @Autowired
    Profiles profiles;

    @Autowired
    Scores scores;

    @Autowired
    Ledger ledger;

    @Autowired
    Slate slate;

    @Autowired
    DunlinClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ObjectMapper json;

    private Web web;
    private long creditor;

    @BeforeEach
    void an_empty_ledger_on_the_last_day_of_march() {
        slate.clean();
        web = new Web(port);
        clock.freezeAt(Instant.parse("2026-03-31T08:00:00Z"));
        creditor = portfolio.creditor("NL");
    }

    @AfterEach
    void go_on() {
        slate.clean();
        clock.runFrom(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    /**
     * ALFA is large and got worse, BETA is medium and got better, DELTA is large and stayed good, GAMMA is small and new, EPSILON
     * was merged into DELTA, ZETA came in after the last run.
     */
    private void sixCustomers() {
        long alfa = portfolio.customer("ALFA", "NL", "en", 100);
        long beta = portfolio.customer("BETA", "NL", "en", 30);
        long delta = portfolio.customer("DELTA", "NL", "en", 60);
        portfolio.customer("EPSILON", "NL", "en", 90);
        portfolio.pay(portfolio.invoice(creditor, alfa, JANUARY, "1000.00"), JANUARY, "1000.00");
        portfolio.pay(portfolio.invoice(creditor, delta, JANUARY, "1000.00"), JANUARY, "1000.00");
        portfolio.pay(portfolio.invoice(creditor, beta, JANUARY, "100.00"), JANUARY, "100.00");
        long late = portfolio.invoice(creditor, beta, JANUARY.minusDays(60), "5000.00");
        score(JANUARY);

        portfolio.invoice(creditor, alfa, MARCH.minusDays(70), "5000.00");
        portfolio.credit(late, MARCH.minusDays(1), "5000.00");
        portfolio.invoice(creditor, delta, LocalDate.of(2026, 4, 15), "700.50");
        long gamma = portfolio.customer("GAMMA", "NL", "en", 5);
        portfolio.invoice(creditor, gamma, MARCH.minusDays(10), "100.00");
        portfolio.invoice(creditor, gamma, LocalDate.of(2026, 3, 10), LocalDate.of(2026, 4, 10), "USD", "200.00");
        aCase(alfa);
        ledger.mergeCustomers(List.of(
                new CustomerMergeRow(new CustomerKey("default", "EPSILON"), new CustomerKey("default", "DELTA"))));
        score(MARCH);
        portfolio.customer("ZETA", "NL", "en", 5);
    }

    private void score(LocalDate day) {
        profiles.refreshAll(day);
        scores.scoreAll(day);
    }

    private void aCase(long customer) {
        jdbc.sql(
                        """
                        insert into dunning_case (number, creditor_id, customer_id, currency, state, opened_on, ladder, rung)
                        values ('D-ALFA', :creditor, :customer, 'EUR', 'OPEN', '2026-03-03', 'keyAccount', 30)
                        """)
                .param("creditor", creditor)
                .param("customer", customer)
                .update();
    }

    @Test
    void each_cell_has_its_customers_amounts_days_and_cases() {
        sixCustomers();

        JsonNode overview = get("/api/portfolio");

        assertThat(overview.at("/asOf").asText()).isEqualTo("2026-03-31");
        assertThat(overview.at("/unscored").asInt()).as("ZETA").isEqualTo(1);
        List<String> cells = new ArrayList<>();
        overview.at("/cells")
                .forEach(cell -> cells.add(cell.at("/size").asText() + " "
                        + cell.at("/behaviour").asText() + " " + cell.at("/segments") + " "
                        + figures(cell.at("/figures"))));
        assertThat(cells)
                .as("in the order of the table")
                .containsExactly(
                        "small new {\"C\":1} 1 customers, 100 % overdue, late 10.0, 0 cases, EUR 100.00/100.00 USD 200.00/0.00",
                        "medium good {\"A\":1} 1 customers, 0 % overdue, late 0.0, 0 cases,",
                        "large good {\"A\":1} 1 customers, 0 % overdue, late 0.0, 0 cases, EUR 700.50/0.00",
                        "large poor {\"B\":1} 1 customers, 100 % overdue, late 58.3, 1 cases, EUR 5000.00/5000.00");
    }

    @Test
    void rows_columns_and_segments_are_added_up_by_currency() {
        sixCustomers();

        JsonNode overview = get("/api/portfolio");

        assertThat(figures(overview.at("/bySize/large")))
                .as("58.3 days weigh 6,000.00, 0 days weigh 1,700.50")
                .isEqualTo("2 customers, 50 % overdue, late 45.4, 1 cases, EUR 5700.50/5000.00");
        assertThat(figures(overview.at("/bySize/consumer"))).isEqualTo("0 customers, 0 % overdue, late null, 0 cases,");
        assertThat(figures(overview.at("/byBehaviour/good")))
                .isEqualTo("2 customers, 0 % overdue, late 0.0, 0 cases, EUR 700.50/0.00");
        assertThat(figures(overview.at("/bySegment/C")))
                .isEqualTo("1 customers, 100 % overdue, late 10.0, 0 cases, EUR 100.00/100.00 USD 200.00/0.00");
        assertThat(figures(overview.at("/total")))
                .startsWith("4 customers, 50 % overdue")
                .endsWith("1 cases, EUR 5800.50/5100.00 USD 200.00/0.00");
    }

    @Test
    void movements_go_both_ways_and_name_who_is_new_and_who_was_merged() {
        sixCustomers();

        JsonNode moved = get("/api/portfolio/movements");

        assertThat(moved.at("/since").asText()).as("the same day of last month").isEqualTo("2026-02-28");
        assertThat(moved.at("/known").asBoolean()).isTrue();
        assertThat(moved.at("/stayed").asInt()).as("DELTA").isEqualTo(1);
        List<String> movements = new ArrayList<>();
        moved.at("/movements")
                .forEach(one -> movements.add(one.at("/direction").asText() + " " + place(one.at("/from")) + " → "
                        + place(one.at("/to")) + " " + one.at("/customers").asInt() + amounts(one)));
        assertThat(movements)
                .containsExactly(
                        "WORSE large good A → large poor B 1 EUR 5000.00/5000.00",
                        "BETTER medium poor C → medium good A 1",
                        "NEW - → small new C 1 EUR 100.00/100.00 USD 200.00/0.00",
                        "GONE large new B → - 1");
        assertThat(moved.at("/movements/0/meanScoreNow").decimalValue())
                .isLessThan(moved.at("/movements/0/meanScoreBefore").decimalValue());
    }

    @Test
    void a_day_counts_with_what_was_concluded_on_it_and_before_the_first_score_nothing_can_be_compared() {
        sixCustomers();

        JsonNode today = get("/api/portfolio/movements?since=2026-03-31");
        assertThat(today.at("/movements")).isEmpty();
        assertThat(today.at("/stayed").asInt()).isEqualTo(4);

        assertThat(get("/api/portfolio/movements?since=2026-03-30").at("/movements"))
                .hasSize(4);
        assertThat(get("/api/portfolio/movements?since=2026-01-31").at("/known").asBoolean())
                .isTrue();

        JsonNode before = get("/api/portfolio/movements?since=2026-01-30");
        assertThat(before.at("/known").asBoolean()).isFalse();
        assertThat(before.at("/movements").findValuesAsText("direction")).containsOnly("NEW");
    }

    @Test
    void who_grew_has_moved_without_paying_better_or_worse() {
        long customer = portfolio.customer("GROWN", "NL", "en", 30);
        portfolio.pay(portfolio.invoice(creditor, customer, JANUARY, "1000.00"), JANUARY, "1000.00");
        score(JANUARY);
        jdbc.sql("update customer set employees = 51 where id = :id")
                .param("id", customer)
                .update();
        score(MARCH);

        JsonNode movement = get("/api/portfolio/movements").at("/movements");

        assertThat(movement).hasSize(1);
        assertThat(movement.at("/0/direction").asText()).isEqualTo("OTHER");
        assertThat(place(movement.at("/0/to"))).isEqualTo("large good A");
    }

    @Test
    void the_customers_of_a_cell_say_where_they_came_from_and_on_which_ladder_they_are() {
        sixCustomers();

        JsonNode alfa = get("/api/portfolio/cells/large/poor").at("/customers/0");

        assertThat(alfa.at("/number").asText()).isEqualTo("ALFA");
        assertThat(alfa.at("/segment").asText()).isEqualTo("B");
        assertThat(alfa.at("/since").asText()).isEqualTo("2026-03-31");
        assertThat(alfa.at("/previous/size").asText()).isEqualTo("large");
        assertThat(alfa.at("/previous/behaviour").asText()).isEqualTo("good");
        assertThat(alfa.at("/daysLate").asText()).isEqualTo("58.3");
        assertThat(alfa.at("/oldestOverdueDays").asInt()).isEqualTo(70);
        assertThat(amounts(alfa)).isEqualTo(" EUR 5000.00/5000.00");
        assertThat(alfa.at("/cases").toString())
                .isEqualTo(
                        "[{\"number\":\"D-ALFA\",\"ladder\":\"keyAccount\",\"rung\":30,\"onHold\":false,\"withAgency\":false}]");

        JsonNode delta = get("/api/portfolio/cells/large/good").at("/customers/0");
        assertThat(delta.at("/since").asText())
                .as("though the score may have changed meanwhile")
                .isEqualTo("2026-01-31");
        assertThat(delta.at("/previous").isNull()).isTrue();
    }

    @Test
    void customers_are_narrowed_down_to_those_who_moved_from_somewhere() {
        sixCustomers();

        assertThat(numbers("/api/portfolio/cells/large/poor?from=large/good")).containsExactly("ALFA");
        assertThat(numbers("/api/portfolio/cells/large/poor?from=large/good/A&segment=B"))
                .containsExactly("ALFA");
        assertThat(numbers("/api/portfolio/cells/large/poor?from=large/good/B")).isEmpty();
        assertThat(numbers("/api/portfolio/cells/large/poor?segment=A")).isEmpty();
        assertThat(numbers("/api/portfolio/cells/large/poor?from=medium/good")).isEmpty();
        assertThat(numbers("/api/portfolio/cells/large/poor?from=large/good&since=2026-03-31"))
                .isEmpty();
        assertThat(numbers("/api/portfolio/cells/large/poor?from=none")).isEmpty();
        assertThat(numbers("/api/portfolio/cells/small/new?from=none")).containsExactly("GAMMA");
    }

    @Test
    void the_list_is_cut_into_pages_by_the_amount_overdue_in_one_currency() {
        for (int i = 1; i <= 5; i++) {
            long customer = portfolio.customer("PAGED" + i, "NL", "en", 5);
            portfolio.invoice(creditor, customer, MARCH.minusDays(i), i + "00.00");
            portfolio.invoice(creditor, customer, MARCH.minusDays(40), MARCH.plusDays(5), "EUR", "1.00");
            // The more in euros, the less in dollars.
            portfolio.invoice(creditor, customer, MARCH.minusDays(40), MARCH.minusDays(2), "USD", (9 - i) + "000.00");
        }
        score(MARCH);

        JsonNode second = get("/api/portfolio/cells/small/new?page=2&limit=2");
        assertThat(second.at("/total").asInt()).isEqualTo(5);
        assertThat(second.at("/currency").asText()).isEqualTo("EUR");
        assertThat(second.at("/customers").findValuesAsText("number")).containsExactly("PAGED3", "PAGED2");
        assertThat(numbers("/api/portfolio/cells/small/new?page=3&limit=2")).containsExactly("PAGED1");
        assertThat(numbers("/api/portfolio/cells/small/new?page=4&limit=2")).isEmpty();
        assertThat(get("/api/portfolio/cells/small/new?page=4&limit=2")
                        .at("/total")
                        .asInt())
                .isEqualTo(5);
        assertThat(numbers("/api/portfolio/cells/small/new?currency=USD&limit=2"))
                .containsExactly("PAGED1", "PAGED2");
        assertThat(figures(get("/api/portfolio").at("/total")))
                .as("each customer counts once")
                .contains("5 customers, 100 % overdue", "EUR 1505.00/1500.00 USD 30000.00/30000.00");
    }

    @Test
    void what_cannot_be_asked_is_answered_with_what_to_ask() {
        for (String question : List.of(
                "/movements?since=yesterday",
                "/movements?since=2026-04-01",
                "/movements?since=0001-01-01",
                "/cells/large/good?page=0",
                "/cells/large/good?limit=1001",
                "/cells/large/good?limit=many",
                "/cells/large/good?currency=EURO",
                "/cells/large/good?from=large")) {
            HttpResponse<String> answer = ask("/api/portfolio" + question);
            assertThat(answer.statusCode()).as(question).isEqualTo(400);
            assertThat(read(answer).at("/detail").asText())
                    .as(question)
                    .startsWith(read(answer).at("/field").asText());
        }
        assertThat(ask("/api/portfolio/cells/large/goood").statusCode()).isEqualTo(404);
        assertThat(ask("/api/portfolio/cells/large/good?from=%00/%00&segment=%00")
                        .statusCode())
                .isEqualTo(200);
        assertThat(ask("/portfolio?since=yesterday").body()).contains("since is a day like 2026-01-31.");
        assertThat(ask("/portfolio/cells/large/goood").statusCode()).isEqualTo(404);
    }

    @Test
    void the_table_has_a_line_per_customer_and_currency_and_no_formula() {
        sixCustomers();
        jdbc.sql("update customer set name = '=cmd|''/c calc''!A1' where number = 'GAMMA'")
                .update();

        HttpResponse<String> table = ask("/api/portfolio/cells/small/new/customers.csv");

        assertThat(table.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
        assertThat(table.headers().firstValue("Content-Disposition").orElse(""))
                .isEqualTo("attachment; filename=\"customers-small-new.csv\"");
        assertThat(table.body().split("\r\n")).hasSize(3).satisfies(lines -> {
            assertThat(lines[0]).startsWith("source,number,name,score,segment,inCellSince,currency,open,overdue");
            assertThat(lines[1]).startsWith("default,GAMMA,'=cmd|'/c calc'!A1,").contains(",EUR,100.00,100.00,");
            assertThat(lines[2]).contains(",USD,200.00,0.00,");
        });
        assertThat(ask("/api/portfolio/cells/large/poor/customers.csv").body())
                .endsWith(",EUR,5000.00,5000.00,58.3,70,large,good,D-ALFA,keyAccount\r\n");
    }

    @Test
    void the_page_shows_the_matrix_and_what_moved_in_it_and_leads_to_the_customers() {
        sixCustomers();

        String page = ask("/portfolio").body();

        assertThat(page)
                .contains("4 customers", "Tuesday 31 March 2026", "1 customer has no score yet")
                .contains("EUR 5,000", "USD 200", "100 % have overdue", "58.3 days late", "1 case")
                .contains("class=\"shade5\"", "class=\"shade0\"")
                .contains("worse", "better", "new", "merged into another customer", "Medium, poor payer")
                .contains("/portfolio/cells/large/poor?since=2026-02-28")
                .contains("/portfolio/cells/large/poor?segment=B&amp;from=large/good/A&amp;since=2026-02-28");
        assertThat(ask("/portfolio?since=2026-01-30").body()).contains("Nobody had a score on that day");
        assertThat(ask("/portfolio?since=2026-03-31").body()).contains("Nobody has moved.");
        assertThat(ask("/").body()).contains("href=\"/portfolio\"");
    }

    @Test
    void the_page_of_a_cell_leads_to_contacts_and_back_and_nothing_a_customer_is_called_runs() {
        sixCustomers();
        jdbc.sql("update customer set name = :name where number = 'ALFA'")
                .param("name", "Bad " + SCRIPT)
                .update();

        String page = ask("/portfolio/cells/large/poor?since=2026-02-28").body();

        assertThat(page)
                .doesNotContain(SCRIPT)
                .contains("&lt;script&gt;", "Large, poor payer", "segment B", "EUR 5,000.00", "key account, letter")
                .contains("href=\"/contacts?number=ALFA\"", "href=\"/contacts?number=D-ALFA\"")
                .contains("href=\"/portfolio?since=2026-02-28\"")
                .contains("value=\"large/good/A\"");
        assertThat(ask("/portfolio/cells/large/poor?from=large/good/A").body())
                .contains("ALFA", "value=\"large/good/A\" selected");
        assertThat(ask("/portfolio/cells/large/poor?from=medium/good").body())
                .contains("Nobody came from there", "medium, good payer")
                .doesNotContain("ALFA");
        String script = java.net.URLEncoder.encode(SCRIPT + "/x", StandardCharsets.UTF_8);
        assertThat(ask("/portfolio/cells/large/poor?from=" + script + "&segment=" + script)
                        .body())
                .doesNotContain(SCRIPT);
    }

    @Test
    void pages_say_when_there_is_nothing_to_see() {
        assertThat(ask("/portfolio").body()).contains("No customer has a score yet");
        assertThat(ask("/portfolio/cells/consumer/fair").body()).contains("Nobody is in this cell");
        assertThat(get("/api/portfolio").at("/cells")).isEmpty();
    }

    private static String figures(JsonNode figures) {
        return figures.at("/customers").asInt() + " customers, "
                + figures.at("/overduePercent").asInt() + " % overdue, late "
                + figures.at("/meanDaysLate").asText() + ", "
                + figures.at("/casesRunning").asInt() + " cases,"
                + amounts(figures);
    }

    private static String amounts(JsonNode of) {
        StringBuilder text = new StringBuilder();
        of.at("/amounts").forEach(amount -> text.append(' ')
                .append(amount.at("/currency").asText())
                .append(' ')
                .append(amount.at("/open").decimalValue().setScale(2))
                .append('/')
                .append(amount.at("/overdue").decimalValue().setScale(2)));
        return text.toString();
    }

    private static String place(JsonNode place) {
        return place.isNull()
                ? "-"
                : place.at("/size").asText() + " " + place.at("/behaviour").asText() + " "
                        + place.at("/segment").asText();
    }

    private List<String> numbers(String path) {
        return get(path).at("/customers").findValuesAsText("number").stream()
                .filter(number -> !number.startsWith("D-"))
                .toList();
    }

    private JsonNode get(String path) {
        HttpResponse<String> answer = ask(path);
        assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
        return read(answer);
    }

    private JsonNode read(HttpResponse<String> answer) {
        try {
            return json.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(answer.body(), e);
        }
    }

    private HttpResponse<String> ask(String path) {
        String login = Base64.getEncoder().encodeToString("admin:a-test-password".getBytes(StandardCharsets.UTF_8));
        return web.get(
                path, "Authorization", "Basic " + login, "Accept", path.startsWith("/api") ? "*/*" : "text/html");
    }
}
