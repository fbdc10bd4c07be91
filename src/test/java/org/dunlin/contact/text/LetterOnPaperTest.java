package org.dunlin.contact.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dunlin.contact.text.MessageComposerTest.creditor;
import static org.dunlin.contact.text.MessageComposerTest.customer;
import static org.dunlin.contact.text.MessageComposerTest.hold;
import static org.dunlin.contact.text.MessageComposerTest.invoice;
import static org.dunlin.contact.text.MessageComposerTest.statement;
import static org.dunlin.contact.text.MessageComposerTest.three;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.multi.qrcode.QRCodeMultiReader;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.PDFTextStripperByArea;
import org.dunlin.contact.letter.PaymentCode;
import org.dunlin.contact.letter.PdfPrinter;
import org.dunlin.platform.calendar.WorkCalendar;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Customer;
import org.dunlin.receivables.Money;
import org.dunlin.receivables.OpenInvoice;
import org.dunlin.receivables.PaymentReference;
import org.dunlin.receivables.PaymentReferences;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.ValidationResult;

/** Letters as they come out of the printer. Each is left in {@code target/letters}, for eyes. */
class LetterOnPaperTest {

    private static final LocalDate TUESDAY = LocalDate.of(2026, 3, 24);
    private static final double POINTS_PER_MM = 72 / 25.4;

    private final PaymentReferences references = mock();
    private final MessageLinks links = mock();
    private final MessageComposer composer = new MessageComposer(
            references, new WorkCalendar(), new MessageProperties(5), new PdfPrinter(), links, Wordings.inJar());

    @BeforeEach
    void reference() {
        pay(PaymentReference.Form.ISO_11649);
    }

    private void pay(PaymentReference.Form form) {
        when(references.forCustomer(any(), anyLong())).thenReturn(new PaymentReference(form, "1000000001"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reminder",
                "demand",
                "finalNotice",
                "courtesy",
                "publicReminder",
                "publicLetter",
                "consumerReminder",
                "consumerLetter",
                "consumerFinal"
            })
    void a_letter_is_one_page_that_archives_accept_in_every_language(String template) throws Exception {
        for (String language : List.of("nl", "fr", "en", "de")) {
            byte[] pdf = letter(template, customer("Bakkerij Van Dam", language, "NL", "Sam Jansen"), three());
            keep(template + "-" + language, pdf);

            assertThat(faults(pdf)).isEmpty();
            try (PDDocument document = Loader.loadPDF(pdf)) {
                assertThat(document.getNumberOfPages()).isEqualTo(1);
                assertThat(text(document))
                        .contains("2026-0107", "2026-0119", "NL91 ABNA 0417 1643 00", "D100042", "C-2", "1 / 1")
                        .doesNotContain("??", "{", "#");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"NL, 20", "DE, 20", "BE, 105", "FR, 105"})
    void the_window_of_the_envelope_shows_the_address_and_nothing_else(String country, double left) throws IOException {
        byte[] pdf = composer.letterOnPaper(
                "demand",
                statement(three()),
                customer("Bakkerij Van Dam", "en", country, "Sam Jansen"),
                in(country, creditor("+31 20 123 45 67")),
                TUESDAY);
        keep("window-" + country, pdf);
        // 85 × 45 mm, from 45 mm below the edge: DIN 5008 form B.
        assertThat(in(pdf, left, 45, 85, 45).lines())
                .containsExactly(
                        "Noorderlicht Groothandel B.V. · Keizersgracht 1 · 1015 CN Amsterdam",
                        "Bakkerij Van Dam",
                        "Sam Jansen",
                        "Dorpsstraat 1",
                        "1000 AA Amsterdam");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ISO_11649 | BCD/002/1/SCT/ABNANL2A/Noorderlicht Groothandel B.V./NL91ABNA0417164300/EUR2134.50//RF901000000001",
                "BELGIAN | BCD/002/1/SCT/ABNANL2A/Noorderlicht Groothandel B.V./NL91ABNA0417164300/EUR2134.50///+++100/0000/00135+++"
            })
    void a_banking_app_reads_amount_account_and_reference_from_the_printed_code(
            PaymentReference.Form form, String expected) throws Exception {
        pay(form);
        byte[] pdf = letter("demand", customer("Bakkerij Van Dam", "nl", "NL", "Sam Jansen"), three());

        List<String> read = scan(pdf, 200).lines().toList();

        assertThat(String.join("/", read)).isEqualTo(expected.replace("RF901000000001", reference(form)));
    }

    @Test
    void beside_the_code_for_the_bank_stands_one_that_opens_the_page_of_the_letter() throws Exception {
        String address = "https://pay.creditor.example/pay/abcdefghijklmnopqrstuvwxyz012345";
        when(links.page(any())).thenReturn(java.util.Optional.of(address));
        byte[] pdf = letter("demand", customer("Bakkerij Van Dam", "nl", "NL", "Sam Jansen"), three());
        keep("two-codes", pdf);

        assertThat(faults(pdf)).isEmpty();
        assertThat(codes(pdf))
                .hasSize(2)
                .anyMatch(code -> code.startsWith("BCD"))
                .contains(address);
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            assertThat(text(document)).contains(address);
        }
    }

