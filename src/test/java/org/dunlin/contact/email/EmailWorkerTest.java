package org.dunlin.contact.email;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.externaltask.ExternalTask;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.contact.Contact;
import org.dunlin.contact.ContactCases;
import org.dunlin.contact.ContactCases.Case;
import org.dunlin.contact.ContactState;
import org.dunlin.dunning.DunningCases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSenderImpl;

@DunlinTest
class EmailWorkerTest {

    @Autowired
    EmailWorker worker;

    @Autowired
    ContactCases cases;

    @Autowired
    DunningCases dunningCases;

    @Autowired
    Portfolio portfolio;

    @Autowired
    ExternalTaskService externalTasks;

    @Autowired
    RuntimeService runtime;

    @Autowired
    JavaMailSenderImpl mailSettings;

    @Autowired
    GreenMail mailServer;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void tuesday() {
        cases.itIs(ContactCases.TUESDAY);
    }

    @AfterEach
    void everythingAsBefore() {
        mailSettings.setPort(mailServer.getSmtp().getPort());
        cases.timeRunsAgain();
    }

    @Test
    void a_reminder_goes_out_is_kept_as_sent_and_the_ladder_goes_on() throws Exception {
        Case dunningCase = cases.waiting("1250.00", "300.00");

        drain();

        assertThat(cases.steps(dunningCase)).containsExactly("afterReminder");
        assertThat(cases.mailsTo(dunningCase)).hasSize(1);
        MimeMessage mail = cases.mailsTo(dunningCase).get(0);
        Contact contact = onlyContact(dunningCase);
        assertThat(contact.state()).isEqualTo(ContactState.SENT);
        assertThat(contact.sentAt()).isEqualTo(ContactCases.TUESDAY);
        assertThat(mail.getSubject()).isEqualTo(contact.subject()).contains("2 invoices");
        assertThat(mail.getMessageID()).isEqualTo(contact.messageId()).contains("contact-" + contact.id() + ".");
        assertThat(mail.getSentDate()).isEqualTo(ContactCases.TUESDAY);
        assertThat(mail.getFrom())
                .extracting(Object::toString)
                .containsExactly("Accounts receivable <ar@creditor.example>");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        MimeMultipart parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getContentType()).contains("multipart/alternative");
        assertThat(normal(parts.getBodyPart(0).getContent())).isEqualTo(normal(contact.bodyText()));
        MimeMultipart related = (MimeMultipart) parts.getBodyPart(1).getContent();
        assertThat(normal(related.getBodyPart(0).getContent()))
                .as("the picture is a part of its own, because mail programs show no data: addresses")
                .isEqualTo(
                        normal(contact.bodyHtml().replaceAll("data:image/png;base64,[^\"]+", "cid:picture-1@dunlin")))
                .contains("cid:picture-1@dunlin");
        assertThat(related.getContentType()).contains("multipart/related");
        assertThat(related.getBodyPart(1).getHeader("Content-ID")).containsExactly("<picture-1@dunlin>");
        assertThat(related.getBodyPart(1).getContentType()).contains("image/png");
        assertThat(contact.bodyHtml()).contains("data:image/png;base64,", "https://pay.creditor.example/pay/");
        assertThat(contact.total()).hasToString("EUR 1550.00");
        assertThat(contact.invoices())
                .extracting(Contact.Line::invoiceId)
                .containsExactlyInAnyOrderElementsOf(dunningCase.invoices());
        assertThat(dunningCases.get(dunningCase.id()).rung()).isEqualTo(10);
        assertThat(dunningCases.get(dunningCase.id()).lastContactAt()).isEqualTo(ContactCases.TUESDAY);
    }

    @ParameterizedTest
    @CsvSource({
        "nl, Herinnering: 2 facturen staan nog open",
        "fr, Rappel : 2 factures sont encore ouvertes",
        "en, Reminder: 2 invoices are still open",
        "de, Erinnerung: 2 Rechnungen sind noch offen"
    })
    void each_customer_reads_their_own_language(String language, String subject) throws Exception {
        Case dunningCase = cases.waiting(portfolio.creditor("BE"), "BE", language, "100.00", "50.00");

        drain();

        MimeMessage mail = cases.mailsTo(dunningCase).get(0);
        assertThat(mail.getSubject().replace('\u00a0', ' ')).isEqualTo(subject);
        assertThat(mail.getHeader("Content-Language")).containsExactly(language);
        assertThat(onlyContact(dunningCase).bodyText()).containsPattern("\\+\\+\\+\\d{3}/\\d{4}/\\d{5}\\+\\+\\+");
    }

    @Test
    void a_payment_committed_before_sending_stops_the_message() {
        Case dunningCase = cases.waiting("1250.00");
        portfolio.pay(dunningCase.invoices().get(0), LocalDate.of(2026, 3, 10), "1250.00");

        drain();

        assertThat(cases.mailsTo(dunningCase)).isEmpty();
        assertThat(onlyContact(dunningCase).state()).isEqualTo(ContactState.CANCELLED);
        assertThat(cases.steps(dunningCase)).containsExactly("sendReminder");
        assertThat(incidents(dunningCase)).isZero();
    }

    @Test
    void what_is_left_below_the_minimum_is_not_asked_for() {
        Case dunningCase = cases.waiting("1250.00");
        portfolio.pay(dunningCase.invoices().get(0), LocalDate.of(2026, 3, 10), "1240.01");

        drain();

        assertThat(cases.mailsTo(dunningCase)).isEmpty();
        assertThat(onlyContact(dunningCase).state()).isEqualTo(ContactState.CANCELLED);
    }

    @Test
    void a_part_payment_lowers_what_the_message_says() throws Exception {
        Case dunningCase = cases.waiting("1250.00");
        portfolio.pay(dunningCase.invoices().get(0), LocalDate.of(2026, 3, 10), "1000.00");

        drain();

        assertThat(onlyContact(dunningCase).total()).hasToString("EUR 250.00");
        assertThat(onlyContact(dunningCase).bodyText()).contains("€250.00 (of €1,250.00)");
        assertThat(cases.mailsTo(dunningCase)).hasSize(1);
    }

    @Test
    void a_disputed_invoice_is_left_out() {
        Case dunningCase = cases.waiting("1250.00", "300.00");
        jdbc.sql("update invoice set disputed = true where id = :id")
                .param("id", dunningCase.invoices().get(1))
                .update();

        drain();

        assertThat(onlyContact(dunningCase).total()).hasToString("EUR 1250.00");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-10T06:59:00Z, 2026-03-10T07:00:00Z", // eight in the morning in the Netherlands
        "2026-03-14T12:00:00Z, 2026-03-16T07:00:00Z", // Saturday
        "2026-04-06T09:00:00Z, 2026-04-07T06:00:00Z" // Easter Monday, and summer time
    })
    void outside_working_hours_a_message_waits_without_becoming_a_failure(Instant now, Instant opening) {
        cases.itIs(now);
        Case dunningCase = cases.waiting("1250.00");

        drain();
        assertThat(cases.mailsTo(dunningCase)).isEmpty();
        assertThat(incidents(dunningCase)).isZero();
        cases.itIs(opening.minusSeconds(1));
        drain();
        assertThat(cases.mailsTo(dunningCase)).isEmpty();
        cases.itIs(opening.plusSeconds(1));
        drain();

        assertThat(cases.mailsTo(dunningCase)).hasSize(1);
        assertThat(onlyContact(dunningCase).attempt()).isEqualTo(1);
    }

    @Test
    void after_a_hold_a_customer_is_left_in_peace_until_the_day_comes_where_the_creditor_is() {
        Case dunningCase = cases.waiting("1250.00");
        jdbc.sql("update dunning_case set speak_from = '2026-03-12' where id = :id")
                .param("id", dunningCase.id())
                .update();

        drain();
        assertThat(onlyContact(dunningCase).detail()).isEqualTo("After a hold nobody is asked before 2026-03-12");
        assertThat(step(dunningCase).getLockExpirationTime()).isEqualTo("2026-03-12T07:00:00Z");
        cases.itIs(Instant.parse("2026-03-12T06:59:59Z"));
        drain();
        assertThat(cases.mailsTo(dunningCase)).isEmpty();
        cases.itIs(Instant.parse("2026-03-12T07:00:01Z"));
        drain();

        assertThat(cases.mailsTo(dunningCase)).hasSize(1);
        assertThat(incidents(dunningCase)).isZero();
    }

    @Test
    void without_an_address_the_letter_goes_instead() {
        Case none = cases.waiting("1250.00");
        jdbc.sql("update contact_person set email = null where customer_id = :id")
                .param("id", none.customer())
                .update();
        Case nonsense = cases.waiting("1250.00");
        jdbc.sql("update contact_person set email = :email where customer_id = :id")
                .param("email", "sam@customer.example\r\nBcc: thief@example.com")
                .param("id", nonsense.customer())
                .update();

        drain();

        assertThat(cases.steps(none)).containsExactly("sendByLetter");
        assertThat(cases.steps(nonsense)).containsExactly("sendByLetter");
        assertThat(onlyContact(none).state()).isEqualTo(ContactState.FAILED);
        assertThat(onlyContact(none).detail()).isEqualTo("No e-mail address");
        assertThat(dunningCases.get(none.id()).lastContactAt()).isNull();
    }

    @Test
    void an_address_that_the_mail_server_refuses_for_good_means_a_letter() throws Exception {
        Case dunningCase = cases.waiting("1250.00");
        try (ScriptedMailServer server = new ScriptedMailServer().answers("RCPT", "550 5.1.1 no such user")) {
            mailSettings.setPort(server.port());
            drain();
        }

        assertThat(cases.steps(dunningCase)).containsExactly("sendByLetter");
        assertThat(onlyContact(dunningCase).detail()).contains("no such user");
    }

    @Test
    void names_cannot_smuggle_headers_or_html_into_a_message() throws Exception {
        Case dunningCase = cases.waiting("1250.00");
        String evil = "Sam <b>\r\nBcc: thief@example.com\r\n\r\n<script>alert(1)</script>";
        jdbc.sql("update contact_person set name = :name where customer_id = :id")
                .param("name", evil)
                .param("id", dunningCase.customer())
                .update();
        jdbc.sql(
                        """
                        update creditor set sender_name = :name, name = :name
                        where id = (select creditor_id from dunning_case where id = :id)
                        """)
                .param("name", evil)
                .param("id", dunningCase.id())
                .update();

        drain();

        assertThat(cases.mailsTo(dunningCase)).hasSize(1);
        MimeMessage mail = cases.mailsTo(dunningCase).get(0);
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getAllRecipients()).hasSize(1);
        assertThat(onlyContact(dunningCase).bodyHtml()).doesNotContain("<script", "<b>");
    }

    @Test
    void a_message_that_is_already_sent_lets_the_step_go_on_and_is_not_sent_again() {
        Case dunningCase = cases.waiting("1250.00");
        jdbc.sql(
                        """
                        insert into contact (case_id, customer_id, creditor_id, occurrence, rung, channel, state, language, claimed_at,
                                             claimed_by, sent_at)
                        select id, customer_id, creditor_id, :occurrence, 10, 'EMAIL', 'SENT', 'en', now(), 'a worker that died', now()
                        from dunning_case where id = :id
                        """)
                .param("occurrence", dunningCase.ladder() + ":sendReminder")
                .param("id", dunningCase.id())
                .update();

        drain();

        assertThat(cases.steps(dunningCase)).containsExactly("afterReminder");
        assertThat(cases.mailsTo(dunningCase)).isEmpty();
    }

    @Test
    void while_the_mail_server_is_down_messages_wait_longer_and_longer_and_then_become_incidents() throws Exception {
        Case dunningCase = cases.waiting("1250.00");
        int closed;
        try (ScriptedMailServer gone = new ScriptedMailServer()) {
            closed = gone.port();
        }
        mailSettings.setPort(closed);

        List<Duration> pauses = new ArrayList<>();
        drain();
        while (step(dunningCase).getRetries() > 0) {
            Instant again = step(dunningCase).getLockExpirationTime().toInstant();
            pauses.add(Duration.between(cases.now(), again));
            cases.itIs(again.plusSeconds(1));
            drain();
        }

        assertThat(pauses).containsExactly(Duration.ofMinutes(5), Duration.ofMinutes(30), Duration.ofHours(2));
        assertThat(incidents(dunningCase)).isEqualTo(1);
        assertThat(cases.contacts(dunningCase)).hasSize(4).allMatch(c -> c.state() == ContactState.FAILED);

        mailSettings.setPort(mailServer.getSmtp().getPort());
        drain();
        assertThat(cases.mailsTo(dunningCase)).as("until somebody says so").isEmpty();
        externalTasks.setRetries(step(dunningCase).getId(), 1);
        drain();

        assertThat(cases.mailsTo(dunningCase)).hasSize(1);
        assertThat(cases.steps(dunningCase)).containsExactly("afterReminder");
        assertThat(incidents(dunningCase)).isZero();
        assertThat(cases.contacts(dunningCase).get(0).attempt()).isEqualTo(5);
    }

    @Test
    void a_poison_row_in_a_batch_of_a_hundred_stops_only_itself() {
        List<Case> batch = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            batch.add(cases.waiting("1250.00"));
        }
        Case noCurrency = batch.get(13);
        jdbc.sql("update dunning_case set currency = 'ZZZ' where id = :id")
                .param("id", noCurrency.id())
                .update();
        Case noSender = batch.get(57);
        jdbc.sql(
                        """
                        update creditor set sender_email = 'nobody'
                        where id = (select creditor_id from dunning_case where id = :id)
                        """)
                .param("id", noSender.id())
                .update();
        Case noCase = batch.get(77);
        runtime.removeVariable(noCase.ladder(), "caseId");
        Case goneStep = batch.get(90);
        runtime.suspendProcessInstanceById(goneStep.ladder());

        drain();

        List<Case> poison = List.of(noCurrency, noSender, noCase, goneStep);
        for (Case dunningCase : batch) {
            boolean bad = poison.contains(dunningCase);
            assertThat(cases.steps(dunningCase)).containsExactly(bad ? "sendReminder" : "afterReminder");
        }
        assertThat(received(batch)).isEqualTo(96);
        assertThat(step(noCurrency).getErrorMessage()).isNotBlank();
        assertThat(step(noSender).getErrorMessage()).contains("sender address");
        assertThat(step(noCase).getErrorMessage()).contains("caseId");
        assertThat(incidents(noCase)).isEqualTo(1);
    }

    @Test
    void a_step_that_found_the_database_shutting_down_is_looked_at_again_and_nobody_is_bothered() {
        Case before = cases.waiting("1250.00");
        Case hit = cases.waiting("1250.00");
        Case after = cases.waiting("1250.00");
        jdbc.sql(
                        """
                        create function shutting_down() returns trigger language plpgsql as $$
                        begin
                            raise exception 'terminating connection due to administrator command' using errcode = '57P01';
                        end $$
                        """)
                .update();
        // DDL takes no parameters.
        jdbc.sql("create trigger shutting_down before insert on contact for each row when (new.case_id = " + hit.id()
                        + ") execute function shutting_down()")
                .update();
        try {
            drain();
        } finally {
            jdbc.sql("drop function shutting_down cascade").update();
        }

        assertThat(cases.steps(before)).containsExactly("afterReminder");
        assertThat(cases.steps(after)).containsExactly("afterReminder");
        assertThat(cases.steps(hit)).containsExactly("sendReminder");
        assertThat(incidents(hit)).isZero();
        assertThat(step(hit).getRetries()).isNull();

        cases.itIs(step(hit).getLockExpirationTime().toInstant().plusSeconds(1));
        drain();

        assertThat(cases.steps(hit)).containsExactly("afterReminder");
        assertThat(cases.mailsTo(hit)).hasSize(1);
    }

    @Test
    void a_sent_message_whose_ladder_cannot_go_on_shows_that_and_is_not_sent_again() {
        Case dunningCase = cases.waitingBeforeABrokenStep("1250.00");

        drain();
        cases.itIs(ContactCases.TUESDAY.plus(Duration.ofMinutes(6)));
        drain();

        assertThat(cases.mailsTo(dunningCase)).hasSize(1);
        assertThat(onlyContact(dunningCase).state()).isEqualTo(ContactState.SENT);
        assertThat(step(dunningCase).getErrorMessage()).contains("cannot go on");
        assertThat(step(dunningCase).getRetries()).isEqualTo(2);
    }

    private long received(List<Case> batch) {
        List<String> addresses = batch.stream().map(Case::address).toList();
        long count = 0;
        for (MimeMessage mail : mailServer.getReceivedMessages()) {
            try {
                String to = mail.getAllRecipients()[0].toString().toLowerCase(Locale.ROOT);
                count += addresses.stream().anyMatch(to::contains) ? 1 : 0;
            } catch (jakarta.mail.MessagingException e) {
                throw new IllegalStateException(e);
            }
        }
        return count;
    }

    private ExternalTask step(Case dunningCase) {
        return externalTasks
                .createExternalTaskQuery()
                .processInstanceId(dunningCase.ladder())
                .singleResult();
    }

    private long incidents(Case dunningCase) {
        return runtime.createIncidentQuery()
                .processInstanceId(dunningCase.ladder())
                .count();
    }

    private Contact onlyContact(Case dunningCase) {
        assertThat(cases.contacts(dunningCase)).hasSize(1);
        return cases.contacts(dunningCase).get(0);
    }

    private static String normal(Object text) {
        return String.valueOf(text).replace("\r\n", "\n").strip();
    }

    private void drain() {
        cases.drain(worker);
    }
}
