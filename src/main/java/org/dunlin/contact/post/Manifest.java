package org.dunlin.contact.post;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dunlin.contact.letter.PdfPrinter;
import org.dunlin.contact.post.PrintRun.Letter;
import org.dunlin.contact.text.MessageComposer;
import org.dunlin.platform.SpreadsheetText;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;

/** The list of what is in a run, for people and for machines. */
@Component
public class Manifest {

    private final PrintRuns runs;
    private final SpringTemplateEngine pages;
    private final PdfPrinter printer;

    Manifest(PrintRuns runs, SpringTemplateEngine pages, PdfPrinter printer) {
        this.runs = runs;
        this.pages = pages;
        this.printer = printer;
    }

    /** One line per envelope; the contact is the number under which the letter is kept. */
    public String table(PrintRun run) {
        StringWriter table = new StringWriter();
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(table);
        csv.writeRecord(
                "run",
                "number",
                "firstPage",
                "pages",
                "creditor",
                "addressee",
                "street",
                "postalCode",
                "city",
                "country",
                "customer",
                "case",
                "contact");
        for (Letter letter : runs.letters(run.id())) {
            csv.writeRecord(
                    run.number(),
                    Integer.toString(letter.number()),
                    Integer.toString(letter.firstPage()),
                    Integer.toString(letter.pages()),
                    SpreadsheetText.guarded(letter.creditor()),
                    SpreadsheetText.guarded(letter.addressee()),
                    SpreadsheetText.guarded(letter.street()),
                    SpreadsheetText.guarded(letter.postalCode()),
                    SpreadsheetText.guarded(letter.city()),
                    letter.country(),
                    SpreadsheetText.guarded(letter.customerNumber()),
                    SpreadsheetText.guarded(letter.caseNumber()),
                    Long.toString(letter.contactId()));
        }
        return table.toString();
    }

    /** The same as PDF, by creditor, with the number of envelopes of each. */
    public byte[] pdf(PrintRun run) {
        Map<String, List<Row>> byCreditor = runs.letters(run.id()).stream()
                .collect(Collectors.groupingBy(
                        Letter::creditor, LinkedHashMap::new, Collectors.mapping(Manifest::row, Collectors.toList())));
        Context context = new Context();
        context.setVariable("run", run);
        context.setVariable("creditors", byCreditor);
        return printer.print(pages.process("letter/manifest", context));
    }

    record Row(
            int number, String addressee, String address, String pages, String customer, @Nullable String caseNumber) {}

    private static Row row(Letter letter) {
        String address = Stream.of(
                        letter.street(),
                        Stream.of(letter.postalCode(), letter.city())
                                .filter(Objects::nonNull)
                                .collect(Collectors.joining(" ")),
                        letter.country())
                .filter(Objects::nonNull)
                .map(MessageComposer::line)
                .collect(Collectors.joining(", "));
        int last = letter.firstPage() + letter.pages() - 1;
        return new Row(
                letter.number(),
                MessageComposer.line(letter.addressee()),
                address,
                letter.pages() == 1 ? Integer.toString(last) : letter.firstPage() + "–" + last,
                letter.customerNumber(),
                letter.caseNumber());
    }
}
