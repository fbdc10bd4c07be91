package org.dunlin.bench;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;

/**
 * A portfolio as files, the same for the same size: two creditors (NL, BE), a customer for every five invoices, of all sizes and
 * payment behaviours, with up to two years of invoices that were paid in time, late or very late. On the day of the run two customers
 * in five owe something that fell due over the last weekend, a quarter of those two invoices, and nothing else is overdue; so every
 * first wait is still ahead when the cases open. A few customers have no e-mail address and some are consumers.
 */
final class PortfolioFiles {

    /** A Monday. What is overdue fell due on the Friday, Saturday or Sunday before. */
    static final LocalDate DAY = LocalDate.of(2025, 9, 8);

    private static final String CREDITORS_CSV = "creditors.csv";
    private static final String CUSTOMERS_CSV = "customers.csv";
    private static final String INVOICES_CSV = "invoices.csv";
    private static final String CREDIT_NOTES_CSV = "creditnotes.csv";
    private static final String PAYMENTS_CSV = "payments.csv";
    private static final String LAST_PAYMENTS_CSV = "payments-last.csv";

    private static final int INVOICES_PER_CUSTOMER = 5;
    private static final int TERM_DAYS = 30;

    private static final String[] CREDITORS = {"NL01", "BE01"};
    private static final String[] SECTORS = {
        "wholesale", "retail", "construction", "hospitality", "food", "transport", "government", "services", "industry"
    };
    private static final String[] NAMES = {
        "De Vries", "Peeters", "Jansen", "Maes", "Bakker", "Jacobs", "Visser", "Claes"
    };

    private final Path folder;
    private final int size;
    private final RandomGenerator random;
    private final List<Unpaid> unpaid = new ArrayList<>();
    private int invoiceNumber;
    private int paymentNumber;
    private int creditNoteNumber;
    private int overdueGroups;

    private PortfolioFiles(Path folder, int size) {
        this.folder = folder;
        this.size = size;
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(20250908L + size);
    }

    /** An invoice nobody has paid yet. */
    private record Unpaid(String creditor, String customer, String invoice, BigDecimal amount) {}

    /**
     * What was written.
     *
     * @param rows         of all files but those of the last payments
     * @param cases        how many cases must open
     * @param lastPayments number of payments that settle everything
     */
    record Written(
            int customers,
            int invoices,
            int rows,
            int cases,
            int lastPayments,
            List<Path> files,
            Path lastPaymentsFile) {}

