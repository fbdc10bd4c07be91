package org.dunlin.contact.bounce;

import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.angus.mail.dsn.DeliveryStatus;
import org.eclipse.angus.mail.dsn.MultipartReport;
import org.jspecify.annotations.Nullable;

/**
 * What a mail server reports about a mail that it could not deliver (RFC 3464).
 *
 * @param messageId of the mail that it is about
 * @param forGood   whether the address is wrong (RFC 3463: 5.1.x, and 5.4.x for a domain that cannot be reached), not only this mail
 * @param detail    status and what the server said
 */
record DeliveryReport(String messageId, boolean forGood, String detail) {

    private static final int LONGEST = 500;

    /** Empty for a mail that is no such report, and for a report of anything but failure: a delay is no bounce. */
    static Optional<DeliveryReport> of(Part mail) throws MessagingException, IOException {
        if (!mail.isMimeType("multipart/report") || !(mail.getContent() instanceof MultipartReport parts)) {
            return Optional.empty();
        }
        MimeMessage original = parts.getReturnedMessage();
        String messageId = original == null ? null : original.getMessageID();
        if (messageId == null || !(parts.getReport() instanceof DeliveryStatus status)) {
            return Optional.empty();
        }
        for (int i = 0; i < status.getRecipientDSNCount(); i++) {
            InternetHeaders recipient = status.getRecipientDSN(i);
            if ("failed".equals(word(recipient, "Action"))) {
                return Optional.of(report(messageId, recipient));
            }
        }
        return Optional.empty();
    }

    private static DeliveryReport report(String messageId, InternetHeaders recipient) {
        String status = word(recipient, "Status");
        String said = value(recipient, "Diagnostic-Code");
        String detail = "The mail came back: " + (status == null ? "" : status + " ") + (said == null ? "" : said);
        boolean forGood = status != null && (status.startsWith("5.1.") || status.startsWith("5.4."));
        return new DeliveryReport(messageId.strip(), forGood, line(detail));
    }

    private static @Nullable String word(InternetHeaders headers, String name) {
        String value = value(headers, name);
        return value == null ? null : value.strip().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String value(InternetHeaders headers, String name) {
        return headers.getHeader(name, null);
    }

    private static String line(String text) {
        String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST);
    }
}
