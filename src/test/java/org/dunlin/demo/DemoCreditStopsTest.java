package org.dunlin.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.dunlin.DunlinTest;
import org.dunlin.Slate;
import org.dunlin.platform.clock.DunlinClock;
import org.dunlin.receivables.Ledger;
import org.dunlin.receivables.Signals;
import org.dunlin.scoring.CreditStops;
import org.dunlin.scoring.Profiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The demo shows credit stops, but they stay the exception. */
@DunlinTest
class DemoCreditStopsTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 10, 7);

    @Autowired
    Slate slate;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Ledger ledger;

    @Autowired
    Signals signals;

    @Autowired
    Profiles profiles;

    @Autowired
    CreditStops stops;

    @Autowired
    DunlinClock clock;

    @BeforeEach
    void the_demo_alone_in_the_database() {
        empty();
        clock.freezeAt(Instant.parse("2026-10-07T09:00:00Z"));
        DemoBusiness business = new DemoBusiness(jdbc, ledger, signals, clock);
        transaction.executeWithoutResult(status -> business.loadOnce());
    }

    @AfterEach
    void tidy_up() {
        empty();
        clock.runFrom(Clock.systemUTC().instant());
    }

    @Test
    void a_few_customers_of_the_demo_are_stopped() {
        profiles.refreshAll(TODAY);
        stops.applyAll(TODAY);

        List<String> reasons = jdbc.sql("select reason from credit_stop order by reason")
                .query(String.class)
                .list();
        long customers = jdbc.sql("select count(distinct customer_id) from credit_stop")
                .query(Long.class)
                .single();
        assertThat(customers).as("stopped for %s", reasons).isBetween(3L, 20L);
    }

    private void empty() {
        slate.clean();
        jdbc.sql("delete from system_mark where name like 'demo.%'").update();
    }
}
