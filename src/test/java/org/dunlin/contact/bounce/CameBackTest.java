package org.dunlin.contact.bounce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.dunlin.contact.bounce.BounceProperties.Mailbox;
import org.dunlin.dunning.Debtor;
import org.dunlin.receivables.Receivables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A message that comes back is said another way, and somebody is asked for the right address. */
@DunlinTest
class CameBackTest {

    private static final String MAILBOX = "bounces-" + Portfolio.unique("BOX").toLowerCase(java.util.Locale.ROOT);

    @Autowired
    Debtor debtor;

    @Autowired
    Timeline timeline;

    @Autowired
    Slate slate;

    @Autowired
    GreenMail mails;

    @Autowired
    BounceMailbox mailbox;

    @Autowired
    Bounces bounces;

    @Autowired
    TaskService tasks;

    @Autowired
    Portfolio portfolio;

    @Autowired
    Receivables receivables;

    @Autowired
    JdbcClient jdbc;

    private GreenMailUser postmaster;
    private Mailbox box;

    /** Reminded by mail on Thursday 8 January; a call would be due on Tuesday 13 January. */
    @BeforeEach
    void theCustomerWasReminded() {
        slate.clean();
        jdbc.sql("delete from mailbox_position").update();
        postmaster = mails.setUser(MAILBOX + "@creditor.example", MAILBOX, "secret");
        box = new Mailbox("127.0.0.1", mails.getImap().getPort(), false, MAILBOX, "secret", "INBOX");
        timeline.startOn(LocalDate.of(2026, 1, 5));
        debtor.of("NL", 30).owes("1000.00", LocalDate.of(2026, 1, 6));
        debtor.until(LocalDate.of(2026, 1, 8));
        assertThat(debtor.diary()).containsExactly("2026-01-08 mail at rung 10");
    }

    @AfterEach
    void nobodyHasThatMailbox() {
        mails.getUserManager().deleteUser(postmaster);
    }

    @Test
    void a_mail_that_bounces_goes_by_letter_and_the_wait_counts_from_the_letter() throws Exception {
        deliver(bounce("failed", "5.1.1", "smtp; 550 5.1.1 User unknown"));
        assertThat(mailbox.read(box)).isEqualTo(1);

        debtor.answers("postLetters", Map.of("outcome", "allPosted")).until(LocalDate.of(2026, 1, 9));

        assertThat(log()).containsExactly("10 EMAIL SENT", "10 LETTER SENT");
        assertThat(jdbc.sql("select followed_at is not null from contact_bounce")
                        .query(Boolean.class)
                        .single())
                .isTrue();
        debtor.until(LocalDate.of(2026, 1, 13));
        assertThat(debtor.diary())
                .as("three working days after the letter, not the mail")
                .noneMatch(this::isCall);
        debtor.until(LocalDate.of(2026, 1, 14));
        assertThat(debtor.diary()).last().isEqualTo("2026-01-14 callCustomer for juniorCollectors");
    }

    @Test
    void somebody_is_asked_for_the_address_once_and_the_next_mail_uses_what_they_find() throws Exception {
        deliver(bounce("failed", "5.1.1", "smtp; 550 5.1.1 User unknown"));
        deliver(bounce("failed", "5.1.1", "smtp; 550 5.1.1 User unknown"));
        mailbox.read(box);
        timeline.settleDown();

        Task asked = asked();
        Map<String, Object> shown = tasks.getVariablesLocal(asked.getId());
        assertThat(shown.get("wrongAddress").toString()).contains("@");
        assertThat(shown.get("wrongReason")).isEqualTo("The mail came back: 5.1.1 smtp; 550 5.1.1 User unknown");
        tasks.complete(asked.getId(), Map.of("outcome", "corrected", "correctEmail", "right@customer.example"));

        assertThat(receivables
                        .customer(debtor.customer())
                        .byEmail()
                        .orElseThrow()
                        .email())
                .isEqualTo("right@customer.example");
        assertThat(tasks.createTaskQuery().taskDefinitionKey("correctDetails").count())
                .isZero();
    }

    @Test
    void what_a_person_enters_wrongly_is_refused_and_the_task_stays() throws Exception {
        deliver(bounce("failed", "5.1.1", "smtp; 550 5.1.1 User unknown"));
        mailbox.read(box);
        timeline.settleDown();
        String asked = asked().getId();

        assertThatThrownBy(
                        () -> tasks.complete(asked, Map.of("outcome", "corrected", "correctEmail", "not an address")))
                .hasMessageContaining("name@company.example");
        assertThatThrownBy(() -> tasks.complete(asked, Map.of("outcome", "corrected")))
                .hasMessageContaining("Enter what is right");
        assertThatThrownBy(() -> tasks.complete(asked, Map.of("outcome", "corrected", "correctCity", "Utrecht")))
                .hasMessageContaining("street and city");
        assertThat(asked().getId()).isEqualTo(asked);
    }

    @Test
    void a_full_mailbox_sends_a_letter_and_leaves_the_address_alone() throws Exception {
        deliver(bounce("failed", "5.2.2", "smtp; 552 5.2.2 Mailbox full"));
        mailbox.read(box);
        debtor.until(LocalDate.of(2026, 1, 9));

        assertThat(tasks.createTaskQuery().taskDefinitionKey("correctDetails").count())
                .isZero();
        assertThat(waitingLetters()).isEqualTo(1);
    }

