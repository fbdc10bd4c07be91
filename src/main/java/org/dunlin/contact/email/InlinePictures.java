package org.dunlin.contact.email;

import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pictures that an HTML text carries as {@code data:} addresses, which mail programs do not show: in the mail they become parts of their
 * own, which the text refers to by their Content-ID (RFC 2392). Nothing has to be fetched to see them.
 */
final class InlinePictures {

    private static final Pattern DATA = Pattern.compile("src=\"data:image/png;base64,([A-Za-z0-9+/=]+)\"");

    private InlinePictures() {}

    /** Makes the part of a text. */
    interface TextPart {
        MimeBodyPart of(String text) throws MessagingException;
    }

    /** The text alone when it has no pictures, else text and pictures as one part. */
    static MimeBodyPart related(String html, TextPart text) throws MessagingException {
        List<byte[]> pictures = new ArrayList<>();
        Matcher data = DATA.matcher(html);
        String referring = data.replaceAll(found -> {
            pictures.add(Base64.getDecoder().decode(found.group(1)));
            return "src=\"cid:" + id(pictures.size()) + "\"";
        });
        if (pictures.isEmpty()) {
            return text.of(html);
        }
        MimeMultipart related = new MimeMultipart("related");
        related.addBodyPart(text.of(referring));
        for (int n = 1; n <= pictures.size(); n++) {
            related.addBodyPart(picture(pictures.get(n - 1), id(n)));
        }
        MimeBodyPart part = new MimeBodyPart();
        part.setContent(related);
        return part;
    }

    private static String id(int number) {
        return "picture-" + number + "@dunlin";
    }

    private static MimeBodyPart picture(byte[] png, String id) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(png, "image/png")));
        part.setContentID("<" + id + ">");
        part.setDisposition(Part.INLINE);
        part.setFileName("code.png");
        part.setHeader("Content-Transfer-Encoding", "base64");
        return part;
    }
}
