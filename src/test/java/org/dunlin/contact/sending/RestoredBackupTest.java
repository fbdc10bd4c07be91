package org.dunlin.contact.sending;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.dunlin.DunlinTest;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.dunlin.dunning.Debtor;
import org.dunlin.platform.DunlinProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Promise R4: a restored back-up sends nothing by itself. */
@DunlinTest
class RestoredBackupTest {

    @Autowired
    RestoredBackup backup;

    @Autowired
    Sending sending;

    @Autowired
    DunlinProperties properties;

    @Autowired
    Debtor debtor;

    @Autowired
    Timeline timeline;

    @Autowired
    Slate slate;

    @Autowired
    JdbcClient jdbc;

    private Path file;

    @BeforeEach
    void aReminderIsDueOnThursday() {
        file = properties.data().resolve("last-message");
        slate.clean();
        backup.run();
        sending.release("test");
        backup.sent();
        timeline.startOn(LocalDate.of(2026, 1, 5));
        debtor.of("NL", 30).owes("1000.00", LocalDate.of(2026, 1, 6));
    }

    @AfterEach
    void everythingLeavesAgain() {
        sending.release("test");
        backup.run();
        backup.sent();
    }

    @Test
    void an_ordinary_start_stops_nothing() {
        backup.run();

        assertThat(sending.isStopped()).isFalse();
        debtor.until(LocalDate.of(2026, 1, 8));
        assertThat(debtor.diary()).containsExactly("2026-01-08 mail at rung 10");
    }

    @Test
    void from_a_database_that_was_restored_elsewhere_nothing_leaves_until_it_is_released() {
        jdbc.sql("update installation set database_oid = database_oid + 1").update();
        backup.run();

        assertThat(sending.state().because()).contains("restored from a back-up");
        debtor.until(LocalDate.of(2026, 1, 9));
        assertThat(debtor.diary()).isEmpty();
        backup.run();
        assertThat(sending.isStopped())
                .as("starting once more releases nothing")
                .isTrue();

        assertThat(sending.release("admin")).isTrue();
        debtor.onThisEvening();
        assertThat(debtor.diary()).containsExactly("2026-01-09 mail at rung 10");
        assertThat(sending.state().releasedBy()).isEqualTo("admin");
    }

    @Test
    void a_recovery_to_a_point_in_time_is_noticed() {
        jdbc.sql("update installation set timeline = timeline + 1").update();
        backup.run();

        assertThat(sending.isStopped()).isTrue();
    }

    @Test
    void a_database_that_knows_less_than_was_sent_from_here_was_restored() throws Exception {
        debtor.until(LocalDate.of(2026, 1, 8));
        long sent = Long.parseLong(Files.readString(file));
        assertThat(sent).as("noted with the message").isPositive();
        backup.run();
        assertThat(sending.isStopped()).isFalse();

        jdbc.sql("delete from contact_invoice").update();
        jdbc.sql("delete from contact").update();
        backup.run();

        assertThat(sending.state().because()).contains("more messages were sent");
    }
}
