package org.dunlin.contact.text;

import java.util.Locale;
import java.util.function.Supplier;
import org.dunlin.contact.template.Wording;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Short sentences that are not about one message, in the language of the customer. */
@Component
public class PhoneTexts {

    private final Supplier<Wording> wording;

    PhoneTexts(Supplier<Wording> wording) {
        this.wording = wording;
    }

    /** Confirms that text messages stop, or come again. */
    public String confirmation(String language, boolean stopped) {
        return Gsm7.plain(text(language, stopped ? "smsStopped" : "smsStarted"));
    }

    private String text(String language, String key, @Nullable Object... arguments) {
        return wording.get().text(MessageModel.BUNDLE, key, Locale.forLanguageTag(language), arguments);
    }
}
