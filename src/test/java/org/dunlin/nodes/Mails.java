package org.dunlin.nodes;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.server.SMTPServer;

/**
 * A mail server that keeps who sent what to whom. Can let something happen when a certain message has arrived, before whoever sent it
 * hears so: the worst moment to die.
 */
final class Mails implements AutoCloseable {

    private final List<Mail> received = new CopyOnWriteArrayList<>();
    private final SMTPServer server;
    private volatile Surprise surprise = new Surprise(-1, mail -> {}, new CompletableFuture<>());

    Mails() {
        server = SMTPServer.port(0)
                .bindAddress(InetAddress.getLoopbackAddress())
                .messageHandlerFactory(Delivery::new)
                .build();
        server.start();
    }

    /** @param node name by which the sender introduced itself */
    record Mail(String node, String recipient, String messageId, String subject) {}

    private record Surprise(int at, Consumer<Mail> what, CompletableFuture<Mail> happened) {}

    int port() {
        return server.getPortAllocated();
    }

    List<Mail> received() {
        return List.copyOf(received);
    }

    long receivedBy(String recipient) {
        return received.stream()
                .filter(mail -> mail.recipient().equals(recipient))
                .count();
    }

    /**
     * When so many more messages have arrived, before the last of them is acknowledged.
     *
     * @return that message, when it has happened
     */
    CompletableFuture<Mail> after(int messages, Consumer<Mail> what) {
        CompletableFuture<Mail> happened = new CompletableFuture<>();
        surprise = new Surprise(received.size() + messages, what, happened);
        return happened;
    }

    private synchronized void arrived(Mail mail) {
        received.add(mail);
        Surprise due = surprise;
        if (received.size() == due.at()) {
            try {
                due.what().accept(mail);
                due.happened().complete(mail);
            } catch (RuntimeException e) {
                due.happened().completeExceptionally(e);
            }
        }
    }

    @Override
    public void close() {
        server.stop();
    }

    private final class Delivery implements MessageHandler {

        private final MessageContext connection;
        private String recipient = "";

        Delivery(MessageContext connection) {
            this.connection = connection;
        }

        @Override
        public void from(String from) {
            // Always the creditor.
        }

        @Override
        public void recipient(String address) {
            recipient = address;
        }

        @Override
        public String data(InputStream data) throws IOException {
            try {
                InternetHeaders headers = new InternetHeaders(data);
                data.transferTo(OutputStream.nullOutputStream());
                arrived(new Mail(
                        connection.getHelo().orElse(""),
                        recipient,
                        headers.getHeader("Message-ID", null),
                        headers.getHeader("Subject", null)));
            } catch (MessagingException e) {
                throw new IOException(e);
            }
            return null;
        }

        @Override
        public void done() {
            // Nothing is kept open.
        }
    }
}
