package org.dunlin.contact.text;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dunlin.contact.letter.PdfPrinter;
import org.dunlin.contact.template.LayoutModel;
import org.dunlin.contact.template.TemplateModel;
import org.dunlin.contact.template.TextBundle;
import org.dunlin.contact.template.Wording;
import org.dunlin.platform.calendar.WorkCalendar;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The layouts of messages and what they may place; texts and layouts are tried out on a made-up customer in every language. */
@Component
class MessageModel implements TemplateModel {

    /** The family of texts that messages are worded with. */
    static final String BUNDLE = "customer";

    /** What the texts of a template may name, in the order of {@code MessageComposer.facts}. */
    private static final List<String> FACTS =
            List.of("count", "total", "payBy", "creditor", "customer", "invoice", "instalments", "planTotal");

    /** What the other texts may name, by key. */
    private static final Map<String, List<String>> NAMES = Map.ofEntries(
            Map.entry("greeting", List.of("name")),
            Map.entry("issued", List.of("date")),
            Map.entry("overdue", List.of("days")),
            Map.entry("of", List.of("amount")),
            Map.entry("level", List.of("number")),
            Map.entry("questionsInMailByPhone", List.of("phone", "email")),
            Map.entry("questionsInMail", List.of("phone", "email")),
            Map.entry("questionsInLetterByPhone", List.of("phone", "email")),
            Map.entry("questionsInLetter", List.of("phone", "email")),
            Map.entry("vat", List.of("number")),
            Map.entry("smsPayLink", List.of("link")),
            Map.entry("smsTransfer", List.of("iban", "reference")),
            Map.entry("smsQuestions", List.of("phone")),
            Map.entry("smsQuestionsByMail", List.of("email")),
            Map.entry("voiceEuro", List.of("euros")),
            Map.entry("voiceEuroCents", List.of("euros", "cents")),
            Map.entry("voiceHello", List.of("creditor")),
            Map.entry("voiceKeys", List.of("date")),
            Map.entry("voicePromise", List.of("date", "amount")),
            Map.entry("voicePromised", List.of("date")),
            Map.entry("voiceMachine", List.of("creditor")),
            Map.entry("voiceMachineByPhone", List.of("creditor", "phone")));

    /** Parts of a template that name something else than the facts, in the order of {@code VoiceScript.message}. */
    private static final Map<String, List<String>> PARTS = Map.of("voice", List.of("count", "amount", "creditor"));

    private static final LayoutModel EMAIL = new LayoutModel(
            Map.of("mail", MessageView.class),
            Set.of("mail.link.address", "mail.explanation.address"),
            Set.of("mail.code.data"));
    private static final LayoutModel LETTER = new LayoutModel(
            Map.of("mail", MessageView.class, "paper", PaperView.class),
            Set.of("mail.link.address", "mail.explanation.address"),
            Set.of("mail.code.data", "paper.linkCode"));
    private static final LayoutModel TYPED_LETTER = new LayoutModel(
            Map.of(
                    "mail", MessageView.class,
                    "address", new ListOfTexts(),
                    "placeAndDate", String.class),
            Set.of(),
            Set.of());

    private final TextBundle texts = customerTexts();
    private final WorkCalendar calendar;
    private final MessageProperties properties;
    private final PdfPrinter printer;

    MessageModel(WorkCalendar calendar, MessageProperties properties, PdfPrinter printer) {
        this.calendar = calendar;
        this.properties = properties;
        this.printer = printer;
    }

    static TextBundle customerTexts() {
        return TextBundle.inJar(BUNDLE, NAMES, FACTS, PARTS);
    }

    @Override
    public Map<String, LayoutModel> layouts() {
        return Map.of(
                "email/message.html", EMAIL,
                "email/message.txt", EMAIL,
                "letter/message.html", LETTER,
                "letter/message.txt", TYPED_LETTER);
    }

    /** Composes with made-up data what that wording says. */
    Examples examples(Wording wording) {
        return examples(wording, LocalDate.of(2026, 3, 24));
    }

    /** The same, written on that day. */
    Examples examples(Wording wording, LocalDate today) {
        return new Examples(
                new MessageComposer(
                        Examples.REFERENCES,
                        calendar,
                        properties,
                        printer,
                        Examples.LEVELS,
                        Examples.LINKS,
                        () -> wording),
                language -> wording.templates(texts, language),
                today);
    }

    @Override
    public Optional<String> tryOut(Wording wording, boolean printing) {
        Examples examples = examples(wording);
        try {
            for (String language : TextBundle.LANGUAGES) {
                for (String template : examples.templates(language)) {
                    examples.email(template, language);
                    examples.letter(template, language);
                    examples.sms(template, language);
                }
            }
            if (!printing) {
                return Optional.empty();
            }
            // What can be printed in one language can be printed in the others.
            String language = TextBundle.LANGUAGES.get(0);
            for (String template : examples.templates(language)) {
                examples.paper(template, language);
            }
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(reason(e));
        }
    }

    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage() == null ? root : root.getMessage());
    }

    /** {@code List<String>}, which has no class of its own. */
    private static final class ListOfTexts implements ParameterizedType {
        @Override
        public Type[] getActualTypeArguments() {
            return new Type[] {String.class};
        }

        @Override
        public Type getRawType() {
            return List.class;
        }

        @Override
        public @Nullable Type getOwnerType() {
            return null;
        }
    }
}
