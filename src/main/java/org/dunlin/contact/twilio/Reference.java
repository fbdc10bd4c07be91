package org.dunlin.contact.twilio;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names one attempt at a contact towards Twilio. The claim is in it, so that it stays unique when a restored database hands out a
 * contact's id again.
 */
public record Reference(long contactId, String claim) {

    private static final Pattern FORM = Pattern.compile("contact-(\\d{1,18})\\.([A-Za-z0-9-]{1,64})");

    /** Without what is easily taken for something else. */
    private static final String SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final int MARK_LENGTH = 7;

    public static Optional<Reference> parse(@Nullable String text) {
        Matcher matcher = FORM.matcher(text == null ? "" : text);
        return matcher.matches()
                ? Optional.of(new Reference(Long.parseLong(matcher.group(1)), matcher.group(2)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "contact-" + contactId + "." + claim;
    }

    /** A few signs that stand for a reference, for a place where all of it has no room. */
    public static String mark(String reference) {
        byte[] digest;
        try {
            digest = MessageDigest.getInstance("SHA-256").digest(reference.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        StringBuilder mark = new StringBuilder();
        for (int i = 0; i < MARK_LENGTH; i++) {
            mark.append(SIGNS.charAt((digest[i] & 0xff) % SIGNS.length()));
        }
        return mark.toString();
    }
}