    private static String reference(PaymentReference.Form form) {
        return new PaymentReference(form, "1000000001").electronic();
    }

    @Test
    void a_code_carries_names_with_letters_of_any_alphabet() throws Exception {
        Creditor creditor = named("Γιώργος & Żółć Müller Şirketi A.Ş.", creditor("+31 20 123 45 67"));
        byte[] pdf = composer.letterOnPaper(
                "demand", statement(three()), customer("Firma", "en", "NL", "Sam"), creditor, TUESDAY);
        keep("alphabets-code", pdf);
        assertThat(scan(pdf, 300).lines()).contains("Γιώργος & Żółć Müller Şirketi A.Ş.");
    }

    @Test
    void there_is_no_code_where_a_transfer_in_euros_is_not_how_to_pay() {
        PaymentReference reference = references.forCustomer(creditor("1"), 2);
        assertThat(PaymentCode.of(creditor("1"), Money.of(new java.math.BigDecimal("10"), "GBP"), reference))
                .isEmpty();
        assertThat(PaymentCode.of(creditor("1"), Money.of(new java.math.BigDecimal("1000000000.00"), "EUR"), reference))
                .isEmpty();
        assertThat(PaymentCode.of(creditor("1"), Money.of(new java.math.BigDecimal("999999999.99"), "EUR"), reference))
                .isPresent();
    }

    @Test
    void names_in_greek_polish_and_turkish_are_printed_with_every_letter() throws Exception {
        byte[] pdf = letter(
                "reminder", customer("Αφοί Παπαδόπουλος Ο.Ε.", "en", "NL", "Gülşah Iğdır Żółkiewska Čapek"), three());
        keep("alphabets", pdf);

        assertThat(faults(pdf)).isEmpty();
        assertThat(in(pdf, 20, 45, 85, 45)).contains("Αφοί Παπαδόπουλος Ο.Ε.", "Gülşah Iğdır Żółkiewska Čapek");
    }

