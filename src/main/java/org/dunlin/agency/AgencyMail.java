package org.dunlin.agency;

import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.UnsupportedEncodingException;
import java.time.Instant;
import java.util.Date;
import org.dunlin.agency.dossier.AgencyTexts;
import org.dunlin.receivables.Creditor;

/** An e-mail to an agency: plain text with one attachment, from the creditor's sender. */
final class AgencyMail extends MimeMessage {

    private static final String UTF_8 = "UTF-8";

    private final String messageId;

    private AgencyMail(Session session, String messageId) {
        super(session);
        this.messageId = messageId;
    }

    /** @throws MessagingException when the creditor's sender is not an address, among others */
    static AgencyMail of(
            Session session, Wording wording, Creditor creditor, Agency agency, String messageId, Instant at)
            throws MessagingException {
        AgencyMail mail = new AgencyMail(session, messageId);
        InternetAddress from = address(creditor.senderEmail(), creditor.senderName());
        mail.setFrom(from);
        mail.setReplyTo(new InternetAddress[] {from});
        mail.setRecipient(Message.RecipientType.TO, address(String.valueOf(agency.email()), agency.name()));
        mail.setSubject(AgencyTexts.line(wording.subject()), UTF_8);
        mail.setSentDate(Date.from(at));
        mail.setHeader("Content-Language", agency.language());
        mail.setHeader("Auto-Submitted", "auto-generated");
        MimeBodyPart text = new MimeBodyPart();
        text.setText(wording.body(), UTF_8, "plain");
        text.setHeader("Content-Transfer-Encoding", "quoted-printable");
        MimeBodyPart attachment = new MimeBodyPart();
        attachment.setDataHandler(
                new DataHandler(new ByteArrayDataSource(wording.attachment(), wording.attachmentType())));
        attachment.setFileName(wording.attachmentName());
        attachment.setHeader("Content-Transfer-Encoding", "base64");
        mail.setContent(new MimeMultipart(text, attachment));
        mail.saveChanges();
        return mail;
    }

    /** Unique even when a restored database hands out an id again. */
    static String messageId(long id, String claim, Creditor creditor) {
        String sender = creditor.senderEmail();
        String domain = sender.substring(sender.indexOf('@') + 1);
        boolean usable = domain.matches("[A-Za-z0-9.-]{1,255}");
        return "<agency-" + id + "." + claim + "@" + (usable ? domain : "dunlin.invalid") + ">";
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", messageId);
    }

    private static InternetAddress address(String address, String name) throws MessagingException {
        try {
            InternetAddress parsed = new InternetAddress(address, AgencyTexts.line(name), UTF_8);
            parsed.validate();
            return parsed;
        } catch (UnsupportedEncodingException e) {
            throw new MessagingException("This Java has no UTF-8", e);
        }
    }
}
