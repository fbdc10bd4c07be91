package org.dunlin.contact.bounce;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.Properties;
import org.dunlin.contact.bounce.BounceProperties.Mailbox;
import org.dunlin.platform.database.Outage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what is new in a mailbox. How far it was read is kept here, because people read the mailbox too. */
@Component
class BounceMailbox {

    private static final Logger log = LoggerFactory.getLogger(BounceMailbox.class);

    private static final String MILLIS = "15000";
    private static final int AT_A_TIME = 200;

    private final JdbcClient jdbc;
    private final Bounces bounces;

    BounceMailbox(JdbcClient jdbc, Bounces bounces) {
        this.jdbc = jdbc;
        this.bounces = bounces;
    }

    private record Position(long validity, long lastUid) {}

    /**
     * Notes what came back.
     *
     * @return how many mails were looked at; 0 means that nothing is new
     * @throws MessagingException when the mailbox cannot be read; what was read until then stays noted
     */
    int read(Mailbox mailbox) throws MessagingException {
        String protocol = mailbox.tls() ? "imaps" : "imap";
        Properties settings = new Properties();
        settings.put("mail." + protocol + ".connectiontimeout", MILLIS);
        settings.put("mail." + protocol + ".timeout", MILLIS);
        settings.put("mail." + protocol + ".writetimeout", MILLIS);
        settings.put("mail." + protocol + ".starttls.enable", "true");
        // Looking must not mark as read what a person has not read.
        settings.put("mail." + protocol + ".peek", "true");
        try (Store store = Session.getInstance(settings).getStore(protocol)) {
            store.connect(mailbox.host(), mailbox.port(), mailbox.user(), mailbox.password());
            try (Folder folder = store.getFolder(mailbox.folder())) {
                folder.open(Folder.READ_ONLY);
                return read(folder, mailbox.name());
            }
        }
    }

    private int read(Folder folder, String name) throws MessagingException {
        UIDFolder uids = (UIDFolder) folder;
        long validity = uids.getUIDValidity();
        long last = position(name)
                .filter(position -> position.validity() == validity)
                .map(Position::lastUid)
                .orElse(0L);
        Message[] all = uids.getMessagesByUID(last + 1, UIDFolder.LASTUID);
        record Numbered(long uid, Message mail) {}
        int read = 0;
        for (Numbered one : Arrays.stream(all)
                .map(mail -> new Numbered(uid(uids, mail), mail))
                .filter(one -> one.uid() > last)
                .sorted(Comparator.comparingLong(Numbered::uid))
                .limit(AT_A_TIME)
                .toList()) {
            look(one.mail(), name);
            keep(name, new Position(validity, one.uid()));
            read++;
        }
        return read;
    }

    private static long uid(UIDFolder folder, Message mail) {
        try {
            return folder.getUID(mail);
        } catch (MessagingException e) {
            return -1;
        }
    }

    /** A mail that cannot be read is left to the people who read this mailbox. */
    private void look(Message mail, String mailbox) {
        try {
            Optional<DeliveryReport> report = DeliveryReport.of(mail);
            report.flatMap(one -> bounces.contact(one.messageId()))
                    .ifPresent(contact -> bounces.note(
                            contact, report.get().forGood(), report.get().detail()));
        } catch (MessagingException | IOException e) {
            log.warn("Mail {} in {} cannot be read; it is passed over", mail.getMessageNumber(), mailbox, e);
        } catch (RuntimeException e) {
            if (Outage.caused(e)) {
                throw e;
            }
            // Anybody can write to this mailbox, and whatever they write must not keep us from reading what comes after
            // it.
            log.warn("Mail {} in {} cannot be kept; it is passed over", mail.getMessageNumber(), mailbox, e);
        }
    }

    private Optional<Position> position(String mailbox) {
        return jdbc.sql("select validity, last_uid from mailbox_position where mailbox = :mailbox")
                .param("mailbox", mailbox)
                .query((row, n) -> new Position(row.getLong("validity"), row.getLong("last_uid")))
                .optional();
    }

    private void keep(String mailbox, Position position) {
        jdbc.sql(
                        """
                        insert into mailbox_position (mailbox, validity, last_uid) values (:mailbox, :validity, :uid)
                        on conflict (mailbox) do update set validity = excluded.validity, last_uid = excluded.last_uid
                        """)
                .param("mailbox", mailbox)
                .param("validity", position.validity())
                .param("uid", position.lastUid())
                .update();
    }
}
