package org.dunlin.contact.text;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.dunlin.contact.log.MessageContent;
import org.dunlin.contact.template.Templates;
import org.springframework.stereotype.Component;

/** Messages as they would look now, to customers who do not exist. */
@Component
public class Previews {

    private final Templates templates;
    private final MessageModel model;
    private final Clock clock;

    Previews(Templates templates, MessageModel model, Clock clock) {
        this.templates = templates;
        this.model = model;
        this.clock = clock;
    }

    /** Names of the templates there are in that language, rungs before notices. */
    public List<String> templates(String language) {
        return examples().templates(language);
    }

    /** Whether it tells about a hold. */
    public boolean isNotice(String template) {
        return Examples.isNotice(template);
    }

    /** @throws IllegalArgumentException or {@code NoSuchMessageException} when there is no such template in that language */
    public MessageContent email(String template, String language) {
        return examples().email(template, language);
    }

    /** As PDF; errors as in {@link #email}. */
    public byte[] letter(String template, String language) {
        return examples().paper(template, language);
    }

    private Examples examples() {
        return model.examples(templates.get(), LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    }
}
