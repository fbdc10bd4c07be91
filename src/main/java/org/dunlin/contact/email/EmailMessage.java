package org.dunlin.contact.email;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.util.Date;
import java.util.Objects;
import org.dunlin.contact.delivery.Parcel;
import org.dunlin.contact.log.MessageContent;
import org.dunlin.contact.text.MessageComposer;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.EmailAddress;

/** An e-mail on the wire: plain text and HTML, from the creditor's sender. */
final class EmailMessage extends MimeMessage {

    private static final String UTF_8 = "UTF-8";

    private final String messageId;

    private EmailMessage(Session session, String messageId) {
        super(session);
        this.messageId = messageId;
    }

    /** @throws MessagingException when the creditor's sender is not an address, among others */
    static EmailMessage of(Session session, Parcel parcel) throws MessagingException {
        MessageContent content = parcel.content();
        Creditor creditor = parcel.creditor();
        EmailAddress sender = EmailAddress.parse(creditor.senderEmail())
                .orElseThrow(() -> new MessagingException(
                        "The sender address of creditor " + creditor.number() + " cannot be used"));
        EmailMessage message = new EmailMessage(session, parcel.messageId());
        InternetAddress from = address(sender.text(), creditor.senderName());
        message.setFrom(from);
        message.setReplyTo(new InternetAddress[] {from});
        message.setRecipient(Message.RecipientType.TO, address(content.recipient(), parcel.recipientName()));
        message.setSubject(MessageComposer.line(content.subject()), UTF_8);
        message.setSentDate(Date.from(parcel.at()));
        message.setHeader("Content-Language", content.language());
        // RFC 3834: absence notes and other robots do not answer; people do, and their answer reaches the sender.
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setContent(alternatives(content));
        message.saveChanges();
        return message;
    }

    /** Unique even when a restored database hands out a contact's id again. */
    static String messageId(long contactId, String claim, Creditor creditor) {
        String domain = EmailAddress.parse(creditor.senderEmail())
                .map(EmailAddress::domain)
                .orElse("dunlin.invalid");
        return "<contact-" + contactId + "." + claim + "@" + domain + ">";
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", messageId);
    }

    private static MimeMultipart alternatives(MessageContent content) throws MessagingException {
        MimeMultipart alternatives = new MimeMultipart("alternative");
        alternatives.addBodyPart(part(content.text(), "plain"));
        alternatives.addBodyPart(
                InlinePictures.related(Objects.requireNonNull(content.html()), html -> part(html, "html")));
        return alternatives;
    }

    private static MimeBodyPart part(String text, String subtype) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, UTF_8, subtype);
        part.setHeader("Content-Transfer-Encoding", "quoted-printable");
        return part;
    }

    private static InternetAddress address(String address, String name) throws MessagingException {
        try {
            return new InternetAddress(address, MessageComposer.line(name), UTF_8);
        } catch (UnsupportedEncodingException e) {
            throw new MessagingException("This Java has no UTF-8", e);
        }
    }
}
