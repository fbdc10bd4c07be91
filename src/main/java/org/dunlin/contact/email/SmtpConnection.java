package org.dunlin.contact.email;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import org.dunlin.contact.delivery.FailureText;
import org.dunlin.contact.delivery.Handover;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.util.StringUtils;

/**
 * One connection to the mail server, for a batch of messages. What matters here is to know after a failure whether the server
 * can have the message: it takes responsibility with its answer to the end of the content (RFC 5321, 4.2.5), and not before.
 */
public final class SmtpConnection implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SmtpConnection.class);

    private static final int CLOSING = 421;

    private final JavaMailSenderImpl server;
    private @Nullable PhasedTransport transport;
    private @Nullable MessagingException unreachable;
    private boolean broken;

    SmtpConnection(JavaMailSenderImpl server) {
        this.server = server;
    }

    /** The session that messages for this connection are made in. */
    public Session session() {
        return server.getSession();
    }

    /**
     * Connects if there is no connection yet. A server that was out of reach once is not asked again in this batch: every
     * message would wait for it, and a customer's payments with the message.
     *
     * @throws MessagingException when the server is out of reach or does not accept the login
     */
    void connect() throws MessagingException {
        if (unreachable != null) {
            throw unreachable;
        }
        if (transport == null) {
            PhasedTransport fresh = new PhasedTransport(server.getSession(), protocol(), server.getHost());
            try {
                fresh.connect(
                        server.getHost(), server.getPort(), user(server.getUsername()), user(server.getPassword()));
            } catch (MessagingException e) {
                unreachable = e;
                throw e;
            }
            transport = fresh;
        }
    }

    public Handover send(MimeMessage message) {
        boolean used = transport != null;
        Handover handover = offer(message);
        // A server may end a connection between two messages; the message deserves a fresh one before it counts as
        // failed.
        if (used && broken && handover instanceof Handover.NotSent) {
            return offer(message);
        }
        return handover;
    }

    private Handover offer(MimeMessage message) {
        broken = false;
        try {
            connect();
        } catch (MessagingException e) {
            return new Handover.NotSent("No connection to the mail server: " + text(e));
        }
        PhasedTransport connected = Objects.requireNonNull(transport);
        connected.phase = Phase.ENVELOPE;
        try {
            connected.sendMessage(message, message.getAllRecipients());
            return new Handover.Accepted();
        } catch (MessagingException | RuntimeException e) {
            Handover handover = judge(e, connected.phase);
            broken = refusal(e) == null && (code(e) < 0 || code(e) == CLOSING);
            if (!(handover instanceof Handover.AddressRefused)) {
                close();
            }
            return handover;
        }
    }

    private static Handover judge(Exception failure, Phase phase) {
        return switch (phase) {
            case ENVELOPE -> {
                SMTPAddressFailedException refused = refusal(failure);
                yield refused != null && isForGood(refused)
                        ? new Handover.AddressRefused(text(refused))
                        : new Handover.NotSent(text(refused != null ? refused : failure));
            }
            case CONTENT -> new Handover.InDoubt(text(failure));
            case END ->
                code(failure) >= 400 ? new Handover.NotSent(text(failure)) : new Handover.InDoubt(text(failure));
            case ACCEPTED -> new Handover.Accepted();
        };
    }

    /** 5xx, but neither a full mailbox (RFC 5321, 4.5.3.1.10) nor a policy against us (RFC 3463, x.7.x): those can change. */
    private static boolean isForGood(SMTPAddressFailedException refused) {
        String answer = refused.getMessage() == null ? "" : refused.getMessage();
        return refused.getReturnCode() >= 500
                && refused.getReturnCode() != 552
                && !answer.contains(" 5.7.")
                && !answer.contains(" 5.2.2");
    }

    private static @Nullable SMTPAddressFailedException refusal(Exception failure) {
        for (Exception e = failure; e instanceof MessagingException m; e = m.getNextException()) {
            if (e instanceof SMTPAddressFailedException refused) {
                return refused;
            }
        }
        return null;
    }

    private static int code(Exception failure) {
        return failure instanceof SMTPSendFailedException refused ? refused.getReturnCode() : -1;
    }

    /** In words for whoever has to find out; the mail library names the end of a connection {@code [EOF]}. */
    public static String text(Exception failure) {
        String text = FailureText.of(failure);
        return text.contains("[EOF]") ? "The mail server ended the connection without an answer" : text;
    }

    @Override
    public void close() {
        PhasedTransport open = transport;
        transport = null;
        if (open != null) {
            try {
                open.close();
            } catch (MessagingException e) {
                log.debug("The mail server did not say goodbye", e);
            }
        }
    }

    private String protocol() {
        String protocol = server.getProtocol();
        return protocol == null ? JavaMailSenderImpl.DEFAULT_PROTOCOL : protocol;
    }

    private static @Nullable String user(@Nullable String configured) {
        return StringUtils.hasLength(configured) ? configured : null;
    }

    private enum Phase {
        ENVELOPE,
        CONTENT,
        END,
        ACCEPTED
    }

    /** Remembers how far the conversation came. */
    private static final class PhasedTransport extends SMTPTransport {

        private Phase phase = Phase.ENVELOPE;

        PhasedTransport(Session session, String protocol, @Nullable String host) {
            super(session, new URLName(protocol, host, -1, null, null, null), protocol, protocol.equals("smtps"));
        }

        @Override
        protected OutputStream data() throws MessagingException {
            OutputStream content = super.data();
            phase = Phase.CONTENT;
            return content;
        }

        @Override
        protected void finishData() throws IOException, MessagingException {
            phase = Phase.END;
            super.finishData();
            phase = Phase.ACCEPTED;
        }

        @Override
        protected OutputStream bdat() throws MessagingException {
            phase = Phase.CONTENT;
            return super.bdat();
        }

        @Override
        protected void finishBdat() throws IOException, MessagingException {
            phase = Phase.END;
            super.finishBdat();
            phase = Phase.ACCEPTED;
        }
    }
}
