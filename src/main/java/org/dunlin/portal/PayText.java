package org.dunlin.portal;

import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dunlin.contact.template.Wording;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Money;
import org.dunlin.receivables.OpenInvoice;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts the page of a link into words, from {@code messages/portal_*.properties}. */
@Component
class PayText {

    /** Languages there are texts for, the one for everybody else first. */
    static final List<String> LANGUAGES = List.of("en", "nl", "fr", "de");

    private final List<WayToPay> ways;
    private final Supplier<Wording> wording;
    private final Clock clock;

    PayText(List<WayToPay> ways, Supplier<Wording> wording, Clock clock) {
        this.ways = ways;
        this.wording = wording;
        this.clock = clock;
    }

    /** What has just happened, as far as the page has to say something about it. */
    enum News {
        NONE,
        /** The customer comes from the payment service, and we do not know yet. */
        UNDER_WAY,
        /** The customer comes from the payment service, and nothing came of it. */
        NOT_PAID,
        /** The customer wanted to pay at once, and the service does not answer. */
        UNAVAILABLE,
        PAID
    }

    PayView of(Debt debt, News news) {
        Locale locale = debt.customer().locale();
        List<Money> toPay = debt.toPay();
        boolean waiting = news == News.UNDER_WAY;
        return new PayView(
                debt.customer().language(),
                debt.creditor().name(),
                news == News.NONE ? null : text("news." + news, locale),
                news == News.NOT_PAID || news == News.UNAVAILABLE,
                heading(debt, toPay, locale),
                lead(debt, toPay, locale),
                waiting || toPay.isEmpty() ? null : button(debt, locale),
                waiting || toPay.isEmpty() ? null : transfer(debt, toPay, locale),
                parts(debt.plan(), locale),
                debt.open().isEmpty() ? null : invoices("invoices", null, debt.open(), locale),
                debt.examined().isEmpty()
                        ? null
                        : invoices("examined", text("examinedNote", locale), debt.examined(), locale),
                contact(debt.creditor(), locale));
    }

    private String heading(Debt debt, List<Money> toPay, Locale locale) {
        if (toPay.isEmpty()) {
            return text(debt.open().isEmpty() && debt.examined().isEmpty() ? "allPaid" : "nothingNow", locale);
        }
        String sum = toPay.stream().map(money -> money.format(locale)).collect(Collectors.joining(" + "));
        return text(debt.plan() == null ? "open" : "openOfPlan", locale, sum);
    }

    private List<String> lead(Debt debt, List<Money> toPay, Locale locale) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), debt.creditor().timeZone());
        if (toPay.isEmpty()) {
            return List.of(text("thanks", locale));
        }
        return List.of(text("asOf", locale, date(today, locale)), text("justPaid", locale));
    }

    private PayView.@Nullable Button button(Debt debt, Locale locale) {
        Money amount = debt.amount();
        return amount != null && offers(debt, WayToPay.Offer.AtOnce.class).isPresent()
                ? new PayView.Button(text("payNow", locale, amount.format(locale)), text("payNowHint", locale))
                : null;
    }

    private PayView.@Nullable Transfer transfer(Debt debt, List<Money> toPay, Locale locale) {
        return offers(debt, WayToPay.Offer.Transfer.class)
                .map(offer -> {
                    List<PayView.Detail> details = new ArrayList<>();
                    details.add(new PayView.Detail(
                            text("amount", locale),
                            toPay.stream().map(money -> money.format(locale)).collect(Collectors.joining(" + ")),
                            false));
                    details.add(new PayView.Detail(text("holder", locale), offer.holder(), false));
                    if (offer.iban() != null) {
                        details.add(new PayView.Detail(text("iban", locale), inFours(offer.iban()), true));
                    }
                    if (offer.bic() != null) {
                        details.add(new PayView.Detail(text("bic", locale), offer.bic(), true));
                    }
                    details.add(new PayView.Detail(text("reference", locale), offer.reference(), true));
                    return new PayView.Transfer(
                            text("byTransfer", locale),
                            details,
                            offer.code() == null ? null : offer.code().picture().forScreen(),
                            text("scan", locale));
                })
                .orElse(null);
    }

    private <T extends WayToPay.Offer> Optional<T> offers(Debt debt, Class<T> kind) {
        return ways.stream()
                .flatMap(way -> way.offer(debt).stream())
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst();
    }

    private PayView.@Nullable Parts parts(@Nullable Plan plan, Locale locale) {
        return plan == null
                ? null
                : new PayView.Parts(
                        text("plan", locale),
                        plan.parts().stream()
                                .map(part -> new PayView.Part(
                                        date(part.dueOn(), locale),
                                        part.amount().format(locale),
                                        part.paid() ? text("paid", locale) : null))
                                .toList());
    }

    private PayView.Invoices invoices(String heading, @Nullable String note, List<OpenInvoice> lines, Locale locale) {
        return new PayView.Invoices(
                text(heading, locale, lines.size()),
                note,
                lines.stream()
                        .map(line -> new PayView.Line(
                                line.number(),
                                text("dates", locale, date(line.issuedOn(), locale), date(line.dueOn(), locale)),
                                line.open().format(locale),
                                line.open().compareTo(line.gross()) < 0
                                        ? text("of", locale, line.gross().format(locale))
                                        : null))
                        .toList());
    }

    private PayView.Contact contact(Creditor creditor, Locale locale) {
        return new PayView.Contact(
                text("questions", locale),
                text("questionsText", locale),
                creditor.phone(),
                creditor.phone() == null ? null : "tel:" + creditor.phone().replaceAll("[^+0-9]", ""),
                creditor.senderEmail(),
                Stream.of(
                                creditor.name(),
                                creditor.street(),
                                Stream.of(creditor.postalCode(), creditor.city())
                                        .filter(Objects::nonNull)
                                        .collect(Collectors.joining(" ")))
                        .filter(part -> part != null && !part.isBlank())
                        .toList());
    }

    /** The page of a link that cannot be opened, for whatever reason. */
    record Gone(String language, String heading, List<String> lead) {}

    /** In that language, or for everybody. */
    Gone gone(List<Locale> wanted) {
        String language = wanted.stream()
                .map(Locale::getLanguage)
                .filter(LANGUAGES::contains)
                .findFirst()
                .orElse(LANGUAGES.get(0));
        Locale locale = Locale.forLanguageTag(language);
        return new Gone(language, text("gone", locale), List.of(text("goneWhy", locale), text("goneWhat", locale)));
    }

    private String text(String key, Locale locale, Object... arguments) {
        return wording.get().text(PayTexts.BUNDLE, key, locale, arguments);
    }

    private static String inFours(String iban) {
        return iban.replaceAll("(.{4})(?=.)", "$1 ");
    }

    private static String date(LocalDate date, Locale locale) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(locale)
                .format(date);
    }
}
