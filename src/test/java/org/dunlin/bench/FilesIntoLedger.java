package org.dunlin.bench;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.dunlin.bench.PortfolioFiles.Written;
import org.dunlin.receivables.CreditNoteRow;
import org.dunlin.receivables.CreditorRow;
import org.dunlin.receivables.Customer;
import org.dunlin.receivables.CustomerKey;
import org.dunlin.receivables.CustomerRow;
import org.dunlin.receivables.CustomerRow.PersonRow;
import org.dunlin.receivables.InvoiceRow;
import org.dunlin.receivables.Ledger;
import org.dunlin.receivables.Money;
import org.dunlin.receivables.PaymentRow;
import org.dunlin.receivables.WriteResult;

/** Reads the files and writes the ledger, a thousand rows per transaction. */
final class FilesIntoLedger {

    private static final int ROWS = 1000;

    private final Ledger ledger;

    FilesIntoLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    void portfolio(Written files) {
        load(files.creditors(), FilesIntoLedger::creditor, ledger::creditors);
        load(files.customersFile(), FilesIntoLedger::customer, ledger::customers);
        load(files.invoicesFile(), FilesIntoLedger::invoice, ledger::invoices);
        load(files.creditNotesFile(), FilesIntoLedger::creditNote, ledger::creditNotes);
        load(files.paymentsFile(), FilesIntoLedger::payment, ledger::payments);
    }

    void lastPayments(Written files) {
        load(files.lastPaymentsFile(), FilesIntoLedger::payment, ledger::payments);
    }

    private static <T> void load(Path file, Function<NamedCsvRecord, T> row, Function<List<T>, WriteResult> write) {
        List<T> rows = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord line : csv) {
                rows.add(row.apply(line));
                if (rows.size() == ROWS) {
                    check(write.apply(rows));
                    rows.clear();
                }
            }
            if (!rows.isEmpty()) {
                check(write.apply(rows));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(WriteResult result) {
        if (!result.problems().isEmpty()) {
            throw new IllegalStateException(result.problems().get(0).toString());
        }
    }

    private static CreditorRow creditor(NamedCsvRecord row) {
        return new CreditorRow(
                row.getField("number"),
                row.getField("name"),
                row.getField("street"),
                row.getField("postal_code"),
                row.getField("city"),
                row.getField("country"),
                row.getField("language"),
                row.getField("time_zone"),
                row.getField("iban"),
                row.getField("bic"),
                null,
                row.getField("sender_name"),
                row.getField("sender_email"),
                null);
    }

    private static CustomerRow customer(NamedCsvRecord row) {
        return new CustomerRow(
                CustomerKey.of(row.getField("number")),
                Customer.Kind.valueOf(row.getField("kind")),
                row.getField("name"),
                null,
                row.getField("street"),
                row.getField("postal_code"),
                row.getField("city"),
                row.getField("country"),
                null,
                row.getField("language"),
                row.getField("sector"),
                integer(row.getField("employees")),
                null,
                null,
                integer(row.getField("external_rating")),
                Money.of(new BigDecimal(row.getField("credit_limit")), row.getField("credit_currency")),
                List.of(new PersonRow(
                        row.getField("contact_name"),
                        null,
                        blankToNull(row.getField("contact_email")),
                        row.getField("contact_phone"))));
    }

    private static InvoiceRow invoice(NamedCsvRecord row) {
        return new InvoiceRow(
                row.getField("creditor"),
                CustomerKey.of(row.getField("customer")),
                row.getField("number"),
                LocalDate.parse(row.getField("issued_on")),
                LocalDate.parse(row.getField("due_on")),
                Money.of(new BigDecimal(row.getField("gross")), row.getField("currency")),
                null,
                null);
    }

    private static CreditNoteRow creditNote(NamedCsvRecord row) {
        return new CreditNoteRow(
                row.getField("creditor"),
                CustomerKey.of(row.getField("customer")),
                row.getField("number"),
                LocalDate.parse(row.getField("issued_on")),
                Money.of(new BigDecimal(row.getField("gross")), row.getField("currency")),
                row.getField("invoice"));
    }

    private static PaymentRow payment(NamedCsvRecord row) {
        return PaymentRow.of(
                        row.getField("creditor"),
                        CustomerKey.of(row.getField("customer")),
                        row.getField("number"),
                        LocalDate.parse(row.getField("received_on")),
                        Money.of(new BigDecimal(row.getField("amount")), row.getField("currency")))
                .naming(row.getField("invoice"));
    }

    private static @org.jspecify.annotations.Nullable String blankToNull(String text) {
        return text.isBlank() ? null : text;
    }

    private static @org.jspecify.annotations.Nullable Integer integer(String text) {
        return text.isBlank() ? null : Integer.valueOf(text);
    }
}
