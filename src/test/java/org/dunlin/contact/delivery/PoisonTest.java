package org.dunlin.contact.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.RuntimeService;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.contact.Channel;
import org.dunlin.contact.ContactCases;
import org.dunlin.contact.ContactCases.Case;
import org.dunlin.contact.ContactState;
import org.dunlin.contact.Workers;
import org.dunlin.platform.engine.Worker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Promise R6 for text messages, calls and letters: a poison row stops only itself. E-mails and dossiers have their own among their other tests. */
@DunlinTest
class PoisonTest {

    @Autowired
    List<Worker> workers;

    @Autowired
    ContactCases cases;

    @Autowired
    Portfolio portfolio;

    @Autowired
    RuntimeService runtime;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void tuesday() {
        cases.itIs(ContactCases.TUESDAY);
    }

    @AfterEach
    void everythingAsBefore() {
        cases.timeRunsAgain();
    }

    @ParameterizedTest
    @CsvSource({"SMS, SmsWorker, SENT", "VOICE, VoiceWorker, SENT", "LETTER, LetterWorker, READY"})
    void one_of_a_hundred_that_cannot_be_worded_or_has_no_case_stops_only_itself(
            Channel channel, String worker, ContactState done) {
        long creditor = portfolio.creditor("NL");
        List<Case> batch = IntStream.range(0, 100)
                .mapToObj(i -> cases.waitingFor(channel, creditor, "NL", "en", "1250.00"))
                .toList();
        Case noCurrency = batch.get(13);
        jdbc.sql("update dunning_case set currency = 'ZZZ' where id = :id")
                .param("id", noCurrency.id())
                .update();
        Case noCase = batch.get(57);
        runtime.removeVariable(noCase.ladder(), "caseId");
        Case suspended = batch.get(90);
        runtime.suspendProcessInstanceById(suspended.ladder());

        cases.drain(Workers.named(worker, workers));

        List<Case> poison = List.of(noCurrency, noCase, suspended);
        for (Case dunningCase : batch) {
            boolean bad = poison.contains(dunningCase);
            assertThat(cases.steps(dunningCase)).containsExactly(bad ? "sendReminder" : "afterReminder");
            if (!bad) {
                assertThat(cases.contacts(dunningCase)).singleElement().satisfies(contact -> assertThat(contact.state())
                        .isEqualTo(done));
            }
        }
        assertThat(runtime.createIncidentQuery()
                        .processInstanceId(noCase.ladder())
                        .count())
                .as("an operator sees it")
                .isEqualTo(1);
    }
}