    @Test
    void a_long_statement_goes_on_over_the_page_with_its_headings() throws Exception {
        List<OpenInvoice> many = IntStream.rangeClosed(1, 90)
                .mapToObj(i -> invoice("2026-%04d".formatted(i), "120.00", i % 3 == 0 ? "20.00" : "120.00"))
                .toList();
        byte[] pdf = letter("finalNotice", customer("Bakkerij Van Dam", "de", "DE", "Sam Jansen"), many);
        keep("long", pdf);
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(document.getNumberOfPages()).isBetween(3, 5);
            PDFTextStripper second = new PDFTextStripper();
            second.setStartPage(2);
            second.setEndPage(2);
            assertThat(second.getText(document)).contains("Rechnung", "Offen", "2 / ");
            assertThat(text(document)).contains("2026-0001", "2026-0090");
        }
    }

    @Test
    void a_notice_on_paper_has_a_code_only_where_something_is_to_be_paid_at_once() throws Exception {
        Customer customer = customer("Bakkerij Van Dam", "en", "NL", "Sam Jansen");
        for (String notice : List.of("disputeRejected", "disputeCredit", "planAgreed")) {
            byte[] pdf = composer.noticeOnPaper(
                    notice, hold(notice, three(), "As ordered."), customer, creditor("+31 20 123 45 67"), TUESDAY);
            keep(notice, pdf);
            assertThat(faults(pdf)).isEmpty();
            if (notice.equals("disputeRejected")) {
                assertThat(scan(pdf, 200)).contains("EUR2134.50");
            } else {
                org.assertj.core.api.Assertions.assertThatThrownBy(() -> scan(pdf, 200))
                        .isInstanceOf(NotFoundException.class);
            }
        }
    }

    @Test
    void what_a_customer_is_called_is_printed_and_never_read_as_markup_or_fetched() throws Exception {
        String evil = "<img src='file:///etc/passwd'/> ${7*7} &amp; ]]>";
        byte[] pdf = letter("reminder", customer(evil, "en", "NL", "Sam"), three());
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(text(document)).contains("<img src='file:///etc/passwd'/> ${7*7} &amp; ]]>");
        }
    }

    @Test
    void a_page_cannot_make_the_printer_read_a_file() throws Exception {
        byte[] with = new PdfPrinter()
                .print(page("<img src=\"file:///etc/hostname\"/><object data=\"file:///etc/passwd\"></object>"));
        byte[] without = new PdfPrinter().print(page(""));
        assertThat(with.length - without.length).isLessThan(200);
    }

    private static String page(String body) {
        return "<html><head><title>t</title><style>body{font-family:'DejaVu Sans Condensed'}</style></head><body><p>x</p>"
                + body + "</body></html>";
    }

    private byte[] letter(String template, Customer customer, List<OpenInvoice> lines) {
        return composer.letterOnPaper(template, statement(lines), customer, creditor("+31 20 123 45 67"), TUESDAY);
    }

    private static Creditor in(String country, Creditor c) {
        return new Creditor(
                c.id(),
                c.number(),
                c.name(),
                c.street(),
                c.postalCode(),
                c.city(),
                country,
                c.language(),
                c.timeZone(),
                c.iban(),
                c.bic(),
                c.vatNumber(),
                c.senderName(),
                c.senderEmail(),
                c.phone());
    }

    private static Creditor named(String name, Creditor c) {
        return new Creditor(
                c.id(),
                c.number(),
                name,
                c.street(),
                c.postalCode(),
                c.city(),
                c.country(),
                c.language(),
                c.timeZone(),
                c.iban(),
                c.bic(),
                c.vatNumber(),
                c.senderName(),
                c.senderEmail(),
                c.phone());
    }

    private static void keep(String name, byte[] pdf) throws IOException {
        Path folder = Files.createDirectories(Path.of("target/letters"));
        Files.write(folder.resolve(name + ".pdf"), pdf);
    }

    private static String text(PDDocument document) throws IOException {
        return new PDFTextStripper().getText(document);
    }

    /** Text within a part of the first page, in millimetres from its upper left corner. */
    private static String in(byte[] pdf, double x, double y, double width, double height) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            PDFTextStripperByArea area = new PDFTextStripperByArea();
            area.setSortByPosition(true);
            area.addRegion(
                    "window",
                    new Rectangle2D.Double(
                            x * POINTS_PER_MM, y * POINTS_PER_MM, width * POINTS_PER_MM, height * POINTS_PER_MM));
            area.extractRegions(document.getPage(0));
            return area.getTextForRegion("window").strip();
        }
    }

    /** What a camera sees. */
    private static String scan(byte[] pdf, int dpi) throws IOException, ReaderException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            BufferedImage image = new PDFRenderer(document).renderImageWithDPI(0, dpi);
            int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
            return new QRCodeReader()
                    .decode(
                            new BinaryBitmap(new HybridBinarizer(
                                    new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels))),
                            // A phone tries many times a second.
                            java.util.Map.of(com.google.zxing.DecodeHintType.TRY_HARDER, true))
                    .getText();
        }
    }

    private static List<String> codes(byte[] pdf) throws IOException, ReaderException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            BufferedImage image = new PDFRenderer(document).renderImageWithDPI(0, 300);
            int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
            return java.util.Arrays.stream(new QRCodeMultiReader()
                            .decodeMultiple(
                                    new BinaryBitmap(new HybridBinarizer(
                                            new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels))),
                                    java.util.Map.of(com.google.zxing.DecodeHintType.TRY_HARDER, true)))
                    .map(com.google.zxing.Result::getText)
                    .toList();
        }
    }

    private static List<String> faults(byte[] pdf) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        try (PDFAParser parser =
                        Foundries.defaultInstance().createParser(new ByteArrayInputStream(pdf), PDFAFlavour.PDFA_2_U);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(PDFAFlavour.PDFA_2_U, false)) {
            ValidationResult result = validator.validate(parser);
            return result.getTestAssertions().stream()
                    .map(fault -> fault.getRuleId().getClause() + ": " + fault.getMessage())
                    .distinct()
                    .toList();
        }
    }
}
