package org.dunlin.contact.link;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.springframework.stereotype.Component;

/**
 * What stands in the address of a link: 32 characters that say which link it is and until when it can be opened, signed. Fourteen bytes
 * of HMAC-SHA256, two bytes for the last day (since 1970), eight for the id.
 */
@Component
class LinkToken {

    static final String ALGORITHM = "HmacSHA256";

    private static final byte[] PURPOSE = "dunlin pay link 1".getBytes(StandardCharsets.US_ASCII);
    private static final int SIGNATURE = 14;
    private static final int CONTENT = Short.BYTES + Long.BYTES;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{32}");
    private static final long LAST_CHARACTER = 63;

    private final List<SecretKey> keys;

    LinkToken(LinkKeys keys) {
        this.keys = keys.all();
    }

    /** What a token says. */
    record Opened(long id, LocalDate lastDay) {}

    /** Whether links can be made at all. */
    boolean canSign() {
        return !keys.isEmpty();
    }

    /**
     * Whether tokens of this id end in a letter or digit. Mail programs and messengers that find links in plain text leave a dash or
     * underscore at the end of one out.
     */
    static boolean isGood(long id) {
        return (id & LAST_CHARACTER) < 62;
    }

    String seal(long id, LocalDate lastDay) {
        byte[] content = ByteBuffer.allocate(CONTENT)
                .putShort((short) lastDay.toEpochDay())
                .putLong(id)
                .array();
        byte[] token = ByteBuffer.allocate(SIGNATURE + CONTENT)
                .put(sign(keys.get(0), content))
                .put(content)
                .array();
        return Base64.getUrlEncoder().encodeToString(token);
    }

    /** Empty unless one of our keys signed exactly this. How long that takes says nothing about the signature. */
    Optional<Opened> open(String token) {
        if (!FORM.matcher(token).matches()) {
            return Optional.empty();
        }
        byte[] bytes = Base64.getUrlDecoder().decode(token);
        byte[] signature = Arrays.copyOf(bytes, SIGNATURE);
        byte[] content = Arrays.copyOfRange(bytes, SIGNATURE, bytes.length);
        boolean ours = false;
        for (SecretKey key : keys) {
            ours |= MessageDigest.isEqual(signature, sign(key, content));
        }
        if (!ours) {
            return Optional.empty();
        }
        ByteBuffer said = ByteBuffer.wrap(content);
        LocalDate lastDay = LocalDate.ofEpochDay(Short.toUnsignedLong(said.getShort()));
        return Optional.of(new Opened(said.getLong(), lastDay));
    }

    private static byte[] sign(SecretKey key, byte[] content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(PURPOSE);
            return Arrays.copyOf(mac.doFinal(content), SIGNATURE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }
}
