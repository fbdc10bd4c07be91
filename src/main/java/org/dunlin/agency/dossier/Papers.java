package org.dunlin.agency.dossier;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.dunlin.contact.letter.PdfPrinter;
import org.dunlin.receivables.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** The papers of a dossier, in the agency's language. Data only ever fills places in texts; it is never evaluated, and escaped. */
@Component
class Papers {

    private final PdfPrinter printer;
    private final AgencyTexts texts;
    private final SpringTemplateEngine pages;

    Papers(PdfPrinter printer, AgencyTexts texts) {
        this.printer = printer;
        this.texts = texts;
        this.pages = pages(texts);
    }

    /** Everything at a glance: who owes what to whom since when, and what was done about it. */
    byte[] summary(Dossier dossier, Locale language) {
        return print("summary", dossier, language, Map.of());
    }

    /** The account of these invoices, booking by booking. */
    byte[] statement(Dossier dossier, Locale language) {
        return print("statement", dossier, language, Map.of("entries", entries(dossier)));
    }

    /** Every message and conversation, one after the other. */
    byte[] messages(Dossier dossier, Locale language) {
        return print("messages", dossier, language, Map.of());
    }

    private byte[] print(String page, Dossier dossier, Locale language, Map<String, Object> others) {
        Context context = new Context(language, others);
        context.setVariable("d", dossier);
        context.setVariable("say", new Say(dossier, language));
        return printer.print(pages.process("agency/" + page, context));
    }

    /** A line of the account; exactly one of the amounts is there. */
    record Entry(
            LocalDate on,
            String kind,
            String number,
            @Nullable String invoice,
            @Nullable BigDecimal debit,
            @Nullable BigDecimal credit,
            BigDecimal balance) {}

    private static List<Entry> entries(Dossier dossier) {
        List<Entry> unsorted = new ArrayList<>();
        for (Dossier.Invoice invoice : dossier.invoices()) {
            unsorted.add(new Entry(
                    invoice.issuedOn(), "INVOICE", invoice.number(), null, invoice.gross(), null, BigDecimal.ZERO));
        }
        for (Dossier.Booking booking : dossier.payments()) {
            boolean back = booking.amount().signum() < 0;
            unsorted.add(new Entry(
                    booking.on(),
                    booking.kind(),
                    booking.number(),
                    booking.invoice(),
                    back ? booking.amount().negate() : null,
                    back ? null : booking.amount(),
                    BigDecimal.ZERO));
        }
        BigDecimal balance = BigDecimal.ZERO;
        List<Entry> entries = new ArrayList<>();
        for (Entry entry :
                unsorted.stream().sorted(Comparator.comparing(Entry::on)).toList()) {
            balance = balance.add(entry.debit() == null ? BigDecimal.ZERO : entry.debit())
                    .subtract(entry.credit() == null ? BigDecimal.ZERO : entry.credit());
            entries.add(new Entry(
                    entry.on(), entry.kind(), entry.number(), entry.invoice(), entry.debit(), entry.credit(), balance));
        }
        return entries;
    }

    /** How the pages write dates, amounts and texts of others. */
    public final class Say {

        private final Dossier dossier;
        private final Locale language;
        private final ZoneId zone;

        Say(Dossier dossier, Locale language) {
            this.dossier = dossier;
            this.language = language;
            this.zone = ZoneId.of(dossier.creditor().timeZone());
        }

        public String date(@Nullable LocalDate date) {
            return date == null
                    ? "–"
                    : DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                            .withLocale(language)
                            .format(date);
        }

        public String day(Instant at) {
            return date(LocalDate.ofInstant(at, zone));
        }

        public String time(Instant at) {
            return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                    .withLocale(language)
                    .format(at.atZone(zone));
        }

        public String money(@Nullable BigDecimal amount) {
            return amount == null ? "" : Money.of(amount, dossier.currency()).format(language);
        }

        /** The word for a key of ours, in lists such as {@code channel}; what is no key stands for itself. */
        public String word(String list, @Nullable String key) {
            return key == null ? "–" : texts.wordOr(list + "." + key, language, line(key));
        }

        public String line(@Nullable String text) {
            return text == null || text.isBlank() ? "–" : AgencyTexts.line(text);
        }

        public String joined(@Nullable String... parts) {
            return String.join(
                    " ",
                    Stream.of(parts)
                            .filter(part -> part != null && !part.isBlank())
                            .map(AgencyTexts::line)
                            .toList());
        }

        public String list(List<String> parts) {
            return String.join(", ", parts.stream().map(AgencyTexts::line).toList());
        }

        /** A text of several lines, each without what could shape the page. */
        public List<String> lines(@Nullable String text) {
            return text == null
                    ? List.of()
                    : text.lines().map(AgencyTexts::line).toList();
        }

        public String country(String code) {
            return new Locale.Builder().setRegion(code).build().getDisplayCountry(language);
        }
    }

    private static SpringTemplateEngine pages(AgencyTexts texts) {
        var resolver = new ClassLoaderTemplateResolver();
        resolver.setPrefix("templates/");
        resolver.setSuffix(".html");
        resolver.setTemplateMode(TemplateMode.HTML);
        resolver.setCharacterEncoding("UTF-8");
        resolver.setResolvablePatterns(Set.of("agency/*"));
        var engine = new SpringTemplateEngine();
        engine.addTemplateResolver(resolver);
        engine.setTemplateEngineMessageSource(texts.source());
        return engine;
    }
}
