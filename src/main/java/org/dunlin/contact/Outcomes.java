package org.dunlin.contact;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What came of a contact, for people: the answers of the forms are kept as names of one word, such as {@code willPay}. */
public final class Outcomes {

    private static final Pattern NAME = Pattern.compile("[a-z]+([A-Z][a-z]+)*");

    private Outcomes() {}

    /** The words of a name, {@code Will pay}; any other text as it is. */
    public static @Nullable String words(@Nullable String outcome) {
        if (outcome == null || !NAME.matcher(outcome).matches()) {
            return outcome;
        }
        String words = outcome.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
