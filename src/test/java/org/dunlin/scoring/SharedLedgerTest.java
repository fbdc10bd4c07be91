package org.dunlin.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.platform.models.Decisions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A real ledger of 1,236 invoices with the days on which they were paid, seen as of a day in its midst. The expected facts were
 * computed from the file by an independent program.
 */
@DunlinTest
class SharedLedgerTest {

    private static final LocalDate AS_OF = LocalDate.of(2013, 6, 30);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("M/d/yyyy");

    @Autowired
    Profiles profiles;

    @Autowired
    Scores scores;

    @Autowired
    Decisions decisions;

    @Autowired
    Portfolio portfolio;

    @Autowired
    JdbcClient jdbc;

    @Test
    void the_facts_of_a_real_ledger_as_of_a_past_day() throws IOException {
        Path file = sharedLedger();
        assumeTrue(Files.exists(file), "the shared ledger is not here: " + file);
        Map<String, Long> customers = load(file);

        profiles.refresh(customers.values(), AS_OF);

        assertFacts(customers.get("0187-ERLSR"), 13, 0, "0.0", "0.0", "0.00", "0.00", 0, "590.70", "0.8", 36);
        assertFacts(customers.get("7938-EVASK"), 12, 82, "8.3", "8.0", "301.34", "56.85", 2, "839.29", "1.0", 14);
        assertFacts(customers.get("8102-ABPKQ"), 20, 94, "12.5", "13.1", "261.07", "0.00", 0, "1215.76", "1.7", 82);
        assertFacts(customers.get("9117-LYRCE"), 18, 94, "13.0", "13.4", "48.73", "48.73", 4, "725.66", "1.2", 33);
        assertFacts(customers.get("9181-HEKGV"), 15, 74, "10.7", "11.1", "181.38", "0.00", 0, "587.77", "0.6", 54);
        List<CustomerProfile> all =
                customers.values().stream().map(profiles::profile).toList();
        assertThat(sum(all, CustomerProfile::openAmount)).isEqualByComparingTo("3306.79");
        assertThat(sum(all, CustomerProfile::overdueAmount)).isEqualByComparingTo("513.99");
        assertThat(all.stream().mapToInt(CustomerProfile::invoicesPaid).sum()).isEqualTo(924);

        assertThat(scores.score(customers.values(), AS_OF)).isEqualTo(50);
        assertThat(scores.current(customers.get("0187-ERLSR")).behaviour()).isEqualTo("good");
        assertThat(scores.current(customers.get("2621-XCLEH")).behaviour()).isEqualTo("poor");
        assertThat(scores.current(customers.get("8102-ABPKQ")).behaviour()).isEqualTo("fair");
    }

