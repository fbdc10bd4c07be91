package org.dunlin.contact.text;

import java.text.Normalizer;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The alphabet of text messages (3GPP TS 23.038). A single character from outside makes a whole message cost and count more than
 * double, so accents that it lacks are left off, as phones do; what cannot be written without them stays as it is.
 */
public final class Gsm7 {

    private static final String BASIC =
            "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
                    + "abcdefghijklmnopqrstuvwxyzäöñüà";

    /** Each of these takes the room of two. */
    private static final String EXTENDED = "^{}\\[~]|€";

    private static final Map<Integer, String> WRITTEN_OTHERWISE = Map.ofEntries(
            Map.entry((int) '’', "'"),
            Map.entry((int) '‘', "'"),
            Map.entry((int) '“', "\""),
            Map.entry((int) '”', "\""),
            Map.entry((int) '„', "\""),
            Map.entry((int) '–', "-"),
            Map.entry((int) '—', "-"),
            Map.entry((int) '…', "..."),
            Map.entry((int) 'œ', "oe"),
            Map.entry((int) 'Œ', "OE"),
            Map.entry((int) '\u00a0', " "),
            Map.entry((int) '\u202f', " "));

    private Gsm7() {}

    /** The same text in this alphabet, as far as it goes. */
    public static String plain(String text) {
        return text.codePoints().mapToObj(Gsm7::plain).collect(Collectors.joining());
    }

    private static String plain(int character) {
        if (isIn(character)) {
            return Character.toString(character);
        }
        String otherwise = WRITTEN_OTHERWISE.get(character);
        if (otherwise != null) {
            return otherwise;
        }
        String bare = Normalizer.normalize(Character.toString(character), Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "");
        return !bare.isEmpty() && bare.codePoints().allMatch(Gsm7::isIn) ? bare : Character.toString(character);
    }

    private static boolean isIn(int character) {
        return BASIC.indexOf(character) >= 0 || EXTENDED.indexOf(character) >= 0;
    }

    /** How many parts a message of that text is sent in, and paid for. */
    public static int parts(String text) {
        if (text.codePoints().allMatch(Gsm7::isIn)) {
            int length = text.codePoints()
                    .map(character -> EXTENDED.indexOf(character) >= 0 ? 2 : 1)
                    .sum();
            return length <= 160 ? 1 : (length + 152) / 153;
        }
        return text.length() <= 70 ? 1 : (text.length() + 66) / 67;
    }
}
