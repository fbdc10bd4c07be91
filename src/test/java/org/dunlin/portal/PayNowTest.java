package org.dunlin.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.dunlin.contact.link.PayLinks;
import org.dunlin.dunning.Debtor;
import org.dunlin.platform.clock.DunlinClock;
import org.dunlin.platform.security.Web;
import org.dunlin.portal.Links.Holder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Paying at once: what the payment service says is paid is booked, once, and nobody else can say so. */
@DunlinTest
class PayNowTest {

    private static final Instant TUESDAY = Instant.parse("2026-03-10T09:00:00Z");
    private static final String PAID_AT = "2026-03-10T23:30:00+00:00";

    @LocalServerPort
    int port;

    @Autowired
    Portfolio portfolio;

    @Autowired
    PayLinks payLinks;

    @Autowired
    MollieDouble mollie;

    @Autowired
    ForgottenPayments forgotten;

    @Autowired
    DunlinClock clock;

    @Autowired
    Debtor debtor;

    @Autowired
    Timeline timeline;

    @Autowired
    Slate slate;

    @Autowired
    JdbcClient jdbc;

    private Links links;
    private Web web;

    @BeforeEach
    void itIsTuesday() {
        clock.freezeAt(TUESDAY);
        mollie.reset();
        jdbc.sql("delete from online_payment").update();
        links = new Links(portfolio, payLinks);
        web = new Web(port);
    }

    @AfterEach
    void timeRunsAgain() {
        mollie.reset();
        jdbc.sql("delete from online_payment").update();
        clock.runFrom(java.time.Clock.systemUTC().instant());
    }

    @Test
    void the_button_leads_to_the_payment_service_with_the_amount_of_this_moment_and_nothing_personal() {
        Holder holder = links.of("nl", "1200.00", "350.00");
        portfolio.pay(holder.invoices().get(0), LocalDate.of(2026, 3, 10), "1200.00");

        HttpResponse<String> answer = press(holder);

        String id = id(holder);
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location"))
                .contains("https://www.mollie.com/checkout/select-method/" + id);
        JsonNode order = mollie.orders().get(0);
        assertThat(order.at("/amount/value").asText()).isEqualTo("350.00");
        assertThat(order.at("/amount/currency").asText()).isEqualTo("EUR");
        assertThat(order.at("/redirectUrl").asText())
                .isEqualTo("https://pay.creditor.example" + holder.path() + "?back");
        assertThat(order.at("/webhookUrl").asText()).isEqualTo("https://pay.creditor.example/webhooks/mollie");
        assertThat(order.at("/locale").asText()).isEqualTo("nl_NL");
        assertThat(order.at("/description").asText()).startsWith("RF");
        assertThat(order.toString())
                .doesNotContain("Sam", portfolio.customerNumber(holder.customer()), "customer.example");
    }

    @Test
    void what_was_paid_is_booked_on_its_day_for_the_invoices_of_the_link_and_the_case_ends() {
        slate.clean();
        timeline.startOn(LocalDate.of(2026, 1, 12));
        debtor.of("NL", 30);
        long invoice = debtor.owes("400.00", LocalDate.of(2026, 1, 13));
        debtor.until(LocalDate.of(2026, 1, 16));
        String mail = jdbc.sql("select body_text from contact where customer_id = :id")
                .param("id", debtor.customer())
                .query(String.class)
                .single();
        String path = mail.substring(mail.indexOf("/pay/"), mail.indexOf("/pay/") + "/pay/".length() + 32);
        assertThat(mail).contains("View and pay: https://pay.creditor.example" + path);

        assertThat(web.post(path, "").statusCode()).isEqualTo(303);
        String id = latestId();
        mollie.paid(id, "2026-01-16T10:00:00+00:00");
        assertThat(tell(id)).isEqualTo(200);

        assertThat(booked(id)).containsExactly("400.0000 on 2026-01-16");
        assertThat(web.get(path + "?back").body()).contains("Your payment has arrived", "Everything is paid");
        assertThat(jdbc.sql("select invoice_id from allocation")
                        .query(Long.class)
                        .list())
                .containsExactly(invoice);
        debtor.onThisEvening();
        assertThat(debtor.cases().values()).containsExactly("CLOSED SETTLED");
    }

