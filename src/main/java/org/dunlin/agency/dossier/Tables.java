package org.dunlin.agency.dossier;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.dunlin.platform.SpreadsheetText;

/** The tables of a dossier as CSV (RFC 4180, UTF-8). Texts that a spreadsheet would take for a formula begin with an apostrophe. */
final class Tables {

    private Tables() {}

    static byte[] invoices(Dossier dossier) {
        return table(
                List.of(
                        "invoice",
                        "issuedOn",
                        "dueOn",
                        "daysOverdue",
                        "currency",
                        "gross",
                        "paid",
                        "credited",
                        "open",
                        "claimed",
                        "description"),
                dossier.invoices().stream()
                        .map(line -> List.of(
                                SpreadsheetText.guarded(line.number()),
                                line.issuedOn().toString(),
                                line.dueOn().toString(),
                                Long.toString(line.daysOverdue()),
                                dossier.currency(),
                                line.gross().toPlainString(),
                                line.paid().toPlainString(),
                                line.credited().toPlainString(),
                                line.open().toPlainString(),
                                line.claimed() ? "yes" : "no",
                                SpreadsheetText.guarded(line.description()))));
    }

    static byte[] payments(Dossier dossier) {
        return table(
                List.of("on", "kind", "number", "invoice", "currency", "amount"),
                dossier.payments().stream()
                        .map(booking -> List.of(
                                booking.on().toString(),
                                booking.kind(),
                                SpreadsheetText.guarded(booking.number()),
                                SpreadsheetText.guarded(booking.invoice()),
                                dossier.currency(),
                                booking.amount().toPlainString())));
    }

    private static byte[] table(List<String> header, Stream<List<String>> rows) {
        StringWriter out = new StringWriter();
        try (CsvWriter csv =
                CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(out)) {
            csv.writeRecord(header);
            rows.forEach(csv::writeRecord);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }
}