    /** What a credit manager gets to sign; it is also in {@code target/portfolio-2013-06-30.md}. */
    @Test
    void the_report_as_of_a_past_day_says_of_every_customer_what_was_concluded_and_why() throws IOException {
        Path file = sharedLedger();
        assumeTrue(Files.exists(file), "the shared ledger is not here: " + file);
        Map<String, Long> customers = new TreeMap<>(load(file));

        profiles.refresh(customers.values(), AS_OF);
        scores.score(customers.values(), AS_OF);
        List<Line> lines = customers.entrySet().stream()
                .map(customer -> line(customer.getKey(), customer.getValue()))
                .toList();
        String report = report(lines);
        Files.writeString(Path.of("target", "portfolio-" + AS_OF + ".md"), report);

        assertThat(lines).hasSize(50);
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.ladder()).isEqualTo("standard");
            assertThat(line.score().reasons()).as(line.number()).hasSizeGreaterThanOrEqualTo(10);
            assertThat(line.score().terms()).as(line.number()).isNotNull();
            assertThat(report).contains("## " + line.number() + ": ");
        });
        // Who pays on time or nearly so is never called a bad payer, and who is weeks late never a good one.
        assertThat(lines).allSatisfy(line -> {
            double late = line.profile().meanDaysLate() == null
                    ? 0
                    : line.profile().meanDaysLate().doubleValue();
            if (late < 3) {
                assertThat(line.score().behaviour()).as(line.number()).isNotEqualTo("poor");
            }
            if (late > 12) {
                assertThat(line.score().behaviour()).as(line.number()).isNotEqualTo("good");
            }
        });
        assertThat(lines).extracting(line -> line.profile().payPattern()).containsOnlyNulls();
        assertThat(lines).filteredOn(line -> line.score().segment().equals("B")).isNotEmpty();
        assertThat(lines).filteredOn(line -> line.score().segment().equals("C")).isNotEmpty();
    }

    private record Line(
            String number,
            CustomerProfile profile,
            CustomerScore score,
            String ladder,
            String level,
            List<CreditJudgement.Stop> stops) {}

    private Line line(String number, long customer) {
        CustomerProfile profile = profiles.profile(customer);
        CustomerScore score = scores.current(customer);
        Map<String, Object> known = new HashMap<>(score.facts());
        known.put("segment", score.segment());
        known.put("size", score.size());
        known.put("behaviour", score.behaviour());
        known.put("score", score.score());
        return new Line(
                number,
                profile,
                score,
                decisions.evaluate("chooseLadder", known).text("ladder"),
                decisions.evaluate("collectorLevel", known).text("level"),
                CreditJudgement.latest(decisions).of(profile.facts(), Set.of()).stops());
    }

    private static String report(List<Line> lines) {
        StringBuilder text = new StringBuilder("# Customers as of " + AS_OF + "\n\n");
        text.append("| segment | cell | customers | open USD | overdue USD |\n|---|---|---:|---:|---:|\n");
        lines.stream()
                .collect(Collectors.groupingBy(
                        line -> line.score().segment() + " | " + line.score().cell(),
                        TreeMap::new,
                        Collectors.toList()))
                .forEach((cell, those) -> text.append("| %s | %d | %s | %s |\n"
                        .formatted(
                                cell,
                                those.size(),
                                money(sum(those.stream().map(Line::profile).toList(), CustomerProfile::openAmount)),
                                money(sum(
                                        those.stream().map(Line::profile).toList(), CustomerProfile::overdueAmount)))));
        text.append(
                "\n| customer | score | segment | behaviour | late % | days late | trend | disputed % | open | overdue"
                        + " | oldest undisputed (days) | ladder | collector | terms | credit stop |\n"
                        + "|---|---:|---|---|---:|---:|---|---:|---:|---:|---:|---|---|---|---|\n");
        for (Line line : lines) {
            CustomerProfile facts = line.profile();
            PaymentTerms terms = line.score().terms();
            text.append("| %s | %d | %s | %s | %s | %s | %s | %d | %s | %s | %d | %s | %s | %s | %s |\n"
                    .formatted(
                            line.number(),
                            line.score().score(),
                            line.score().segment(),
                            line.score().behaviour(),
                            facts.shareLatePercent(),
                            facts.meanDaysLate(),
                            facts.latenessTrend() == null ? "" : facts.latenessTrend(),
                            facts.disputedPercent(),
                            money(facts.openAmount()),
                            money(facts.overdueAmount()),
                            facts.oldestOverdueDays(),
                            line.ladder(),
                            line.level(),
                            terms == null ? "" : terms.payment() + " " + terms.days() + " " + terms.delivery(),
                            line.stops().stream()
                                    .map(CreditJudgement.Stop::reason)
                                    .collect(Collectors.joining(", "))));
        }
        for (Line line : lines) {
            text.append("\n## %s: %d points, segment %s\n\n"
                    .formatted(line.number(), line.score().score(), line.score().segment()));
            line.score()
                    .reasons()
                    .forEach(reason -> text.append("- %s%s\n"
                            .formatted(reason.text(), reason.points() == null ? "" : " (" + reason.points() + ")")));
            line.stops()
                    .forEach(stop ->
                            text.append("- Credit stop: ").append(stop.text()).append('\n'));
        }
        return text.toString();
    }

    private static String money(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.HALF_UP).toPlainString();
    }

    private void assertFacts(
            long customer,
            int paid,
            int shareLate,
            String mean,
            String weighted,
            String open,
            String undisputed,
            int oldest,
            String turnover,
            String perMonth,
            int disputed) {
        CustomerProfile profile = profiles.profile(customer);
        assertThat(profile.invoicesPaid()).isEqualTo(paid);
        assertThat(profile.shareLatePercent()).isEqualTo(shareLate);
        assertThat(profile.meanDaysLate()).isEqualByComparingTo(mean);
        assertThat(profile.weightedDaysLate()).isEqualByComparingTo(weighted);
        assertThat(profile.openAmount()).isEqualByComparingTo(open);
        assertThat(profile.overdueUndisputed()).isEqualByComparingTo(undisputed);
        assertThat(profile.oldestOverdueDays()).isEqualTo(oldest);
        assertThat(profile.turnover12Months()).isEqualByComparingTo(turnover);
        assertThat(profile.ordersPerMonth()).isEqualByComparingTo(perMonth);
        assertThat(profile.disputedPercent()).isEqualTo(disputed);
    }

    private static BigDecimal sum(
            List<CustomerProfile> profiles, java.util.function.Function<CustomerProfile, BigDecimal> amount) {
        return profiles.stream().map(amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private Map<String, Long> load(Path file) throws IOException {
        Books books = new Books(jdbc, portfolio);
        Map<String, Long> customers = new HashMap<>();
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
            rows.forEach(row -> {
                long customer =
                        customers.computeIfAbsent(row.getField("customerID"), number -> books.company(null, null));
                String amount = row.getField("InvoiceAmount");
                long invoice = books.invoice(customer, date(row, "InvoiceDate"), date(row, "DueDate"), "USD", amount);
                if (row.getField("Disputed").equals("Yes")) {
                    books.dispute(invoice);
                }
                books.pay(invoice, date(row, "SettledDate"), amount);
            });
        }
        return customers;
    }

    private static LocalDate date(NamedCsvRecord row, String field) {
        return LocalDate.parse(row.getField(field), DATE);
    }

    /** Beside the checkout, beside the folder of checkouts, or where the property says. */
    private static Path sharedLedger() {
        return Stream.of(System.getProperty("dunlin.shared", "../shared"), "../../shared")
                .map(folder -> Path.of(folder, "data", "ar", "ibm_dev_customers.csv"))
                .filter(Files::exists)
                .findFirst()
                .orElse(Path.of("../shared/data/ar/ibm_dev_customers.csv"));
    }
}
