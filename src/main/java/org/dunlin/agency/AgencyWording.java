package org.dunlin.agency;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dunlin.agency.AgencyMessage.Kind;
import org.dunlin.agency.dossier.AgencyTexts;
import org.dunlin.agency.dossier.DossierOrder;
import org.dunlin.agency.dossier.Dossiers;
import org.dunlin.agency.dossier.Dossiers.Made;
import org.dunlin.dunning.DunningCase;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Words the messages to agencies, in the agency's language, each with the same as data for a program. */
@Component
class AgencyWording {

    /** Of the data beside a message; a change that a program could stumble over gets another. */
    private static final int VERSION = 1;

    private static final String JSON = "application/json";
    private static final String ZIP = "application/zip";

    private final AgencyTexts texts;
    private final Dossiers dossiers;
    private final ObjectMapper json;
    private final Clock clock;

    AgencyWording(AgencyTexts texts, Dossiers dossiers, ObjectMapper json, Clock clock) {
        this.texts = texts;
        this.dossiers = dossiers;
        this.clock = clock;
        this.json = json.copy()
                .setSerializationInclusion(JsonInclude.Include.NON_NULL)
                .enable(SerializationFeature.INDENT_OUTPUT)
                .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
    }

    /** About what, from whom, to whom. */
    record Occasion(AgencyMessage message, AgencyFile file, DunningCase dunningCase, Creditor creditor, Agency agency) {

        Locale language() {
            return agency.locale();
        }
    }

    /** What {@code agency-message-1.schema.json} describes. */
    record Notice(
            int version,
            String message,
            String kind,
            String reference,
            String caseNumber,
            Instant createdAt,
            String currency,
            @Nullable BigDecimal open,
            @Nullable List<Changed> invoices,
            @Nullable String reason,
            @Nullable String question,
            @Nullable String text) {

        record Changed(String invoice, BigDecimal was, BigDecimal now) {}
    }

    /** What the agency would get if the case were handed over now. */
    DossierOrder order(long caseId, String reference, Agency agency, @Nullable String note) {
        return new DossierOrder(
                caseId,
                reference,
                agency.id(),
                agency.name(),
                agency.kind().name(),
                agency.locale(),
                note,
                clock.instant());
    }

    Wording handOver(Occasion about, Made made) {
        Money open = Money.of(made.dossier().claim().open(), about.dunningCase().currency());
        String name = name(about);
        boolean whole = about.agency().format() == Agency.Format.ZIP;
        return new Wording(
                text(
                        about,
                        "subject",
                        about.file().reference(),
                        about.dunningCase().number()),
                body(
                        about,
                        Stream.of(
                                text(
                                        about,
                                        "body",
                                        about.creditor().name(),
                                        open.format(about.language()),
                                        made.dossier().debtor().name(),
                                        date(made.dossier().asOf(), about.language())),
                                about.file().note() == null ? "" : about.file().note())),
                name + (whole ? ".zip" : ".json"),
                whole ? ZIP : JSON,
                whole ? made.archive() : made.json(),
                made.archive());
    }

    /** @param lines the claim as it stands now */
    Wording payment(Occasion about, List<AgencyFiles.Line> lines) {
        String currency = about.dunningCase().currency();
        BigDecimal open = lines.stream().map(AgencyFiles.Line::open).reduce(BigDecimal.ZERO, BigDecimal::add);
        List<AgencyFiles.Line> changed =
                lines.stream().filter(AgencyFiles.Line::hasChanged).toList();
        String list = changed.stream()
                .map(line -> text(
                        about,
                        "line",
                        line.number(),
                        money(line.told(), currency, about.language()),
                        money(line.open(), currency, about.language())))
                .collect(Collectors.joining("\n"));
        return notice(
                about,
                Stream.of(text(about, "body", about.creditor().name(), money(open, currency, about.language())), list),
                scaled(open, currency),
                changed.stream()
                        .map(line -> new Notice.Changed(
                                line.number(), scaled(line.told(), currency), scaled(line.open(), currency)))
                        .toList(),
                null,
                null,
                null);
    }

    /** @param question of the agency */
    Wording answer(Occasion about, @Nullable String question) {
        String answer = String.valueOf(about.message().said());
        return notice(
                about,
                Stream.of(
                        text(about, "body", about.creditor().name()),
                        question == null ? "" : "> " + question.replaceAll("\\R", "\n> "),
                        answer),
                null,
                null,
                null,
                question,
                answer);
    }

    /** @param unsure whether nobody knows if the agency ever got the file */
    Wording recall(Occasion about, boolean unsure) {
        String reason = String.valueOf(about.message().said());
        return notice(
                about,
                Stream.of(
                        text(about, "body", about.creditor().name()),
                        texts.text("recall." + reason, about.language()),
                        unsure ? text(about, "unsure") : ""),
                null,
                null,
                reason,
                null,
                null);
    }

    private Wording notice(
            Occasion about,
            Stream<String> paragraphs,
            @Nullable BigDecimal open,
            @Nullable List<Notice.Changed> invoices,
            @Nullable String reason,
            @Nullable String question,
            @Nullable String said) {
        byte[] data = bytes(new Notice(
                VERSION,
                number(about),
                about.message().kind().name(),
                about.file().reference(),
                about.dunningCase().number(),
                clock.instant().truncatedTo(ChronoUnit.SECONDS),
                about.dunningCase().currency(),
                open,
                invoices,
                reason,
                question,
                said));
        return new Wording(
                text(about, "subject", about.file().reference()),
                body(about, paragraphs),
                name(about) + ".json",
                JSON,
                data,
                data);
    }

    private String body(Occasion about, Stream<String> paragraphs) {
        Locale language = about.language();
        Creditor creditor = about.creditor();
        return Stream.of(
                        Stream.of(texts.text(
                                "mail.greeting", language, about.agency().name())),
                        paragraphs,
                        Stream.of(
                                texts.text(
                                        "mail.reference", language, about.file().reference()),
                                texts.text("mail.regards", language)
                                        + "\n\n" + creditor.senderName()
                                        + "\n" + creditor.name()
                                        + (creditor.phone() == null ? "" : "\n" + creditor.phone())))
                .flatMap(part -> part)
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining("\n\n"));
    }

    private String text(Occasion about, String part, Object... arguments) {
        return texts.text(about.message().kind().name() + "." + part, about.language(), arguments);
    }

    /** Our own numbers only: the same each time the message is tried, so that a folder knows it again. */
    private static String name(Occasion about) {
        Kind kind = about.message().kind();
        return kind == Kind.HAND_OVER ? about.file().reference() : number(about) + "-" + kind.word();
    }

    private static String number(Occasion about) {
        return about.file().reference() + "-" + about.message().id();
    }

    private static String money(BigDecimal amount, String currency, Locale language) {
        return Money.of(amount, currency).format(language);
    }

    private static BigDecimal scaled(BigDecimal amount, String currency) {
        return Money.of(amount, currency).amount();
    }

    private static String date(LocalDate date, Locale language) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(language)
                .format(date);
    }

    private byte[] bytes(Notice notice) {
        try {
            return json.writeValueAsBytes(notice);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The message " + notice.message() + " cannot be written", e);
        }
    }

    Made dossier(Occasion about) {
        AgencyFile file = about.file();
        return dossiers.make(order(file.caseId(), file.reference(), about.agency(), file.note()));
    }
}
