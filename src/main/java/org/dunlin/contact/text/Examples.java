package org.dunlin.contact.text;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.dunlin.contact.link.PayLink;
import org.dunlin.contact.log.InvoiceLevels;
import org.dunlin.contact.log.MessageContent;
import org.dunlin.dunning.CaseStatement;
import org.dunlin.dunning.DunningCase;
import org.dunlin.dunning.Hold;
import org.dunlin.dunning.HoldStatement;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Customer;
import org.dunlin.receivables.Money;
import org.dunlin.receivables.OpenInvoice;
import org.dunlin.receivables.PaymentReference;
import org.dunlin.receivables.ReferenceBook;

/** Messages to customers who do not exist, about invoices that nobody owes: to look at texts and layouts, and to try them out. */
final class Examples {

    static final ReferenceBook REFERENCES =
            (creditor, customer) -> new PaymentReference(PaymentReference.Form.of(creditor.country()), "1000000042");

    /** The first two have been asked for before. */
    static final InvoiceLevels LEVELS = invoices -> Map.of(1L, 1, 2L, 1);

    static final MessageLinks LINKS = new MessageLinks() {
        @Override
        public Optional<String> page(PayLink.Occasion message) {
            return Optional.of("https://pay.example.com/pay/EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE0");
        }

        @Override
        public Optional<String> explanation(PayLink.Occasion message, Creditor creditor, String language) {
            return Optional.of("https://explained.example.com/" + language);
        }
    };

    private final MessageComposer composer;
    private final Function<String, List<String>> templates;
    private final LocalDate today;

    /** @param templates names of them, by language */
    Examples(MessageComposer composer, Function<String, List<String>> templates, LocalDate today) {
        this.composer = composer;
        this.templates = templates;
        this.today = today;
    }

    List<String> templates(String language) {
        return templates.apply(language);
    }

    MessageContent email(String template, String language) {
        return isNotice(template)
                ? composer.notice(template, hold(template), customer(language), creditor(), "a@example.com", today)
                : composer.email(template, statement(), customer(language), creditor(), "a@example.com", today);
    }

    String letter(String template, String language) {
        return isNotice(template)
                ? composer.noticeLetter(template, hold(template), customer(language), creditor(), today)
                : composer.letter(template, statement(), customer(language), creditor(), today);
    }

    MessageContent sms(String template, String language) {
        return isNotice(template)
                ? composer.smsNotice(template, hold(template), customer(language), creditor(), "+31612345678", today)
                : composer.sms(template, statement(), customer(language), creditor(), "+31612345678", today);
    }

    byte[] paper(String template, String language) {
        return isNotice(template)
                ? composer.noticeOnPaper(template, hold(template), customer(language), creditor(), today)
                : composer.letterOnPaper(template, statement(), customer(language), creditor(), today);
    }

    static boolean isNotice(String template) {
        return Arrays.stream(NoticeText.values())
                .anyMatch(notice -> notice.template().equals(template));
    }

    private CaseStatement statement() {
        return new CaseStatement(
                new DunningCase(
                        1,
                        "D100042",
                        1,
                        2,
                        "EUR",
                        DunningCase.State.OPEN,
                        null,
                        today,
                        "B",
                        "standard",
                        0,
                        null,
                        null,
                        null,
                        null),
                invoices(),
                true);
    }

    private HoldStatement hold(String template) {
        boolean plan = NoticeText.of(template).payment() == NoticeText.Payment.IN_INSTALMENTS;
        Hold hold = new Hold(
                1,
                "H100042",
                plan ? Hold.Kind.PLAN : Hold.Kind.DISPUTE,
                2,
                1,
                false,
                invoices().stream()
                        .map(line -> new Hold.Covered(line.id(), line.number(), line.open()))
                        .toList(),
                plan ? "plan" : "price",
                null,
                plan ? Money.of(new BigDecimal("2134.50"), "EUR") : null,
                today,
                plan ? today.plusMonths(2) : null,
                null,
                today.atStartOfDay(ZoneOffset.UTC).toInstant(),
                null,
                null,
                null,
                plan ? null : "Pallet 3, 24 March 2026, R. Bos.",
                null,
                plan
                        ? List.of(
                                new Hold.Instalment(today.plusWeeks(2), new BigDecimal("711.50")),
                                new Hold.Instalment(today.plusMonths(1), new BigDecimal("711.50")),
                                new Hold.Instalment(today.plusMonths(2), new BigDecimal("711.50")))
                        : List.of(),
                Hold.Course.BEGUN);
        return new HoldStatement(hold, invoices());
    }

    private List<OpenInvoice> invoices() {
        return List.of(
                invoice(1, "2026-0107", 51, "1200.00", "1200.00"),
                invoice(2, "2026-0119", 44, "1000.00", "434.50"),
                invoice(3, "2026-0123", 37, "500.00", "500.00"));
    }

    private OpenInvoice invoice(long id, String number, int issuedDaysAgo, String gross, String open) {
        LocalDate issued = today.minusDays(issuedDaysAgo);
        return new OpenInvoice(
                id,
                number,
                issued,
                issued.plusDays(30),
                Money.of(new BigDecimal(gross), "EUR"),
                Money.of(new BigDecimal(open), "EUR"),
                false);
    }

    private static Customer customer(String language) {
        return switch (language) {
            case "nl" ->
                customer(
                        "nl",
                        "NL",
                        "Bakkerij Van ’t Hoff & Zn.",
                        "Noor de Vries",
                        "Dorpsstraat 12",
                        "3981 AB",
                        "Bunnik");
            case "fr" ->
                customer(
                        "fr", "BE", "Boulangerie L’Épi d’Or SRL", "Élodie Lefèvre", "Rue Haute 7", "1000", "Bruxelles");
            case "de" ->
                customer(
                        "de",
                        "DE",
                        "Bäckerei Schäfer & Söhne GmbH",
                        "Jürgen Weiß",
                        "Lange Straße 3",
                        "48143",
                        "Münster");
            default ->
                customer("en", "IE", "O’Brien’s Bakery Ltd", "Aoife O’Brien", "12 High Street", "D02 X285", "Dublin");
        };
    }

    private static Customer customer(
            String language,
            String country,
            String name,
            String person,
            String street,
            String postalCode,
            String city) {
        return new Customer(
                2,
                "20417",
                Customer.Kind.COMPANY,
                name,
                null,
                street,
                postalCode,
                city,
                country,
                language,
                null,
                12,
                null,
                null,
                List.of(new Customer.ContactPerson(1, person, null, "a@example.com", null)));
    }

    private static Creditor creditor() {
        return new Creditor(
                1,
                "1000",
                "Noorderlicht Groothandel B.V.",
                "Keizersgracht 1",
                "1015 CN",
                "Amsterdam",
                "NL",
                "nl",
                ZoneId.of("Europe/Amsterdam"),
                "NL91ABNA0417164300",
                "ABNANL2A",
                "NL001234567B01",
                "Eva Janssen",
                "debiteuren@noorderlicht.example",
                "+31 20 123 45 67");
    }
}
