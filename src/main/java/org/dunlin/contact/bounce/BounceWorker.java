package org.dunlin.contact.bounce;

import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.List;
import org.dunlin.contact.bounce.BounceProperties.Mailbox;
import org.dunlin.platform.database.Outage;
import org.dunlin.platform.engine.Worker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Reads the mailboxes to which mails come back, and follows what came back from there or was reported by people. */
@Component
@EnableConfigurationProperties(BounceProperties.class)
class BounceWorker implements Worker {

    private static final Logger log = LoggerFactory.getLogger(BounceWorker.class);

    private static final int AT_A_TIME = 100;

    private final List<Mailbox> mailboxes;
    private final BounceMailbox reader;
    private final Bounces bounces;

    BounceWorker(BounceProperties properties, BounceMailbox reader, Bounces bounces) {
        this.mailboxes = properties.mailboxes();
        this.reader = reader;
        this.bounces = bounces;
    }

    @Override
    public int runOnce() {
        return mailboxes.stream().mapToInt(this::read).sum() + follow();
    }

    @Override
    public Duration pollInterval() {
        return Duration.ofMinutes(1);
    }

    private int read(Mailbox mailbox) {
        try {
            return reader.read(mailbox);
        } catch (MessagingException e) {
            log.warn("The mailbox {} cannot be read; the next round tries again: {}", mailbox.name(), e.getMessage());
            return 0;
        }
    }

    private int follow() {
        int followed = 0;
        for (Bounces.Noted bounce : bounces.toFollow(AT_A_TIME)) {
            try {
                bounces.follow(bounce);
                followed++;
            } catch (RuntimeException e) {
                if (Outage.caused(e)) {
                    throw e;
                }
                // It stays to be followed; the others of this round are not held up.
                log.error(
                        "What came back of contact {} cannot be followed; the next round tries again",
                        bounce.contactId(),
                        e);
            }
        }
        return followed;
    }
}
