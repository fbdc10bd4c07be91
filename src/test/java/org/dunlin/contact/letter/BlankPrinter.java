package org.dunlin.contact.letter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/** Prints an empty page, whatever it is given, in no time. For tests with hundreds of letters that are about something else. */
public final class BlankPrinter extends PdfPrinter {

    private final byte[] blank = blank();

    @Override
    public byte[] print(String page) {
        return blank;
    }

    private static byte[] blank() {
        try (PDDocument page = new PDDocument();
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            page.addPage(new PDPage(PDRectangle.A4));
            page.save(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
