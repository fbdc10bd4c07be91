package org.dunlin.insight;

import static org.dunlin.platform.SpreadsheetText.guarded;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import org.dunlin.insight.CellCustomer.RunningCase;
import org.jspecify.annotations.Nullable;

/** Customers of a cell as CSV (RFC 4180, UTF-8): a line per customer and currency, because amounts of two currencies stand in no one column. */
final class CustomerTable {

    private CustomerTable() {}

    static String of(List<CellCustomer> customers) {
        StringWriter table = new StringWriter();
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(table);
        csv.writeRecord(
                "source",
                "number",
                "name",
                "score",
                "segment",
                "inCellSince",
                "currency",
                "open",
                "overdue",
                "daysLate",
                "oldestOverdueDays",
                "previousSize",
                "previousBehaviour",
                "cases",
                "ladders");
        for (CellCustomer customer : customers) {
            if (customer.amounts().isEmpty()) {
                csv.writeRecord(line(customer, null));
            }
            customer.amounts().forEach(amount -> csv.writeRecord(line(customer, amount)));
        }
        return table.toString();
    }

    private static List<String> line(CellCustomer customer, @Nullable Amount amount) {
        Cell previous = customer.previous();
        return List.of(
                guarded(customer.source()),
                guarded(customer.number()),
                guarded(customer.name()),
                Integer.toString(customer.score()),
                guarded(customer.segment()),
                customer.since().toString(),
                amount == null ? "" : amount.currency(),
                amount == null ? "" : amount.open().toPlainString(),
                amount == null ? "" : amount.overdue().toPlainString(),
                plain(customer.daysLate()),
                Integer.toString(customer.oldestOverdueDays()),
                guarded(previous == null ? null : previous.size()),
                guarded(previous == null ? null : previous.behaviour()),
                customer.cases().stream().map(RunningCase::number).collect(Collectors.joining(" ")),
                guarded(customer.cases().stream()
                        .map(RunningCase::ladder)
                        .filter(ladder -> ladder != null)
                        .collect(Collectors.joining(" "))));
    }

    private static String plain(@Nullable BigDecimal number) {
        return number == null ? "" : number.toPlainString();
    }
}
