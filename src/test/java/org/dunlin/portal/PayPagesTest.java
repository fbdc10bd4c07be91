package org.dunlin.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.contact.link.PayLinks;
import org.dunlin.platform.clock.DunlinClock;
import org.dunlin.platform.security.Web;
import org.dunlin.portal.Links.Holder;
import org.dunlin.receivables.CustomerKey;
import org.dunlin.receivables.CustomerMergeRow;
import org.dunlin.receivables.Ledger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Promise R11 for links: none is forged, replayed when it is over, or guessed. */
@DunlinTest
class PayPagesTest {

    private static final Instant TUESDAY = Instant.parse("2026-03-10T09:00:00Z");

    @LocalServerPort
    int port;

    @Autowired
    Portfolio portfolio;

    @Autowired
    PayLinks payLinks;

    @Autowired
    DunlinClock clock;

    @Autowired
    Ledger ledger;

    @Autowired
    WrongLinks wrongLinks;

    @Autowired
    JdbcClient jdbc;

    private Links links;
    private Web web;

    @BeforeEach
    void itIsTuesday() {
        clock.freezeAt(TUESDAY);
        links = new Links(portfolio, payLinks);
        web = new Web(port);
    }

    @AfterEach
    void timeRunsAgain() {
        clock.runFrom(java.time.Clock.systemUTC().instant());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nl | Er staat € 1.550,00 open     | Nu € 1.550,00 betalen | Bedrag           | Scan met de app van uw bank",
                "fr | Il reste 1 550,00 € à payer  | Payer 1 550,00 € maintenant | Montant    | Scannez avec l’application de votre banque",
                "en | €1,550.00 is open            | Pay €1,550.00 now     | Amount           | Scan with your banking app",
                "de | Offen sind 1.550,00 €        | Jetzt 1.550,00 € bezahlen | Betrag       | Mit der Banking-App scannen"
            })
    void a_customer_sees_what_is_open_and_how_to_pay_in_their_language(
            String language, String heading, String button, String amount, String scan) {
        Holder holder = links.of(language, "1200.00", "350.00");

        HttpResponse<String> page = web.get(holder.path());

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(plain(page.body()))
                .contains(
                        "<html lang=\"" + language + "\">",
                        heading,
                        button,
                        amount,
                        scan,
                        "NL91 ABNA 0417 1643 00",
                        portfolio.invoiceNumber(holder.invoices().get(0)),
                        portfolio.invoiceNumber(holder.invoices().get(1)),
                        "data:image/png;base64,")
                .doesNotContain("Sam Jansen", portfolio.customerNumber(holder.customer()), "<script", "??", "{0}");
    }

    @Test
    void the_page_is_for_one_reader_and_leaves_no_trace() {
        HttpResponse<String> page = web.get(links.of("en", "10.00").path());

        Map<String, String> headers = new TreeMap<>();
        page.headers().map().forEach((name, values) -> headers.put(name.toLowerCase(), String.join("|", values)));
        assertThat(headers)
                .containsEntry("cache-control", "no-store")
                .containsEntry("referrer-policy", "no-referrer")
                .containsEntry("x-robots-tag", "noindex, nofollow")
                .containsEntry("x-frame-options", "DENY")
                .containsEntry("x-content-type-options", "nosniff")
                .doesNotContainKey("set-cookie");
        assertThat(headers.get("content-security-policy"))
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("script-src", "unsafe");
        assertThat(web.get("/pay.css").statusCode()).isEqualTo(200);
    }

    @Test
    void what_is_paid_since_the_message_is_not_asked_for_any_more() {
        Holder holder = links.of("en", "1200.00", "350.00");
        portfolio.pay(holder.invoices().get(0), LocalDate.of(2026, 3, 10), "1200.00");
        portfolio.pay(holder.invoices().get(1), LocalDate.of(2026, 3, 10), "50.00");

        assertThat(web.get(holder.path()).body())
                .contains(
                        "€300.00 is open",
                        "of €350.00",
                        portfolio.invoiceNumber(holder.invoices().get(1)))
                .doesNotContain(portfolio.invoiceNumber(holder.invoices().get(0)));

        portfolio.pay(holder.invoices().get(1), LocalDate.of(2026, 3, 10), "300.00");
        assertThat(web.get(holder.path()).body())
                .contains("Everything is paid", "Thank you!")
                .doesNotContain("IBAN", "<form", "data:image");
    }

    @Test
    void what_the_customer_contests_is_shown_and_not_asked_for() {
        Holder holder = links.of("en", "1200.00", "350.00");
        jdbc.sql("update invoice set disputed = true where id = :id")
                .param("id", holder.invoices().get(0))
                .update();

        assertThat(web.get(holder.path()).body())
                .contains("€350.00 is open", "Being looked into", "€1,200.00")
                .doesNotContain("€1,550.00");
    }

    @Test
    void of_a_plan_the_next_instalment_is_asked_for() {
        Holder holder = links.of("en", "900.00");
        long invoice = holder.invoices().get(0);
        long plan = plan(holder, "2026-03-09", "300.00", "2026-04-09", "300.00", "2026-05-11", "300.00");
        String path = payLinks.make(new org.dunlin.contact.link.PayLink.Occasion(
                        holder.creditor(),
                        holder.customer(),
                        plan,
                        Portfolio.unique("H"),
                        "planAgreed",
                        "EMAIL",
                        holder.invoices()))
                .orElseThrow()
                .getPath();

        assertThat(web.get(path).body())
                .as("the first is due")
                .contains("€300.00 is the next instalment", "Your payment plan");
        portfolio.pay(invoice, LocalDate.of(2026, 3, 10), "100.00");
        assertThat(web.get(path).body()).contains("€200.00 is the next instalment");
        portfolio.pay(invoice, LocalDate.of(2026, 3, 10), "200.00");
        assertThat(web.get(path).body()).contains("€300.00 is the next instalment", ">paid<");
        portfolio.pay(invoice, LocalDate.of(2026, 3, 10), "600.00");
        assertThat(web.get(path).body()).contains("Everything is paid");
    }

    private long plan(Holder holder, String... datesAndAmounts) {
        long id = jdbc.sql(
                        """
                        insert into hold (number, kind, customer_id, creditor_id, reason, starts_on, ends_on, state, raised_at, amount,
                                          currency)
                        values (:number, 'PLAN', :customer, :creditor, 'plan', date '2026-03-01', date '2026-05-11', 'ACTIVE', now(), 900, 'EUR') returning id
                        """)
                .param("number", Portfolio.unique("PLAN"))
                .param("customer", holder.customer())
                .param("creditor", holder.creditor())
                .query(Long.class)
                .single();
        jdbc.sql("insert into hold_invoice (hold_id, invoice_id, open) values (:hold, :invoice, 900)")
                .param("hold", id)
                .param("invoice", holder.invoices().get(0))
                .update();
        for (int i = 0; i < datesAndAmounts.length; i += 2) {
            jdbc.sql(
                            """
                            insert into hold_instalment (hold_id, position, due_on, amount)
                            values (:hold, :position, :on::date, :amount::numeric)
                            """)
                    .param("hold", id)
                    .param("position", i / 2 + 1)
                    .param("on", datesAndAmounts[i])
                    .param("amount", datesAndAmounts[i + 1])
                    .update();
        }
        return id;
    }

    @Test
    void opening_a_link_changes_nothing_however_often_a_program_does_it() {
        Holder holder = links.of("en", "10.00");
        web.get(holder.path());
        String before = everything();
        for (int i = 0; i < 3; i++) {
            web.get(holder.path());
            web.get(holder.path() + "?back");
        }
        assertThat(everything()).isEqualTo(before);
    }

    private String everything() {
        List<String> tables = jdbc.sql(
                        """
                        select table_name from information_schema.tables
                        where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not like 'act_%' order by 1
                        """)
                .query(String.class)
                .list();
        List<String> counts = new ArrayList<>();
        tables.forEach(table -> counts.add(table + " "
                + jdbc.sql("select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from " + table + " t")
                        .query(String.class)
                        .single()));
        return String.join("\n", counts);
    }

    @Test
    void a_link_that_is_forged_mistyped_over_or_gone_has_one_and_the_same_answer() {
        Holder holder = links.of("nl", "10.00");
        String token = holder.path().substring("/pay/".length());
        Holder erased = links.of("nl", "10.00");
        String gone = erased.path();
        jdbc.sql("delete from pay_link where customer_id = :id")
                .param("id", erased.customer())
                .update();

        List<HttpResponse<String>> answers = new ArrayList<>();
        answers.add(web.get("/pay/" + "A".repeat(32), "Accept-Language", "nl-BE,en;q=0.5"));
        answers.add(web.get("/pay/x", "Accept-Language", "nl-BE,en;q=0.5"));
        answers.add(web.get(
                "/pay/" + (token.charAt(0) == 'A' ? 'B' : 'A') + token.substring(1),
                "Accept-Language",
                "nl-BE,en;q=0.5"));
        answers.add(web.get(gone, "Accept-Language", "nl-BE,en;q=0.5"));
        answers.add(web.post(gone, "", "Accept-Language", "nl-BE,en;q=0.5"));
        clock.freezeAt(TUESDAY.plus(Duration.ofDays(181)));
        answers.add(web.get(holder.path(), "Accept-Language", "nl-BE,en;q=0.5"));

        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(404);
        assertThat(answers)
                .extracting(HttpResponse::body)
                .containsOnly(answers.get(0).body());
        assertThat(answers.get(0).body()).contains("Deze link kan niet worden geopend", "lang=\"nl\"");
        clock.freezeAt(TUESDAY.plus(Duration.ofDays(180)));
        assertThat(web.get(holder.path()).statusCode()).as("on its last day").isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "fr-BE, Ce lien ne peut pas être ouvert",
        "de, Dieser Link kann nicht geöffnet werden",
        "'es,de;q=0.5', Dieser Link kann nicht geöffnet werden",
        "es, This link cannot be opened"
    })
    void a_link_that_cannot_be_opened_says_so_in_the_language_of_the_browser(String wanted, String heading) {
        assertThat(web.get("/pay/mistyped", "Accept-Language", wanted).body()).contains(heading);
    }

    @Test
    void who_tries_many_links_gets_no_pages_any_more_and_shuts_nobody_else_out() {
        Holder holder = links.of("en", "10.00");
        clock.freezeAt(TUESDAY.plus(Duration.ofHours(3)));
        List<Integer> answers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            answers.add(web.get("/pay/wrong" + i).statusCode());
        }

        assertThat(answers.subList(0, 20)).containsOnly(404);
        assertThat(answers.subList(32, 40)).containsOnly(429);
        assertThat(web.get(holder.path()).statusCode())
                .as("a right link from the same address")
                .isEqualTo(200);
        assertThat(wrongLinks.tooMany("192.0.2.7")).as("another address").isFalse();
        for (int i = 0; i < 40; i++) {
            wrongLinks.tooMany("2001:db8:1:2:" + i + ":0:0:1");
        }
        assertThat(wrongLinks.tooMany("2001:db8:1:2:ffff:0:0:1"))
                .as("the same house")
                .isTrue();
        clock.freezeAt(TUESDAY.plus(Duration.ofHours(4)));
        assertThat(web.get("/pay/wrong").statusCode()).as("later").isEqualTo(404);
    }

    @Test
    void a_link_outlives_that_its_customer_was_merged_into_another() {
        Holder holder = links.of("en", "10.00");
        long heir = portfolio.customer();

        ledger.mergeCustomers(List.of(new CustomerMergeRow(
                CustomerKey.of(portfolio.customerNumber(holder.customer())),
                CustomerKey.of(portfolio.customerNumber(heir)))));

        assertThat(web.get(holder.path()).body()).contains("€10.00 is open");
        assertThat(jdbc.sql("select count(*) from pay_link where customer_id = :id")
                        .param("id", heir)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    private static String plain(String text) {
        return text.replace('\u00a0', ' ').replace('\u202f', ' ');
    }
}
