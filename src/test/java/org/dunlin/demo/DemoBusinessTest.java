package org.dunlin.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.dunlin.DunlinTest;
import org.dunlin.platform.clock.DunlinClock;
import org.dunlin.receivables.Ledger;
import org.dunlin.receivables.Signals;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** Taken back after each test, so that the other tests do not find a demo in their database. */
@DunlinTest
@Transactional
class DemoBusinessTest {

    private static final Instant SATURDAY = Instant.parse("2026-11-21T10:00:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-21");

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Ledger ledger;

    @Autowired
    Signals signals;

    @Autowired
    DunlinClock clock;

    DemoBusiness business;

    @BeforeEach
    void a_demo_of_its_own() {
        clock.freezeAt(SATURDAY);
        business = new DemoBusiness(jdbc, ledger, signals, clock);
    }

    @AfterEach
    void go_on() {
        // They would be about the customers of other tests, too.
        jdbc.sql("truncate region_risk, sector_risk, collection_cost").update();
        clock.runFrom(Clock.systemUTC().instant());
    }

    @Test
    void the_portfolio_is_loaded_once() {
        assertThat(business.loadOnce()).isTrue();
        long invoices = count("invoice");
        assertThat(business.loadOnce()).isFalse();

        assertThat(count("invoice")).isEqualTo(invoices);
        assertThat(ofTheDemo("invoice")).isEqualTo(1_500);
        for (String signals : List.of(
                "customer_signal",
                "opportunity",
                "credit_insurance",
                "gross_margin",
                "region_risk",
                "collection_cost")) {
            assertThat(count(signals)).as(signals).isPositive();
        }
    }

    @Test
    void the_ledger_says_what_was_made_up() {
        business.loadOnce();

        DemoPortfolio made =
                PortfolioGenerator.generate(DemoBusiness.SEED, TODAY).until(TODAY);
        assertThat(ofTheDemo("payment")).isEqualTo(made.payments().size());
        assertThat(ofTheDemo("credit_note")).isEqualTo(made.creditNotes().size());
        long overdue = jdbc.sql(
                        """
                        select count(distinct customer_id) from open_invoice(:today) o join creditor k on k.id = o.creditor_id
                        where k.number in ('LNL', 'LBE', 'LWA') and due_on < :today
                        """)
                .param("today", TODAY)
                .query(Long.class)
                .single();
        assertThat(overdue).isBetween(40L, 70L);
    }

    @Test
    void a_later_day_brings_its_own_invoices_and_payments_once() {
        assertThat(business.runOnce()).as("nothing is loaded yet").isZero();
        business.loadOnce();
        assertThat(business.runOnce()).as("still the same day").isZero();

        clock.freezeAt(SATURDAY.plusSeconds(5 * 86_400));

        int booked = business.runOnce();
        assertThat(booked).isPositive();
        assertThat(business.runOnce()).isZero();
        assertThat(ofTheDemo("invoice")).isGreaterThan(1_500);
        assertThat(jdbc.sql("select max(received_on) from payment where source = 'bank'")
                        .query(LocalDate.class)
                        .single())
                .isBetween(TODAY.plusDays(2), TODAY.plusDays(5));
    }

    private long count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }

    private long ofTheDemo(String table) {
        return jdbc.sql("select count(*) from " + table
                        + " t join creditor k on k.id = t.creditor_id where k.number in ('LNL', 'LBE', 'LWA')")
                .query(Long.class)
                .single();
    }
}
