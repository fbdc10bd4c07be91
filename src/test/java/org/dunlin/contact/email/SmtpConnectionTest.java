package org.dunlin.contact.email;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import javax.net.SocketFactory;
import org.dunlin.contact.delivery.Handover;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** After every failure it is known whether the server can have the message. */
class SmtpConnectionTest {

    private final ScriptedMailServer server = new ScriptedMailServer();
    private final JavaMailSenderImpl configured = new JavaMailSenderImpl();
    private final SmtpServer smtp;

    SmtpConnectionTest() {
        configured.setHost("127.0.0.1");
        configured.setPort(server.port());
        configured.getJavaMailProperties().put("mail.smtp.timeout", "300");
        smtp = new SmtpServer(configured);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"smtp", "smtps"})
    void the_end_of_a_message_does_not_wait_until_the_server_has_acknowledged_the_rest_of_it(String protocol) {
        assertThat(configured.getJavaMailProperties().get("mail." + protocol + ".socketFactory"))
                .isInstanceOfSatisfying(SocketFactory.class, sockets -> {
                    try (Socket socket = sockets.createSocket()) {
                        assertThat(socket.getTcpNoDelay()).isTrue();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    @Test
    void encryption_from_the_first_byte_on_is_laid_over_such_a_socket() throws Exception {
        GreenMail encrypted = new GreenMail(ServerSetup.SMTPS.dynamicPort());
        encrypted.start();
        try {
            configured.setProtocol("smtps");
            configured.setPort(encrypted.getSmtps().getPort());
            // Its certificate is its own.
            configured.getJavaMailProperties().put("mail.smtps.ssl.trust", "*");
            configured.getJavaMailProperties().put("mail.smtps.ssl.checkserveridentity", "false");

            assertThat(send()).isInstanceOf(Handover.Accepted.class);
            assertThat(encrypted.getReceivedMessages()).hasSize(1);
        } finally {
            encrypted.stop();
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "CONNECT, 554 not today",
        "CONNECT, hang up",
        "CONNECT, silence",
        "MAIL, 451 4.3.0 later",
        "MAIL, 550 5.7.1 sender unknown",
        "MAIL, hang up",
        "MAIL, silence",
        "RCPT, 450 4.2.0 greylisted",
        "RCPT, 554 5.7.1 relaying denied",
        "RCPT, 552 5.2.2 mailbox full",
        "RCPT, hang up",
        "DATA, 451 4.3.0 later",
        "DATA, hang up",
        "DATA, silence",
        "END, 451 4.7.1 later",
        "END, 554 5.6.0 looks like spam"
    })
    void before_the_content_and_with_an_answer_to_it_nothing_was_sent_for_certain(String command, String answer)
            throws Exception {
        server.answers(command, answer);

        assertThat(send()).isInstanceOf(Handover.NotSent.class);
        assertThat(server.accepted()).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"CONTENT, hang up", "END, hang up", "END, silence"})
    void without_an_answer_to_the_content_nobody_can_tell(String command, String answer) throws Exception {
        server.answers(command, answer);

        assertThat(send()).isInstanceOf(Handover.InDoubt.class);
    }

    @Test
    void a_connection_that_ended_without_an_answer_is_told_in_words() throws Exception {
        server.answers("END", "hang up");

        assertThat(send()).isEqualTo(new Handover.InDoubt("The mail server ended the connection without an answer"));
    }

    @ParameterizedTest
    @CsvSource({"550 5.1.1 no such user", "553 bad mailbox name", "550 5.2.1 mailbox disabled", "550 unknown"})
    void an_address_that_is_refused_for_good_is_unusable(String answer) throws Exception {
        server.answers("RCPT", answer);

        assertThat(send()).isInstanceOf(Handover.AddressRefused.class);
    }

    @Test
    void nobody_listening_and_a_wrong_password_are_certain() throws Exception {
        server.answers("EHLO", "250-scripted\r\n250 AUTH PLAIN").answers("AUTH", "535 5.7.8 wrong password");
        configured.setUsername("dunlin");
        configured.setPassword("wrong");
        assertThat(send()).isInstanceOf(Handover.NotSent.class);

        server.close();
        assertThat(send()).isInstanceOf(Handover.NotSent.class);
    }

    @Test
    void one_connection_serves_many_messages() throws Exception {
        try (SmtpConnection connection = smtp.connect()) {
            for (int i = 0; i < 5; i++) {
                assertThat(connection.send(message(connection))).isInstanceOf(Handover.Accepted.class);
            }
        }
        assertThat(server.accepted()).hasSize(5);
        assertThat(server.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"421 too many messages", "hang up"})
    void a_connection_that_the_server_ends_between_two_messages_is_made_again(String answer) throws Exception {
        try (SmtpConnection connection = smtp.connect()) {
            assertThat(connection.send(message(connection))).isInstanceOf(Handover.Accepted.class);
            server.answersOnce("MAIL", answer);

            assertThat(connection.send(message(connection))).isInstanceOf(Handover.Accepted.class);
        }
        assertThat(server.accepted()).hasSize(2);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void after_a_refused_recipient_the_next_message_goes_out_on_the_same_connection() throws Exception {
        try (SmtpConnection connection = smtp.connect()) {
            server.answers("RCPT", "550 5.1.1 no such user");
            assertThat(connection.send(message(connection))).isInstanceOf(Handover.AddressRefused.class);
            server.behavesAgain();

            assertThat(connection.send(message(connection))).isInstanceOf(Handover.Accepted.class);
        }
        assertThat(server.connections()).isEqualTo(1);
    }

    private Handover send() throws Exception {
        try (SmtpConnection connection = smtp.connect()) {
            return connection.send(message(connection));
        }
    }

    private static MimeMessage message(SmtpConnection connection) throws MessagingException {
        MimeMessage message = new MimeMessage(connection.session());
        message.setFrom(new InternetAddress("ar@creditor.example"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress("ap@customer.example"));
        message.setSubject("Test");
        message.setText("Hello\n".repeat(100));
        message.saveChanges();
        return message;
    }
}
