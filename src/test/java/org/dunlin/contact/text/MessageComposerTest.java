package org.dunlin.contact.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.dunlin.contact.letter.PdfPrinter;
import org.dunlin.contact.log.MessageContent;
import org.dunlin.dunning.CaseStatement;
import org.dunlin.dunning.DunningCase;
import org.dunlin.dunning.Hold;
import org.dunlin.dunning.HoldStatement;
import org.dunlin.platform.calendar.WorkCalendar;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Customer;
import org.dunlin.receivables.Customer.ContactPerson;
import org.dunlin.receivables.Money;
import org.dunlin.receivables.OpenInvoice;
import org.dunlin.receivables.PaymentReference;
import org.dunlin.receivables.PaymentReferences;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageComposerTest {

    private static final LocalDate TUESDAY = LocalDate.of(2026, 3, 24);
    private static final PaymentReference REFERENCE =
            new PaymentReference(PaymentReference.Form.ISO_11649, "1000000001");
    private static final List<String> LANGUAGES = List.of("nl", "fr", "en", "de");
    private static final List<String> TEMPLATES = List.of(
            "reminder",
            "demand",
            "finalNotice",
            "courtesy",
            "publicReminder",
            "publicLetter",
            "consumerReminder",
            "consumerLetter",
            "consumerFinal");
    private static final List<String> NOTICES =
            List.of("disputeCredit", "disputeCorrected", "disputeRejected", "planAgreed");
    private static final String WHY = "The price is that of your order of 3 January.";

    private final PaymentReferences references = mock();
    private final MessageLinks links = mock();
    private final MessageComposer composer = new MessageComposer(
            references, new WorkCalendar(), new MessageProperties(5), new PdfPrinter(), links, Wordings.inJar());

    @BeforeEach
    void reference() {
        when(references.forCustomer(any(), anyLong())).thenReturn(REFERENCE);
    }

    @Test
    void each_invoice_shows_how_often_it_has_been_asked_for_once_one_was_asked_for_before() {
        MessageComposer knowing = new MessageComposer(
                references,
                new WorkCalendar(),
                new MessageProperties(5),
                new PdfPrinter(),
                invoices -> Map.of(three().get(0).id(), 2, three().get(1).id(), 1),
                links,
                Wordings.inJar());
        for (String medium : List.of("mail", "letter")) {
            assertThat(levels(knowing, medium, "demand", "en"))
                    .containsExactly("Third reminder", "Second reminder", "First reminder");
        }
        assertThat(levels(knowing, "mail", "finalNotice", "en"))
                .as("an invoice that nobody has been told of is not at its end")
                .containsExactly("Final request", "Final request", "First reminder");
        assertThat(levels(knowing, "letter", "consumerFinal", "en"))
                .containsExactly("Final request", "Final request", "First reminder");
        assertThat(levels(knowing, "mail", "demand", "nl"))
                .containsExactly("Derde herinnering", "Tweede herinnering", "Eerste herinnering");
        assertThat(levels(knowing, "mail", "demand", "de"))
                .containsExactly("Dritte Erinnerung", "Zweite Erinnerung", "Erste Erinnerung");
        assertThat(levels(knowing, "mail", "demand", "fr"))
                .containsExactly("Troisième rappel", "Deuxième rappel", "Premier rappel");
        assertThat(levels(composer, "mail", "demand", "en"))
                .as("all for the first time")
                .isEmpty();
    }

    /** What stands behind the date of each invoice. */
    private List<String> levels(MessageComposer knowing, String medium, String template, String language) {
        var customer = customer("Bakkerij Van Dam", language, "NL", "Sam Jansen");
        var creditor = creditor("+31 20 123 45 67");
        String text = medium.equals("mail")
                ? knowing.email(template, statement(three()), customer, creditor, "sam@customer.example", TUESDAY)
                        .text()
                : knowing.letter(template, statement(three()), customer, creditor, TUESDAY);
        return text.lines()
                .filter(line -> line.contains("2026-0") && line.contains("), "))
                .map(line -> line.substring(line.indexOf("), ") + 3))
                .toList();
    }

    @Test
    void every_template_has_all_its_texts_in_every_language() throws IOException {
        Set<Object> keys = new TreeSet<>(texts("nl").keySet());
        for (String template : TEMPLATES) {
            assertThat(keys)
                    .contains(template + ".subject", template + ".preview", template + ".before", template + ".after");
        }
        for (String notice : NOTICES) {
            assertThat(keys)
                    .contains(
                            notice + ".subject",
                            notice + ".preview",
                            notice + ".before",
                            notice + ".then",
                            notice + ".after");
        }
        for (String language : LANGUAGES) {
            assertThat(texts(language).keySet()).as(language).containsExactlyInAnyOrderElementsOf(keys);
        }
    }

    /** Also leaves the pages in {@code target/messages}, for eyes. */
    @ParameterizedTest
    @FieldSource("TEMPLATES")
    void a_message_says_what_is_open_and_how_to_pay_in_every_language(String template) throws IOException {
        Path pages = Files.createDirectories(Path.of("target/messages"));
        for (String language : LANGUAGES) {
            Customer customer = customer("Bakkerij Van Dam", language, "NL", "Sam Jansen");
            MessageContent mail = email(template, customer, three());

            assertThat(mail.html())
                    .contains(
                            "2026-0107",
                            "2026-0119",
                            "2026-0123",
                            "NL91 ABNA 0417 1643 00",
                            "ABNANL2A",
                            REFERENCE.formatted())
                    .doesNotContainPattern("\\{[0-9]")
                    .doesNotContain("http:", "https:", "<script", "??");
            assertThat(mail.text())
                    .contains("2026-0107", "2026-0119", "2026-0123", "NL91 ABNA 0417 1643 00", REFERENCE.formatted())
                    .doesNotContain("{", "<", "&", "??");
            Files.writeString(pages.resolve(template + "-" + language + ".html"), mail.html());
            Files.writeString(pages.resolve(template + "-" + language + ".txt"), mail.subject() + "\n\n" + mail.text());
            Files.writeString(
                    pages.resolve(template + "-" + language + "-letter.txt"),
                    composer.letter(template, statement(three()), customer, creditor("+31 20 123 45 67"), TUESDAY));
        }
    }

    /** Costs, interest and damages come with the law of a country, or not at all. */
    @ParameterizedTest
    @ValueSource(strings = {"consumerReminder", "consumerLetter", "consumerFinal"})
    void a_private_person_gets_fourteen_days_from_receipt_and_is_asked_for_what_is_open_and_nothing_else(
            String template) {
        Map<String, List<String>> said = Map.of(
                "en", List.of("within 14 days after the day on which you receive", "no costs are added"),
                "nl", List.of("binnen 14 dagen na de dag waarop u", "er komen geen kosten bij"),
                "fr", List.of("dans les 14 jours qui suivent le jour où vous recevez", "aucuns frais ne s’ajoutent"),
                "de", List.of("innerhalb von 14 Tagen nach dem Tag, an dem Sie", "es kommen keine Kosten hinzu"));
        Map<String, String> claims = Map.of(
                "en", "(?i)interest|damages|compensation|penalt",
                "nl", "(?i)\\brente|schadevergoeding|boete|incassokosten",
                "fr", "(?i)intérêt|dommages|indemnit|pénalit",
                "de", "(?i)zinsen|schadenersatz|mahngebühr|inkassokosten");
        said.forEach((language, words) -> {
            Customer customer = customer("Sam Jansen", language, "NL", "Sam Jansen");
            String mail = email(template, customer, three()).text();
            String letter = composer.letter(template, statement(three()), customer, creditor(null), TUESDAY);

            for (String text : List.of(mail, letter)) {
                words.forEach(part -> assertThat(text).containsIgnoringCase(part));
                assertThat(text)
                        .doesNotContainPattern(claims.get(language))
                        .as("no date that would be shorter than the term")
                        .doesNotContain("2026-03-31", "31 March", "31 maart", "31 mars", "31. März");
                assertThat(plain(text)).containsPattern("2[.,\\s]134[.,]50");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"publicReminder", "publicLetter"})
    void a_public_body_is_asked_for_the_reference_that_may_be_missing_and_threatened_with_nothing(String template) {
        Map<String, List<String>> said = Map.of(
                "en", List.of("purchase order number", "reference of the e-invoice"),
                "nl", List.of("inkoopnummer", "kenmerk van de e-factuur"),
                "fr", List.of("numéro de commande", "référence de la facture électronique"),
                "de", List.of("Bestellnummer", "Referenz der E-Rechnung"));
        said.forEach((language, words) -> assertThat(
                        email(template, customer("Gemeente Dam", language, "NL", "Sam"), three())
                                .text())
                .contains(words)
                .doesNotContainPattern("(?i)agency|incasso|recouvrement|inkasso|court|rechtbank|tribunal|gericht"));
    }

    /** Also leaves the pages in {@code target/messages}, for eyes. */
    @ParameterizedTest
    @ValueSource(strings = {"disputeCredit", "disputeCorrected", "disputeRejected", "planAgreed"})
    void a_notice_names_the_invoices_and_says_how_to_pay_only_where_something_is_to_be_paid(String notice)
            throws IOException {
        Path pages = Files.createDirectories(Path.of("target/messages"));
        boolean toPay = notice.equals("disputeRejected") || notice.equals("planAgreed");
        for (String language : LANGUAGES) {
            Customer customer = customer("Bakkerij Van Dam", language, "NL", "Sam Jansen");
            HoldStatement hold = hold(notice, three(), WHY);
            MessageContent mail = notice(notice, hold, customer);
            String letter = composer.noticeLetter(notice, hold, customer, creditor("+31 20 123 45 67"), TUESDAY);

            assertThat(mail.html())
                    .contains("2026-0107", "2026-0119", "2026-0123", WHY, "+31 20 123 45 67")
                    .doesNotContainPattern("\\{[0-9]")
                    .doesNotContain("http:", "https:", "<script", "??", "choice");
            for (String text : List.of(mail.text(), letter)) {
                assertThat(text)
                        .contains("2026-0107", "2026-0119", "2026-0123", WHY, "+31 20 123 45 67")
                        .doesNotContain("{", "<", "&", "??", "choice");
                assertThat(text.contains("NL91 ABNA 0417 1643 00") && text.contains(REFERENCE.formatted()))
                        .isEqualTo(toPay);
            }
            assertThat(mail.html().contains("NL91 ABNA 0417 1643 00")).isEqualTo(toPay);
            Files.writeString(pages.resolve(notice + "-" + language + ".html"), mail.html());
            Files.writeString(pages.resolve(notice + "-" + language + ".txt"), mail.subject() + "\n\n" + mail.text());
            Files.writeString(pages.resolve(notice + "-" + language + "-letter.txt"), letter);
            MessageContent one = notice(notice, hold(notice, three().subList(0, 1), null), customer);
            assertThat(one.subject() + one.text()).doesNotContain("{", "choice", " 1 invoice");
            Files.writeString(pages.resolve(notice + "-" + language + "-one.html"), one.html());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nl | NL | 1 april 2026: € 1.067,25 | Bedrag: ",
                "fr | BE | 1er avril 2026: 1 067,25 € | Montant: ",
                "en | NL | 1 April 2026: €1,067.25  | Amount: ",
                "de | DE | 1. April 2026: 1.067,25 € | Betrag: "
            })
    void a_plan_is_confirmed_with_each_date_and_amount_and_no_sum_to_pay_at_once(
            String language, String country, String instalment, String amount) {
        MessageContent mail =
                notice("planAgreed", hold("planAgreed", three(), null), customer("Klant", language, country, "Sam"));

        assertThat(plain(mail.text())).contains(instalment).doesNotContain(amount);
        assertThat(mail.total()).hasToString("EUR 2134.50");
    }

    @Test
    void nobody_who_objected_has_to_pay_before_the_due_date() {
        OpenInvoice notYetDue = new OpenInvoice(
                7,
                "2026-0300",
                TUESDAY.minusDays(3),
                LocalDate.of(2026, 4, 22),
                Money.of(new BigDecimal("10"), "EUR"),
                Money.of(new BigDecimal("10"), "EUR"),
                false);
        Customer customer = customer("Shop Ltd", "en", "NL", "Sam");

        assertThat(notice("disputeRejected", hold("disputeRejected", List.of(notYetDue), null), customer)
                        .text())
                .contains("by 22 April 2026");
        assertThat(notice("disputeRejected", hold("disputeRejected", three(), null), customer)
                        .text())
                .contains("by 31 March 2026");
    }

    @Test
    void what_is_paid_already_is_not_asked_for_again() {
        Customer customer = customer("Shop Ltd", "en", "NL", "Sam");
        HoldStatement paid = hold("disputeRejected", List.of(invoice("2026-0107", "1200.00", "0.00")), WHY);

        MessageContent mail = notice("disputeRejected", paid, customer);

        assertThat(mail.text())
                .contains("nothing of it is open any more", WHY)
                .doesNotContain("NL91", "transfer", "Have you paid");
        assertThat(mail.html()).doesNotContain("NL91");
    }

    @Test
    void invoices_in_two_currencies_are_not_added_up() {
        OpenInvoice dollars = new OpenInvoice(
                8,
                "US-1",
                TUESDAY.minusDays(60),
                TUESDAY.minusDays(30),
                Money.of(new BigDecimal("70.00"), "USD"),
                Money.of(new BigDecimal("70.00"), "USD"),
                false);
        List<OpenInvoice> both = List.of(invoice("2026-0107", "1200.00", "1200.00"), dollars);

        MessageContent mail =
                notice("disputeRejected", hold("disputeRejected", both, null), customer("Shop Ltd", "en", "NL", "Sam"));

        assertThat(mail.total()).isNull();
        assertThat(mail.text()).contains("Total: €1,200.00 + US$70.00", "NL91 ABNA 0417 1643 00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"disputeCredit", "disputeCorrected", "disputeRejected", "planAgreed"})
    void what_a_department_writes_is_shown_and_never_read_as_html_template_or_header(String notice) {
        String evil =
                "<img src=x onerror=alert(1)> ${7*7} [[${7*7}]] __${7*7}__ {0} '{1}'\r\nBcc: thief@example.com\r\n\r\n"
                        + "<script>alert(1)</script>\u2028</td></table><a href=\"https://evil.example\">Pay here</a>";
        Customer customer = customer(evil, "en", "NL", evil);
        HoldStatement hold = hold(notice, List.of(invoice("<b>1</b>\r\nX: y", "10.00", "10.00")), evil);

        MessageContent mail = notice(notice, hold, customer);
        String letter = composer.noticeLetter(notice, hold, customer, creditor(null), TUESDAY);

        assertThat(mail.html())
                .doesNotContain("<img src=x", "<b>", "<script", "<a href", "</td></table><a")
                .contains("&lt;img src=x", "${7*7} [[${7*7}]] __${7*7}__ {0}", "&lt;script&gt;");
        for (String text : List.of(mail.text(), letter)) {
            assertThat(text)
                    .contains("${7*7} [[${7*7}]] __${7*7}__ {0}")
                    .doesNotContain("49", "\nBcc", "\nX: y", "\u2028");
        }
        assertThat(mail.subject()).doesNotContain("\r", "\n", "Bcc");
    }

    @Test
    void a_rung_is_no_notice() {
        Customer customer = customer("Shop Ltd", "en", "NL", "Sam");

        assertThatThrownBy(() -> notice("reminder", hold("disputeCredit", three(), null), customer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reminder");
        assertThatThrownBy(() -> notice("planAgreed", hold("disputeCredit", three(), null), customer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("instalments");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nl | NL | Bedrag: € 2.134,50         | 24 feb. 2026     | Herinnering: 3 facturen staan nog open",
                "nl | BE | Bedrag: € 2.134,50         | 24 feb. 2026     | Herinnering: 3 facturen staan nog open",
                "fr | BE | Montant: 2 134,50 €        | 24 févr. 2026    | Rappel : 3 factures sont encore ouvertes",
                "en | NL | Amount: €2,134.50          | 24 Feb 2026      | Reminder: 3 invoices are still open",
                "de | DE | Betrag: 2.134,50 €         | 24.02.2026       | Erinnerung: 3 Rechnungen sind noch offen"
            })
    void amounts_and_dates_are_written_as_the_reader_writes_them(
            String language, String country, String amount, String date, String subject) {
        MessageContent mail = email("reminder", customer("Klant", language, country, "Sam"), three());

        assertThat(plain(mail.text())).contains(amount, date);
        assertThat(plain(mail.subject())).isEqualTo(subject);
    }

    @Test
    void one_invoice_is_spoken_of_as_one() {
        MessageContent mail = email("reminder", customer("Shop Ltd", "en", "NL", "Sam"), three().subList(0, 1));

        assertThat(mail.subject()).isEqualTo("Reminder: invoice 2026-0107 is still open");
        assertThat(mail.text()).contains("the invoice below has not been paid yet");
    }

    @Test
    void the_last_day_of_the_term_is_counted_in_working_days_of_the_creditors_country() {
        MessageContent mail =
                email("demand", customer("Shop Ltd", "en", "NL", "Sam"), three(), LocalDate.of(2026, 4, 3));

        assertThat(mail.text()).contains("by 13 April 2026").as("Easter Monday does not count");
    }

    @Test
    void what_is_partly_paid_shows_what_it_was() {
        MessageContent mail = email("reminder", customer("Shop Ltd", "en", "NL", "Sam"), three());

        assertThat(mail.text()).contains("Open: €434.50 (of €1,000.00)");
    }

    @Test
    void without_a_contact_person_the_greeting_is_formal_and_without_a_phone_nobody_is_asked_to_call() {
        Customer customer = customer("Shop Ltd", "en", "NL", " ");
        MessageContent mail =
                composer.email("reminder", statement(three()), customer, creditor(null), "a@b.example", TUESDAY);

        assertThat(mail.text()).startsWith("Dear Sir or Madam,").doesNotContain("Call us");
    }

    @Test
    void names_are_shown_and_never_read_as_html_template_or_header() {
        String evil = "<img src=x onerror=alert(1)> ${7*7} [[${7*7}]] {0} '{1}'\r\nBcc: thief@example.com";
        Customer customer = customer(evil, "en", "NL", evil);
        OpenInvoice invoice = invoice("<b>1</b>\r\nX: y", "10.00", "10.00");
        MessageContent mail = email("reminder", customer, List.of(invoice));

        assertThat(mail.html()).doesNotContain("<img src=x", "<b>").contains("&lt;img src=x", "${7*7} [[${7*7}]] {0}");
        assertThat(mail.text()).contains("${7*7} [[${7*7}]] {0}").doesNotContain("49", "\nBcc");
        assertThat(mail.subject()).doesNotContain("\r", "\n").contains("<b>1</b> X: y");
    }

    @Test
    void a_text_message_is_one_line_after_the_other_as_we_worded_it_whatever_names_say() {
        OpenInvoice invoice = invoice("1\r\nPay at https://evil.example\u2028{0} ${7*7}", "10.00", "10.00");
        Customer customer = customer("<b>x</b>", "en", "NL", "{1}");
        MessageContent text = composer.sms(
                "reminder", statement(List.of(invoice)), customer, creditor(null), "+31612345678", TUESDAY);

        assertThat(text.text()).contains("1 Pay at https://evil.example {0} ${7*7} is still open");
        assertThat(text.text().lines().filter(line -> line.startsWith("Pay at")))
                .isEmpty();
        assertThat(text.html()).isNull();
    }

    @Test
    void a_template_that_does_not_exist_is_refused() {
        Customer customer = customer("Shop Ltd", "en", "NL", "Sam");

        assertThatThrownBy(() -> email("nonsense", customer, three())).hasMessageContaining("nonsense");
        assertThatThrownBy(() -> email("${7*7}", customer, three())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> email("../x", customer, three())).isInstanceOf(IllegalArgumentException.class);
    }

    private MessageContent email(String template, Customer customer, List<OpenInvoice> lines) {
        return email(template, customer, lines, TUESDAY);
    }

    private MessageContent email(String template, Customer customer, List<OpenInvoice> lines, LocalDate today) {
        return composer.email(
                template, statement(lines), customer, creditor("+31 20 123 45 67"), "ap@customer.example", today);
    }

    private MessageContent notice(String notice, HoldStatement hold, Customer customer) {
        return composer.notice(notice, hold, customer, creditor("+31 20 123 45 67"), "ap@customer.example", TUESDAY);
    }

    static HoldStatement hold(String notice, List<OpenInvoice> lines, String note) {
        boolean plan = notice.equals("planAgreed");
        Hold hold = new Hold(
                5,
                "H100005",
                plan ? Hold.Kind.PLAN : Hold.Kind.DISPUTE,
                2,
                1,
                false,
                lines.stream()
                        .map(line -> new Hold.Covered(line.id(), line.number(), line.open()))
                        .toList(),
                "price",
                null,
                plan ? Money.of(new BigDecimal("2134.50"), "EUR") : null,
                TUESDAY,
                plan ? LocalDate.of(2026, 5, 4) : null,
                null,
                TUESDAY.atStartOfDay(ZoneId.of("UTC")).toInstant(),
                null,
                null,
                null,
                note,
                null,
                plan
                        ? List.of(
                                new Hold.Instalment(LocalDate.of(2026, 4, 1), new BigDecimal("1067.2500")),
                                new Hold.Instalment(LocalDate.of(2026, 5, 4), new BigDecimal("1067.2500")))
                        : List.of(),
                Hold.Course.BEGUN);
        return new HoldStatement(hold, lines);
    }

    static CaseStatement statement(List<OpenInvoice> lines) {
        DunningCase dunningCase = new DunningCase(
                42,
                "D100042",
                1,
                2,
                "EUR",
                DunningCase.State.OPEN,
                null,
                TUESDAY,
                "B",
                "standard",
                0,
                null,
                null,
                null,
                null);
        return new CaseStatement(dunningCase, lines, true);
    }

    static List<OpenInvoice> three() {
        return List.of(
                invoice("2026-0107", "1200.00", "1200.00"),
                invoice("2026-0119", "1000.00", "434.50"),
                invoice("2026-0123", "500.00", "500.00"));
    }

    static OpenInvoice invoice(String number, String gross, String open) {
        LocalDate issued = LocalDate.of(2026, 1, 25);
        return new OpenInvoice(
                number.hashCode(),
                number,
                issued,
                LocalDate.of(2026, 2, 24),
                Money.of(new BigDecimal(gross), "EUR"),
                Money.of(new BigDecimal(open), "EUR"),
                false);
    }

    static Customer customer(String name, String language, String country, String person) {
        return new Customer(
                2,
                "C-2",
                Customer.Kind.COMPANY,
                name,
                null,
                "Dorpsstraat 1",
                "1000 AA",
                "Amsterdam",
                country,
                language,
                null,
                null,
                null,
                null,
                List.of(new ContactPerson(1, person, "Accounts payable", "ap@customer.example", null)));
    }

    static Creditor creditor(String phone) {
        return new Creditor(
                1,
                "NL1",
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
                "Debiteurenbeheer",
                "debiteuren@noorderlicht.example",
                phone);
    }

    /** With ordinary spaces, of which languages have several kinds. */
    private static String plain(String text) {
        return text.replaceAll("[\\u00a0\\u202f\\u2009]", " ");
    }

    private static Properties texts(String language) throws IOException {
        Properties texts = new Properties();
        try (Reader reader = new InputStreamReader(
                MessageComposerTest.class.getResourceAsStream("/messages/customer_" + language + ".properties"),
                StandardCharsets.UTF_8)) {
            texts.load(reader);
        }
        return texts;
    }
}
