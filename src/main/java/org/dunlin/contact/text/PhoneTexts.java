package org.dunlin.contact.text;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Short sentences that are not about one message, in the language of the customer. */
@Component
public class PhoneTexts {

    private final MessageSource texts = MessageComposer.texts();

    /** Confirms that text messages stop, or come again. */
    public String confirmation(String language, boolean stopped) {
        return Gsm7.plain(text(language, stopped ? "smsStopped" : "smsStarted"));
    }

    private String text(String language, String key, @Nullable Object... arguments) {
        return texts.getMessage(key, arguments, Locale.forLanguageTag(language));
    }
}