    static Written write(Path folder, int invoices) {
        try {
            Files.createDirectories(folder);
            return new PortfolioFiles(folder, invoices).write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Written write() throws IOException {
        int customers = Math.max(1, size / INVOICES_PER_CUSTOMER);
        try (CsvWriter creditorFile = open(CREDITORS_CSV);
                CsvWriter customerFile = open(CUSTOMERS_CSV);
                CsvWriter invoiceFile = open(INVOICES_CSV);
                CsvWriter creditNoteFile = open(CREDIT_NOTES_CSV);
                CsvWriter paymentFile = open(PAYMENTS_CSV);
                CsvWriter lastPaymentFile = open(LAST_PAYMENTS_CSV)) {
            creditors(creditorFile);
            header(customerFile, invoiceFile, creditNoteFile, paymentFile, lastPaymentFile);
            for (int i = 1; i <= customers; i++) {
                int share = size / customers + (i <= size % customers ? 1 : 0);
                customer(i, share, customerFile, invoiceFile, creditNoteFile, paymentFile);
            }
            for (Unpaid invoice : unpaid) {
                payment(
                        lastPaymentFile,
                        invoice.creditor,
                        invoice.customer,
                        DAY.plusDays(1),
                        invoice.amount,
                        invoice.invoice);
            }
        }
        int history = paymentNumber - unpaid.size();
        return new Written(
                customers,
                invoiceNumber,
                CREDITORS.length + customers + invoiceNumber + creditNoteNumber + history,
                overdueGroups,
                unpaid.size(),
                Stream.of(CREDITORS_CSV, CUSTOMERS_CSV, INVOICES_CSV, CREDIT_NOTES_CSV, PAYMENTS_CSV)
                        .map(folder::resolve)
                        .toList(),
                folder.resolve(LAST_PAYMENTS_CSV));
    }

    private CsvWriter open(String name) throws IOException {
        return CsvWriter.builder().build(folder.resolve(name));
    }

    private void creditors(CsvWriter file) {
        file.writeRecord(
                "number",
                "name",
                "street",
                "postalCode",
                "city",
                "country",
                "language",
                "timeZone",
                "iban",
                "bic",
                "senderName",
                "senderEmail");
        file.writeRecord(
                "NL01",
                "Lage Landen Trading BV",
                "Keizersgracht 1",
                "1015 CN",
                "Amsterdam",
                "NL",
                "nl",
                "Europe/Amsterdam",
                "NL91ABNA0417164300",
                "ABNANL2A",
                "Accounts receivable",
                "ar@lagelanden.example");
        file.writeRecord(
                "BE01",
                "Schelde Handel NV",
                "Meir 1",
                "2000",
                "Antwerpen",
                "BE",
                "nl",
                "Europe/Brussels",
                "BE71096123456769",
                "GKCCBEBB",
                "Debiteurenbeheer",
                "ar@schelde.example");
    }

    private static void header(
            CsvWriter customers,
            CsvWriter invoices,
            CsvWriter creditNotes,
            CsvWriter payments,
            CsvWriter lastPayments) {
        customers.writeRecord(
                "number",
                "kind",
                "name",
                "street",
                "postalCode",
                "city",
                "country",
                "language",
                "sector",
                "employees",
                "externalRating",
                "creditLimit",
                "creditCurrency",
                "contactName",
                "contactEmail",
                "contactPhone");
        invoices.writeRecord("creditor", "customer", "number", "issuedOn", "dueOn", "currency", "amount");
        creditNotes.writeRecord("creditor", "customer", "number", "issuedOn", "currency", "amount", "invoice");
        payments.writeRecord("creditor", "customer", "number", "receivedOn", "currency", "amount", "invoices");
        lastPayments.writeRecord("creditor", "customer", "number", "receivedOn", "currency", "amount", "invoices");
    }

    private void customer(
            int index,
            int invoices,
            CsvWriter customers,
            CsvWriter invoiceFile,
            CsvWriter creditNotes,
            CsvWriter payments) {
        String number = String.format(Locale.ROOT, "C%06d", index);
        boolean belgian = random.nextInt(100) < 40;
        boolean consumer = random.nextInt(100) < 5;
        String name = NAMES[random.nextInt(NAMES.length)] + " " + index;
        customers.writeRecord(
                number,
                consumer ? "CONSUMER" : "COMPANY",
                consumer ? name : name + (belgian ? " NV" : " BV"),
                "Dorpsstraat " + (1 + random.nextInt(200)),
                belgian ? "2000" : "1000 AA",
                belgian ? "Antwerpen" : "Amsterdam",
                belgian ? "BE" : "NL",
                belgian && random.nextBoolean() ? "fr" : random.nextInt(10) == 0 ? "en" : "nl",
                SECTORS[random.nextInt(SECTORS.length)],
                consumer ? "" : Integer.toString(employees()),
                random.nextInt(3) == 0 ? Integer.toString(random.nextInt(101)) : "",
                "25000.00",
                "EUR",
                "Sam " + name,
                random.nextInt(100) < 2 ? "" : number.toLowerCase(Locale.ROOT) + "@customer.example",
                "+3120" + (1_000_000 + index));
        String creditor = CREDITORS[belgian ? 1 : 0];
        int overdue = index % 5 < 2 ? 1 + (random.nextInt(4) == 0 ? 1 : 0) : 0;
        overdue = Math.min(overdue, invoices);
        if (overdue > 0) {
            overdueGroups++;
        }
        int habit = random.nextInt(100);
        for (int i = 0; i < invoices; i++) {
            if (i < overdue) {
                owed(invoiceFile, creditor, number, DAY.minusDays(1 + random.nextInt(3)));
            } else if (random.nextInt(6) == 0) {
                owed(invoiceFile, creditor, number, DAY.plusDays(10 + random.nextInt(19)));
            } else {
                paid(invoiceFile, creditNotes, payments, creditor, number, lateness(habit));
            }
        }
    }

    private int employees() {
        int draw = random.nextInt(100);
        if (draw < 60) {
            return 1 + random.nextInt(19);
        }
        return draw < 85 ? 20 + random.nextInt(31) : 51 + random.nextInt(950);
    }

    /** Half of the customers are punctual, a third is a bit late, the others are very late. */
    private int lateness(int habit) {
        if (habit < 50) {
            return random.nextInt(8) - 6;
        }
        return habit < 83 ? random.nextInt(20) : 15 + random.nextInt(60);
    }

    private void owed(CsvWriter file, String creditor, String customer, LocalDate due) {
        BigDecimal amount = amount();
        String number = invoice(file, creditor, customer, due, amount);
        unpaid.add(new Unpaid(creditor, customer, number, amount));
    }

    private void paid(
            CsvWriter invoices,
            CsvWriter creditNotes,
            CsvWriter payments,
            String creditor,
            String customer,
            int daysLate) {
        LocalDate due = DAY.minusDays(5L + Math.max(0, daysLate) + random.nextInt(690));
        BigDecimal amount = amount();
        String invoice = invoice(invoices, creditor, customer, due, amount);
        LocalDate paidOn = due.plusDays(daysLate);
        BigDecimal tenth = amount.movePointLeft(1).setScale(2, java.math.RoundingMode.DOWN);
        int way = random.nextInt(100);
        if (way < 2) {
            creditNotes.writeRecord(
                    creditor,
                    customer,
                    "CN" + ++creditNoteNumber,
                    due.minusDays(10).toString(),
                    "EUR",
                    tenth.toPlainString(),
                    invoice);
            payment(payments, creditor, customer, paidOn, amount.subtract(tenth), invoice);
        } else if (way < 7) {
            payment(payments, creditor, customer, paidOn.minusDays(3), tenth, invoice);
            payment(payments, creditor, customer, paidOn, amount.subtract(tenth), invoice);
        } else {
            payment(payments, creditor, customer, paidOn, amount, invoice);
        }
    }

    private String invoice(CsvWriter file, String creditor, String customer, LocalDate due, BigDecimal amount) {
        String number = String.format(Locale.ROOT, "I%07d", ++invoiceNumber);
        file.writeRecord(
                creditor,
                customer,
                number,
                due.minusDays(TERM_DAYS).toString(),
                due.toString(),
                "EUR",
                amount.toPlainString());
        return number;
    }

    private void payment(
            CsvWriter file, String creditor, String customer, LocalDate on, BigDecimal amount, String invoice) {
        file.writeRecord(
                creditor,
                customer,
                String.format(Locale.ROOT, "P%07d", ++paymentNumber),
                on.toString(),
                "EUR",
                amount.toPlainString(),
                invoice);
    }

    /** From 25 to some ten thousands, most of them a few hundred. */
    private BigDecimal amount() {
        double euros = 25 + Math.exp(5.5 + random.nextGaussian() * 1.2);
        return BigDecimal.valueOf(Math.round(euros * 100), 2);
    }
}