    @Test
    void news_that_come_again_at_the_same_time_or_from_anybody_book_nothing_twice() throws Exception {
        Holder holder = links.of("en", "400.00");
        press(holder);
        String id = id(holder);
        mollie.paid(id, PAID_AT);

        ExecutorService many = Executors.newFixedThreadPool(8);
        List<Callable<Integer>> calls = Collections.nCopies(24, () -> tell(id));
        List<Integer> answers = new ArrayList<>();
        for (Future<Integer> answer : many.invokeAll(calls)) {
            answers.add(answer.get());
        }
        many.shutdown();

        assertThat(answers).containsOnly(200);
        assertThat(booked(id)).as("after midnight in Amsterdam").containsExactly("400.0000 on 2026-03-11");
        assertThat(open(holder)).isEqualByComparingTo("0");
    }

    @Test
    void two_clicks_at_once_make_one_payment() throws Exception {
        Holder holder = links.of("en", "400.00");
        ExecutorService two = Executors.newFixedThreadPool(4);
        List<Callable<String>> clicks = Collections.nCopies(
                4, () -> press(holder).headers().firstValue("Location").orElse("none"));
        List<String> pages = new ArrayList<>();
        for (Future<String> page : two.invokeAll(clicks)) {
            pages.add(page.get());
        }
        two.shutdown();

        assertThat(pages).containsOnly(pages.get(0)).doesNotContain("none");
        assertThat(ids(holder)).hasSize(1);
    }

    @Test
    void who_says_that_something_was_paid_is_not_believed() {
        Holder holder = links.of("en", "400.00");
        press(holder);
        String id = id(holder);

        assertThat(tell(id)).as("it is not paid").isEqualTo(200);
        String foreign = mollie.foreign("400.00");
        mollie.paid(foreign, PAID_AT);
        int asked = mollie.asked();
        for (String unknown :
                List.of(foreign, "tr_nobody", "", "' or 1=1 --", "../../payments", "tr_" + "A".repeat(5000))) {
            assertThat(tell(unknown)).as(unknown).isEqualTo(200);
        }

        assertThat(mollie.asked())
                .as("nobody is asked about payments that are not ours")
                .isEqualTo(asked);
        assertThat(jdbc.sql("select count(*) from payment where source = 'mollie' and number in (:a, :b)")
                        .param("a", id)
                        .param("b", foreign)
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(open(holder)).isEqualByComparingTo("400");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 404, 429, 500, 503})
    void where_the_service_cannot_tell_the_news_come_again(int failure) {
        Holder holder = links.of("en", "400.00");
        press(holder);
        String id = id(holder);
        mollie.paid(id, PAID_AT);

        mollie.fails(failure);
        assertThat(tell(id)).isEqualTo(503);
        assertThat(booked(id)).isEmpty();

        mollie.reset();
        assertThat(tell(id)).isEqualTo(200);
        assertThat(booked(id)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 422, 429, 500})
    void where_the_service_makes_no_payment_the_page_says_so_and_shows_the_transfer(int failure) {
        Holder holder = links.of("en", "400.00");
        mollie.fails(failure);

        HttpResponse<String> answer = press(holder);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("Paying online does not work at the moment", "NL91 ABNA 0417 1643 00");
        mollie.reset();
        assertThat(press(holder).statusCode()).as("a moment later").isEqualTo(303);
    }

