package org.dunlin.agency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.RuntimeService;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Timeline;
import org.dunlin.agency.AgencyCrashPoint.Point;
import org.dunlin.agency.AgencyCrashes.Crash;
import org.dunlin.platform.clock.DunlinClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** A message to an agency goes out at most once, or somebody is asked; into a folder exactly once. */
@DunlinTest
class AgencyDeliveryTest {

    private static final String BENELUX = "benelux-incasso.example";

    @Autowired
    AgencyDesk desk;

    @Autowired
    AgencyWorker worker;

    @Autowired
    AgencyCrashes crashes;

    @Autowired
    Agencies agencies;

    @Autowired
    Timeline timeline;

    @Autowired
    DunlinClock clock;

    @Autowired
    Portfolio portfolio;

    @Autowired
    ExternalTaskService externalTasks;

    @Autowired
    RuntimeService runtime;

    @Autowired
    JavaMailSenderImpl mailSettings;

    @Autowired
    JdbcClient jdbc;

    private final int goodPort;

    @Autowired
    AgencyDeliveryTest(JavaMailSenderImpl mailSettings) {
        this.goodPort = mailSettings.getPort();
    }

    @AfterEach
    void everythingAsBefore() {
        mailSettings.setPort(goodPort);
    }

    @ParameterizedTest
    @CsvSource({"CLAIMED", "DELIVERED"})
    void a_node_that_dies_while_it_fills_a_folder_leaves_the_file_there_once_and_tells_what_may_be_old_in_it(
            Point point) throws IOException {
        Path folder = agencies.get("advocaten-van-rijn").folder();
        desk.aboutToGo("200.00");
        desk.confirm("advocaten-van-rijn");
        dieAt(point);
        later(Duration.ofMinutes(20));

        assertThat(desk.messages()).first().isEqualTo("HAND_OVER SENT");
        assertThat(desk.tasks()).containsExactly("recordAgencyResult");
        byte[] there = Files.readAllBytes(folder.resolve(desk.reference() + ".zip"));
        assertThat(jdbc.sql("select attachment from agency_message where kind = 'HAND_OVER'")
                        .query((row, n) -> row.getBytes(1))
                        .single())
                .as("kept as it is there")
                .isEqualTo(there);
        if (point == Point.DELIVERED) {
            assertThat(desk.messages())
                    .as("the amounts in the file may be older than the records: told again")
                    .containsExactly("HAND_OVER SENT", "PAYMENT SENT");
        } else {
            assertThat(desk.messages()).hasSize(1);
        }
    }

    @Test
    void raising_the_retries_alone_sends_nothing_and_found_to_be_there_it_counts_from_then() {
        desk.aboutToGo("200.00");
        desk.confirm("benelux-incasso");
        dieAt(Point.DELIVERED);
        later(Duration.ofMinutes(20));
        later(Duration.ofHours(5));
        assertThat(desk.mailsTo(BENELUX)).hasSize(1);

        desk.complete("clarifyDelivery", Map.of("outcome", "wasSent", "note", "They have it"));
        timeline.settleDown();
        assertThat(desk.mailsTo(BENELUX)).hasSize(1);
        assertThat(desk.messages()).first().isEqualTo("HAND_OVER SENT");
        assertThat(desk.fileState()).isEqualTo("HANDED_OVER");
        assertThat(desk.tasks()).containsExactly("recordAgencyResult");
    }

    @Test
    void found_not_to_be_there_it_goes_again() {
        desk.aboutToGo("200.00");
        desk.confirm("benelux-incasso");
        dieAt(Point.ABOUT_TO_DELIVER);
        later(Duration.ofMinutes(20));
        desk.complete("clarifyDelivery", Map.of("outcome", "sendAgain"));
        timeline.settleDown();

        assertThat(desk.mailsTo(BENELUX)).hasSize(1);
        assertThat(desk.messages()).containsExactly("HAND_OVER SENT");
        assertThat(desk.tasks()).containsExactly("recordAgencyResult");
    }

    @Test
    void payment_while_nobody_knows_whether_the_dossier_is_there_recalls_it_to_be_sure() {
        long invoice = desk.aboutToGo("200.00").get(0);
        desk.confirm("benelux-incasso");
        dieAt(Point.DELIVERED);
        later(Duration.ofMinutes(20));
        portfolio.pay(invoice, AgencyDesk.CONFIRM, "200.00");
        timeline.settleDown();

        assertThat(desk.debtor().cases().values()).containsExactly("CLOSED SETTLED");
        assertThat(desk.tasks()).isEmpty();
        assertThat(desk.messages()).containsExactly("HAND_OVER UNKNOWN", "RECALL SENT");
        assertThat(AgencyDesk.text(desk.mailsTo(BENELUX).get(1))).contains("nooit ontvangen");
    }

    @Test
    void a_mail_server_that_is_away_is_tried_again_and_then_an_incident_and_nothing_is_lost() {
        long invoice = desk.handedOver("benelux-incasso", "200.00").get(0);
        mailSettings.setPort(1);
        portfolio.pay(invoice, AgencyDesk.CONFIRM, "200.00");
        assertThat(desk.debtor().cases().values()).as("the case has ended").containsExactly("CLOSED SETTLED");
        timeline.settleDown();
        for (Duration pause : List.of(Duration.ofMinutes(6), Duration.ofMinutes(31), Duration.ofHours(3))) {
            assertThat(runtime.createIncidentQuery().count()).isZero();
            later(pause);
        }
        assertThat(desk.messages()).containsExactly("HAND_OVER SENT", "RECALL FAILED");
        assertThat(runtime.createIncidentQuery().singleResult().getIncidentMessage())
                .startsWith("No connection to the mail server");

        mailSettings.setPort(goodPort);
        externalTasks.setRetries(
                externalTasks.createExternalTaskQuery().singleResult().getId(), 1);
        timeline.settleDown();
        assertThat(desk.messages()).containsExactly("HAND_OVER SENT", "RECALL SENT");
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKey("tellAgency")
                        .count())
                .isZero();
    }

    @Test
    void a_folder_that_cannot_be_written_is_an_incident_with_a_reason() throws IOException {
        Path folder = agencies.get("advocaten-van-rijn").folder();
        desk.aboutToGo("200.00");
        desk.confirm("advocaten-van-rijn");
        Path hidden = folder.resolveSibling(folder.getFileName() + "-hidden");
        boolean there = Files.exists(folder);
        if (there) {
            Files.move(folder, hidden);
        }
        Files.createDirectories(folder.getParent());
        Files.writeString(folder, "a file where the folder should be");
        try {
            timeline.settleDown();
            assertThat(desk.messages()).containsExactly("HAND_OVER FAILED");
            assertThat(externalTasks.createExternalTaskQuery().singleResult().getRetries())
                    .isEqualTo(3);
        } finally {
            Files.delete(folder);
            if (there) {
                Files.move(hidden, folder);
            }
        }
        later(Duration.ofMinutes(6));
        assertThat(desk.messages()).containsExactly("HAND_OVER SENT");
    }

    private void dieAt(Point point) {
        crashes.at(point);
        assertThatThrownBy(() -> worker.runOnce()).isInstanceOf(Crash.class);
    }

    private void later(Duration passed) {
        clock.freezeAt(clock.instant().plus(passed));
        timeline.settleDown();
    }
}
