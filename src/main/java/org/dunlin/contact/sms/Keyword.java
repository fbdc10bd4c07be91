package org.dunlin.contact.sms;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import org.dunlin.contact.inbound.CustomerWord.Meaning;

/** Words that, alone in a message, switch text messages off and on, in the languages of customers. */
final class Keyword {

    /** Twilio acts on these by itself, and confirms them (docs: support for opt-out keywords). */
    private static final Set<String> STOP_AT_TWILIO =
            Set.of("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "OPTOUT", "REVOKE");

    private static final Set<String> START_AT_TWILIO = Set.of("START", "UNSTOP");

    private static final Set<String> STOP = Set.of(
            "STOPPEN",
            "UITSCHRIJVEN",
            "AFMELDEN",
            "ARRET",
            "ARRETER",
            "ARRETEZ",
            "DESABONNER",
            "DESINSCRIRE",
            "STOPP",
            "ABMELDEN",
            "ABBESTELLEN",
            "BEENDEN");

    private static final Set<String> START =
            Set.of("STARTEN", "AANMELDEN", "INSCHRIJVEN", "REPRENDRE", "REABONNER", "ANMELDEN");

    private Keyword() {}

    /** What a message means. */
    static Meaning of(String body) {
        String word = bare(body);
        if (STOP_AT_TWILIO.contains(word) || STOP.contains(word)) {
            return Meaning.STOP;
        }
        return START_AT_TWILIO.contains(word) || START.contains(word) ? Meaning.START : Meaning.TEXT;
    }

    /** Whether Twilio confirms it; a second confirmation would be one message too many. */
    static boolean isConfirmedByTwilio(String body) {
        String word = bare(body);
        return STOP_AT_TWILIO.contains(word) || START_AT_TWILIO.contains(word);
    }

    private static String bare(String body) {
        return Normalizer.normalize(body, Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^\\p{L}]+", " ")
                .strip()
                .toUpperCase(Locale.ROOT);
    }
}
