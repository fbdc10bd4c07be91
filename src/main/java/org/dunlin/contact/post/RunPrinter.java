package org.dunlin.contact.post;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.multipdf.PDFMergerUtility;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.dunlin.contact.log.LetterArchive;
import org.dunlin.contact.post.PrintRun.Letter;
import org.springframework.stereotype.Component;

/**
 * Makes the one file that is printed of a run from the letters as they are kept. On each letter stands its number in the run, in the
 * window of the envelope above the address, so that an envelope can be found again.
 */
@Component
public class RunPrinter {

    private static final float POINTS_PER_MM = 72 / 25.4f;
    private static final float LEFT = 25 * POINTS_PER_MM;
    private static final float RIGHT = 110 * POINTS_PER_MM;
    private static final float BELOW_THE_TOP = 54 * POINTS_PER_MM;
    private static final float SMALL = 6.5f;

    private final PrintRuns runs;
    private final LetterArchive archive;

    RunPrinter(PrintRuns runs, LetterArchive archive) {
        this.runs = runs;
        this.archive = archive;
    }

    /** The pages are kept in a file meanwhile, not in memory. */
    public void print(PrintRun run, OutputStream out) throws IOException {
        PDFMergerUtility merger = new PDFMergerUtility();
        PDType1Font font = new PDType1Font(FontName.HELVETICA);
        try (PDDocument file = new PDDocument(IOUtils.createTempFileOnlyStreamCache())) {
            for (Letter letter : runs.letters(run.id())) {
                int before = file.getNumberOfPages();
                append(merger, file, letter);
                number(file, file.getPage(before), run, letter, font);
                if (run.duplex() && letter.pages() % 2 == 1) {
                    file.addPage(new PDPage(PDRectangle.A4));
                }
            }
            file.getDocumentInformation().setTitle("Run " + run.number());
            file.getDocumentInformation().setProducer("Dunlin");
            file.save(out);
        }
    }

    private void append(PDFMergerUtility merger, PDDocument file, Letter letter) throws IOException {
        byte[] pdf = archive.pdf(letter.contactId()).orElseThrow();
        try (PDDocument one = Loader.loadPDF(pdf)) {
            // What a file for the archive has of its own is not printed.
            one.getDocumentCatalog().getCOSObject().removeItem(COSName.OUTPUT_INTENTS);
            one.getDocumentCatalog().getCOSObject().removeItem(COSName.METADATA);
            merger.appendDocument(file, one);
        }
    }

    private static void number(PDDocument file, PDPage page, PrintRun run, Letter letter, PDType1Font font)
            throws IOException {
        try (PDPageContentStream text = new PDPageContentStream(file, page, AppendMode.APPEND, true, true)) {
            text.beginText();
            text.setFont(font, SMALL);
            text.newLineAtOffset(
                    letter.windowOnTheRight() ? RIGHT : LEFT, page.getMediaBox().getHeight() - BELOW_THE_TOP);
            text.showText(run.number() + " / " + letter.number());
            text.endText();
        }
    }
}
