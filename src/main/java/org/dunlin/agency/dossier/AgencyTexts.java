package org.dunlin.agency.dossier;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.stereotype.Component;

/** What is written to agencies, in their language: {@code messages/agency_*.properties}. */
@Component
public class AgencyTexts {

    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");

    private final ResourceBundleMessageSource source = new ResourceBundleMessageSource();

    AgencyTexts() {
        source.setBasename("messages/agency");
        source.setDefaultEncoding("UTF-8");
        source.setFallbackToSystemLocale(false);
        source.setAlwaysUseMessageFormat(true);
    }

    MessageSource source() {
        return source;
    }

    /** @throws org.springframework.context.NoSuchMessageException when a text is missing in that language */
    public String text(String key, Locale language, @Nullable Object... arguments) {
        return source.getMessage(key, arguments, language);
    }

    /** Data on one line: no line ends or other controls reach a header or shape a page. */
    public static String line(String data) {
        return CONTROLS.matcher(data).replaceAll(" ").strip();
    }

    String wordOr(String key, Locale language, String otherwise) {
        String word = source.getMessage(key, null, otherwise, language);
        return word == null ? otherwise : word;
    }
}