    @Test
    void a_delay_an_absence_note_and_somebody_elses_bounce_change_nothing() throws Exception {
        deliver(bounce("delayed", "4.4.1", "smtp; 421 4.4.1 Try later"));
        deliver("From: someone@customer.example\r\nSubject: Absent\r\n\r\nI am away.\r\n");
        deliver(bounce("failed", "5.1.1", "smtp; 550 5.1.1").replace(messageId(), "<other@somewhere.example>"));

        assertThat(mailbox.read(box)).isEqualTo(3);
        assertThat(mailbox.read(box)).as("what was read is not read again").isZero();
        timeline.settleDown();

        assertThat(jdbc.sql("select count(*) from contact_bounce")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void after_a_later_conversation_nothing_is_said_again() throws Exception {
        debtor.answers("callCustomer", Map.of("outcome", "refuses")).until(LocalDate.of(2026, 1, 13));
        deliver(bounce("failed", "5.1.1", "smtp; 550 5.1.1 User unknown"));
        mailbox.read(box);
        debtor.until(LocalDate.of(2026, 1, 14));

        assertThat(asked()).isNotNull();
        assertThat(waitingLetters()).isZero();
    }

    @Test
    void a_paid_case_has_nothing_to_say_but_the_address_is_asked_for() throws Exception {
        deliver(bounce("failed", "5.1.1", "smtp; 550 5.1.1 User unknown"));
        portfolio.pay(
                jdbc.sql("select id from invoice").query(Long.class).single(), LocalDate.of(2026, 1, 8), "1000.00");
        mailbox.read(box);
        timeline.settleDown();

        assertThat(asked()).isNotNull();
        assertThat(waitingLetters()).isZero();
    }

    @Test
    void what_a_bounce_says_is_text_and_one_that_is_forged_or_cannot_be_kept_stops_only_itself() throws Exception {
        String ours = messageId();
        String guessed = ours.replaceFirst("\\.[^@]*", ".00000000-0000-0000-0000-000000000000");
        assertThat(guessed).isNotEqualTo(ours);
        for (String forged : List.of(guessed, "<' or '1'='1>", "%", "<nul\u0000@creditor.example>", "")) {
            deliver(bounce("failed", "5.1.1", "smtp; 550 5.1.1").replace(ours, forged));
        }
        deliver(bounce("failed", "5.1.1", "smtp; 550 5.1.1")
                .replace(ours, guessed)
                .replace("--b1--", ""));
        deliver(
                "Content-Type: multipart/report; boundary=\r\n\r\n--\r\nContent-Type: message/delivery-status\r\n\r\n\u0000");
        assertThat(mailbox.read(box)).as("each is read once").isEqualTo(7);
        assertThat(jdbc.sql("select count(*) from contact_bounce")
                        .query(Integer.class)
                        .single())
                .isZero();

        deliver(
                bounce(
                        "failed",
                        "5.1.1",
                        "smtp; <script>alert(1)</script> **[pay](https://evil.example)** ${7*7} \u0007'; drop table contact; --"));
        assertThat(mailbox.read(box)).isEqualTo(1);
        timeline.settleDown();

        assertThat((String) tasks.getVariable(asked().getId(), "wrongReason"))
                .contains("script", "${7·7}", "'; drop table contact; --")
                .doesNotContain("<", "[", "*", "\u0007");
    }

    private boolean isCall(String entry) {
        return entry.contains("callCustomer");
    }

    private Task asked() {
        return tasks.createTaskQuery().taskDefinitionKey("correctDetails").singleResult();
    }

    private long waitingLetters() {
        return jdbc.sql("select count(*) from contact where channel = 'LETTER'")
                .query(Long.class)
                .single();
    }

    private String messageId() {
        return jdbc.sql("select message_id from contact where channel = 'EMAIL'")
                .query(String.class)
                .single();
    }

    private List<String> log() {
        return jdbc.sql("select rung || ' ' || channel || ' ' || state from contact order by id")
                .query(String.class)
                .list();
    }

    private void deliver(String mail) throws Exception {
        postmaster.deliver(new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(mail.getBytes(StandardCharsets.US_ASCII))));
    }

    /** As RFC 3464 describes it. */
    private String bounce(String action, String status, String said) {
        return """
               From: MAILER-DAEMON@mx.customer.example
               To: %s@creditor.example
               Subject: Undelivered Mail Returned to Sender
               MIME-Version: 1.0
               Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

               --b1
               Content-Type: text/plain

               I am sorry to inform you that your message could not be delivered.

               --b1
               Content-Type: message/delivery-status

               Reporting-MTA: dns; mx.customer.example

               Final-Recipient: rfc822; someone@customer.example
               Action: %s
               Status: %s
               Diagnostic-Code: %s

               --b1
               Content-Type: text/rfc822-headers

               Message-ID: %s
               Subject: Reminder

               --b1--
               """
                .formatted(MAILBOX, action, status, said, messageId())
                .replace("\n", "\r\n");
    }
}
