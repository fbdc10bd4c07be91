package org.dunlin.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.dunlin.DunlinTest;
import org.dunlin.platform.DunlinProperties;
import org.dunlin.platform.clock.DunlinClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;

@DunlinTest
class ClockControllerTest {

    private static final Instant NOON = Instant.parse("2026-03-28T12:00:00Z");

    @Autowired
    DunlinClock clock;

    @Autowired
    TimeMachine timeMachine;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestRestTemplate http;

    ClockController inTheDemo;

    @BeforeEach
    void a_clock_that_runs() {
        clock.runFrom(NOON);
        inTheDemo = new ClockController(
                clock,
                timeMachine,
                new DunlinProperties(
                        new DunlinProperties.Database(null, null, null, null),
                        Path.of("data"),
                        null,
                        true,
                        null,
                        false,
                        new DunlinProperties.Admin(null, null)));
    }

    @AfterEach
    void go_on() {
        clock.runFrom(Clock.systemUTC().instant());
        jdbc.sql("delete from clock_setting").update();
    }

    @Test
    void the_clock_moves_by_days_runs_on_from_there_and_a_restart_keeps_it() {
        Journey journey = (Journey) inTheDemo.move(2).getBody();

        Instant evening = Instant.parse("2026-03-30T18:00:00Z");
        assertThat(journey.to()).isEqualTo(evening);
        assertThat(journey.days()).hasSize(2);
        assertThat(clock.standsStill()).isFalse();
        assertThat(clock.instant()).isBetween(evening, evening.plusSeconds(60));
        Duration kept = jdbc.sql("select extract(epoch from moved_by)::bigint from clock_setting")
                .query((row, n) -> Duration.ofSeconds(row.getLong(1)))
                .single();
        assertThat(kept).isBetween(Duration.ofHours(54).minusMinutes(1), Duration.ofHours(54));
    }

    @Test
    void it_moves_by_one_to_four_hundred_days() {
        assertThat(inTheDemo.move(0).getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(inTheDemo.move(401).getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
    }

    @Test
    void without_demo_the_clock_stays_and_says_so() {
        ResponseEntity<String> refused = admin().postForEntity("/api/demo/clock?days=1", null, String.class);

        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(refused.getBody()).contains("Only in the demo");
        assertThat(admin().getForEntity("/api/demo/clock", String.class).getBody())
                .contains("\"movable\":false", "\"now\":\"2026-03-28T12:0");
    }

    @Test
    void nobody_moves_it_without_login() {
        assertThat(http.postForEntity("/api/demo/clock?days=1", null, String.class)
                        .getStatusCode())
                .isEqualTo(HttpStatus.UNAUTHORIZED);
        assertThat(http.getForEntity("/api/demo/clock", String.class).getStatusCode())
                .isEqualTo(HttpStatus.UNAUTHORIZED);
    }

    private TestRestTemplate admin() {
        return http.withBasicAuth("admin", "a-test-password");
    }
}
