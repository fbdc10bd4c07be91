package org.dunlin.contact.bounce;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Mailboxes to which mails that could not be delivered come back: those of the creditors' senders, or one for all where
 * {@code spring.mail.properties.mail.smtp.from} names it as the sender of the envelope. They are only read; nothing is moved,
 * deleted or marked.
 */
@ConfigurationProperties("dunlin.bounces")
record BounceProperties(@DefaultValue List<Mailbox> mailboxes) {

    /**
     * A mailbox reached by IMAP.
     *
     * @param tls from the first byte (IMAPS); without it STARTTLS is used if the server offers it
     */
    record Mailbox(
            String host,
            @DefaultValue("993") int port,
            @DefaultValue("true") boolean tls,
            String user,
            @Nullable String password,
            @DefaultValue("INBOX") String folder) {

        /** Under which the position in it is kept. */
        String name() {
            return user + "@" + host + "/" + folder;
        }
    }
}
