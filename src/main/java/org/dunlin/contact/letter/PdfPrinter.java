package org.dunlin.contact.letter;

import com.openhtmltopdf.extend.FSSupplier;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.slf4j.Slf4jLogger;
import com.openhtmltopdf.util.XRLog;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * Prints a page of HTML to a PDF that archives keep: PDF/A-2u (ISO 19005-2), fonts embedded. Nothing on the page can make it read
 * a file or ask the network for something.
 */
@Component
public class PdfPrinter {

    /** The only family: a page that names another one is not printed. */
    public static final String FONT = "DejaVu Sans Condensed";

    private static final String FONTS = "/net/sf/jasperreports/fonts/dejavu/";
    private static final byte[] REGULAR = resource(FONTS + "DejaVuSansCondensed.ttf");
    private static final byte[] BOLD = resource(FONTS + "DejaVuSansCondensed-Bold.ttf");
    private static final byte[] COLOURS =
            ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();

    static {
        // Otherwise each page tells its whole making on the console.
        XRLog.setLoggerImpl(new Slf4jLogger());
    }

    /**
     * @param page well-formed XHTML
     * @throws UncheckedIOException when it cannot be printed
     */
    public byte[] print(String page) {
        ByteArrayOutputStream pdf = new ByteArrayOutputStream();
        PdfRendererBuilder printer = new PdfRendererBuilder();
        printer.useFont(font(REGULAR), FONT, 400, FontStyle.NORMAL, true);
        printer.useFont(font(BOLD), FONT, 700, FontStyle.NORMAL, true);
        printer.usePdfAConformance(PdfRendererBuilder.PdfAConformance.PDFA_2_U);
        printer.useColorProfile(COLOURS);
        printer.useExternalResourceAccessControl(
                (address, type) -> address.startsWith("data:"),
                ExternalResourceControlPriority.RUN_BEFORE_RESOLVING_URI);
        printer.useExternalResourceAccessControl(
                (address, type) -> address.startsWith("data:"),
                ExternalResourceControlPriority.RUN_AFTER_RESOLVING_URI);
        printer.withProducer("Dunlin");
        printer.withHtmlContent(page, null);
        printer.toStream(pdf);
        try {
            printer.run();
        } catch (IOException e) {
            throw new UncheckedIOException("The page could not be printed", e);
        }
        return pdf.toByteArray();
    }

    private static FSSupplier<InputStream> font(byte[] file) {
        return () -> new ByteArrayInputStream(file);
    }

    private static byte[] resource(String name) {
        try (InputStream file = Objects.requireNonNull(PdfPrinter.class.getResourceAsStream(name), name)) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
