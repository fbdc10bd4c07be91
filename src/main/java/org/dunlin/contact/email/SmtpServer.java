package org.dunlin.contact.email;

import jakarta.mail.MessagingException;
import java.util.Properties;
import org.eclipse.angus.mail.util.MailStreamProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;

/**
 * The mail server of {@code spring.mail}. Where the configuration does not say otherwise, time-outs are short, because a
 * customer's payments wait while a message to them is on its way, and an encrypted connection is used if the server offers it.
 */
@Component
public class SmtpServer {

    private static final String CONNECT_MILLIS = "5000";
    private static final String ANSWER_MILLIS = "10000";

    /** Setting of Jakarta Mail: who encodes and decodes. */
    private static final String STREAM_PROVIDER = "jakarta.mail.util.StreamProvider";

    private static final Logger log = LoggerFactory.getLogger(SmtpServer.class);

    static {
        // Not said, it is searched for on the class path anew for each part of each message.
        if (System.getProperty(STREAM_PROVIDER) == null) {
            System.setProperty(STREAM_PROVIDER, MailStreamProvider.class.getName());
        }
    }

    private final JavaMailSenderImpl server;

    SmtpServer(JavaMailSenderImpl server) {
        this.server = server;
        Properties settings = server.getJavaMailProperties();
        for (String protocol : new String[] {"mail.smtp.", "mail.smtps."}) {
            settings.putIfAbsent(protocol + "connectiontimeout", CONNECT_MILLIS);
            settings.putIfAbsent(protocol + "timeout", ANSWER_MILLIS);
            settings.putIfAbsent(protocol + "writetimeout", ANSWER_MILLIS);
            settings.putIfAbsent(protocol + "starttls.enable", "true");
            // For smtps the encryption is laid over such a socket.
            settings.putIfAbsent(protocol + "socketFactory", new PromptSockets());
            settings.putIfAbsent(protocol + "socketFactory.fallback", "false");
        }
    }

    /** A connection, made before any customer is locked. When that fails, each message sent over it says so. */
    public SmtpConnection connect() {
        SmtpConnection connection = new SmtpConnection(server);
        try {
            connection.connect();
        } catch (MessagingException e) {
            log.warn("The mail server is out of reach: {}", SmtpConnection.text(e));
        }
        return connection;
    }
}
