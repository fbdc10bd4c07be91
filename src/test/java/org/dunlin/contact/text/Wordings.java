package org.dunlin.contact.text;

import java.util.List;
import java.util.function.Supplier;
import org.dunlin.contact.letter.PdfPrinter;
import org.dunlin.contact.log.MessageContent;
import org.dunlin.contact.template.TemplateModel;
import org.dunlin.contact.template.TemplatesOf;
import org.dunlin.contact.template.TextBundle;
import org.dunlin.contact.template.Wording;
import org.dunlin.platform.calendar.WorkCalendar;

/** Texts and layouts without the product around them. */
public final class Wordings {

    private static final Supplier<Wording> IN_JAR =
            TemplatesOf.folder(null, List.of(MessageModel.customerTexts()), model());

    private Wordings() {}

    /** As Dunlin comes. */
    static Supplier<Wording> inJar() {
        return IN_JAR;
    }

    static MessageModel model() {
        return new MessageModel(new WorkCalendar(), new MessageProperties(5), new PdfPrinter());
    }

    public static TemplateModel messageModel() {
        return model();
    }

    public static TextBundle texts() {
        return MessageModel.customerTexts();
    }

    /** An example of that template. */
    public static MessageContent email(Supplier<Wording> wording, String template, String language) {
        return model().examples(wording.get()).email(template, language);
    }
}
