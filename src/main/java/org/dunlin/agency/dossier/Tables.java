package org.dunlin.agency.dossier;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tables of a dossier as CSV (RFC 4180, UTF-8). Texts that a spreadsheet would take for a formula begin with an apostrophe. */
final class Tables {

    private static final String FORMULA = "=+-@\t\r\n＝＋－＠";

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
                                text(line.number()),
                                line.issuedOn().toString(),
                                line.dueOn().toString(),
                                Long.toString(line.daysOverdue()),
                                dossier.currency(),
                                line.gross().toPlainString(),
                                line.paid().toPlainString(),
                                line.credited().toPlainString(),
                                line.open().toPlainString(),
                                line.claimed() ? "yes" : "no",
                                text(line.description()))));
    }

    static byte[] payments(Dossier dossier) {
        return table(
                List.of("on", "kind", "number", "invoice", "currency", "amount"),
                dossier.payments().stream()
                        .map(booking -> List.of(
                                booking.on().toString(),
                                booking.kind(),
                                text(booking.number()),
                                text(booking.invoice()),
                                dossier.currency(),
                                booking.amount().toPlainString())));
    }

    /** Text of others; numbers and dates of ours are no formulas. */
    static String text(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        return FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
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