    @Test
    void a_service_that_is_silent_keeps_nobody_waiting_for_long_and_no_payment_from_being_booked() {
        Holder holder = links.of("en", "400.00");
        mollie.isSilent();
        long before = System.nanoTime();
        assertThat(press(holder).body()).contains("Paying online does not work at the moment");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(3_900));
    }

    @Test
    void what_was_paid_by_transfer_meanwhile_makes_the_rest_money_on_account() {
        Holder holder = links.of("en", "400.00");
        press(holder);
        String id = id(holder);
        portfolio.pay(holder.invoices().get(0), LocalDate.of(2026, 3, 10), "150.00");
        mollie.paid(id, PAID_AT);
        tell(id);

        assertThat(booked(id)).containsExactly("400.0000 on 2026-03-11");
        assertThat(open(holder)).isEqualByComparingTo("0");
        assertThat(jdbc.sql("select amount from on_account where customer_id = :id and amount > 0")
                        .param("id", holder.customer())
                        .query(java.math.BigDecimal.class)
                        .single())
                .isEqualByComparingTo("150");
    }

    @Test
    void a_payment_goes_only_forwards() {
        Holder holder = links.of("en", "400.00");
        press(holder);
        String id = id(holder);
        assertThat(web.get(holder.path() + "?back").body()).contains("Your payment is being processed");
        mollie.status(id, "pending");
        tell(id);
        assertThat(state(id)).isEqualTo("PENDING");
        mollie.status(id, "open");
        tell(id);
        assertThat(state(id)).isEqualTo("PENDING");
        mollie.status(id, "canceled");
        tell(id);
        assertThat(state(id)).isEqualTo("ENDED");
        assertThat(web.get(holder.path() + "?back").body())
                .contains("Your payment was not completed", "€400.00 is open");
        mollie.status(id, "something new");
        tell(id);
        assertThat(state(id)).isEqualTo("ENDED");
        mollie.paid(id, PAID_AT);
        tell(id);
        assertThat(state(id)).as("money counts, whatever was said before").isEqualTo("PAID");
        mollie.status(id, "failed");
        tell(id);
        assertThat(state(id)).isEqualTo("PAID");
        assertThat(booked(id)).hasSize(1);
    }

    @Test
    void what_is_charged_back_is_open_again() {
        Holder holder = links.of("en", "400.00");
        press(holder);
        String id = id(holder);
        mollie.paid(id, "2026-03-10T08:00:00+00:00");
        tell(id);
        mollie.chargedBack(id, "400.00");
        tell(id);
        tell(id);

        assertThat(open(holder)).isEqualByComparingTo("400");
        assertThat(web.get(holder.path()).body()).contains("€400.00 is open");
        assertThat(jdbc.sql(
                                "select sum(r.amount) from payment_return r join payment p on p.id = r.payment_id where p.number = :id")
                        .param("id", id)
                        .query(java.math.BigDecimal.class)
                        .single())
                .isEqualByComparingTo("400");
    }

    @Test
    void a_payment_that_nobody_told_us_about_is_found_all_the_same() {
        Holder holder = links.of("en", "400.00");
        press(holder);
        String id = id(holder);
        mollie.paid(id, PAID_AT);

        assertThat(forgotten.runOnce()).as("it is too early to ask").isZero();
        clock.freezeAt(TUESDAY.plus(Duration.ofMinutes(16)));
        mollie.fails(503);
        assertThat(forgotten.runOnce()).isEqualTo(1);
        assertThat(forgotten.runOnce()).as("not again at once").isZero();
        mollie.reset();
        clock.freezeAt(TUESDAY.plus(Duration.ofMinutes(40)));
        assertThat(forgotten.runOnce()).isEqualTo(1);

        assertThat(booked(id)).hasSize(1);
        clock.freezeAt(TUESDAY.plus(Duration.ofDays(1)));
        assertThat(forgotten.runOnce()).as("it is known").isZero();
    }

    @Test
    void nobody_can_make_payments_without_end() {
        Holder holder = links.of("en", "400.00");
        int made = 0;
        for (int i = 0; i < 12; i++) {
            if (press(holder).statusCode() == 303) {
                made++;
            }
            jdbc.sql("update online_payment set state = 'ENDED'").update();
        }
        assertThat(made).isEqualTo(10);
    }

    private HttpResponse<String> press(Holder holder) {
        return web.post(holder.path(), "", "Content-Type", "application/x-www-form-urlencoded");
    }

    private int tell(String id) {
        return web.post("/webhooks/mollie", "id=" + id, "Content-Type", "application/x-www-form-urlencoded")
                .statusCode();
    }

    private String id(Holder holder) {
        return ids(holder).get(0);
    }

    private String latestId() {
        return jdbc.sql("select service_id from online_payment order by id desc limit 1")
                .query(String.class)
                .single();
    }

    private List<String> ids(Holder holder) {
        return jdbc.sql(
                        """
                        select o.service_id from online_payment o join pay_link l on l.id = o.link_id
                        where l.customer_id = :id order by o.id desc
                        """)
                .param("id", holder.customer())
                .query(String.class)
                .list();
    }

    private String state(String id) {
        return jdbc.sql("select state from online_payment where service_id = :id")
                .param("id", id)
                .query(String.class)
                .single();
    }

    private List<String> booked(String id) {
        return jdbc.sql("select amount || ' on ' || received_on from payment where source = 'mollie' and number = :id")
                .param("id", id)
                .query(String.class)
                .list();
    }

    private java.math.BigDecimal open(Holder holder) {
        return jdbc.sql("select coalesce(sum(open), 0) from open_invoice(date '2026-12-31') where customer_id = :id")
                .param("id", holder.customer())
                .query(java.math.BigDecimal.class)
                .single();
    }
}
