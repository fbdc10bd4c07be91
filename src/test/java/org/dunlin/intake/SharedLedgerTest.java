package org.dunlin.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dunlin.DunlinTest;
import org.dunlin.SharedData;
import org.dunlin.intake.IntakeReport.State;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The public sample ledger with its known totals; what is expected is computed here from the raw file. */
@DunlinTest
class SharedLedgerTest {

    private static final DateTimeFormatter US = DateTimeFormatter.ofPattern("M/d/yyyy");

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ApplicationContext context;

    @TempDir
    Path folder;

    private final List<Debt> debts = new ArrayList<>();
    private TestInbox inbox;
    private Path file;

    private record Debt(
            String customer,
            String number,
            LocalDate issued,
            LocalDate due,
            BigDecimal amount,
            boolean disputed,
            LocalDate settled) {}

    @BeforeEach
    void readTheRawFile() throws IOException {
        file = SharedData.file("ar/ibm_dev_customers.csv");
        inbox = new TestInbox(folder, context);
        for (String line : Files.readAllLines(file).subList(1, 1237)) {
            String[] f = line.split(",");
            debts.add(new Debt(
                    f[1],
                    f[3],
                    LocalDate.parse(f[4], US),
                    LocalDate.parse(f[5], US),
                    new BigDecimal(f[6]),
                    f[7].equals("Yes"),
                    LocalDate.parse(f[8], US)));
        }
    }

    @Test
    void it_goes_in_whole_and_a_second_time_changes_nothing() throws IOException {
        IntakeReport first = bringIn();
        IntakeReport second = bringIn();

        assertThat(List.of(first, second)).allSatisfy(report -> {
            assertThat(report.problems()).isEmpty();
            assertThat(report.state()).isEqualTo(State.DONE);
            assertThat(report.rowsRead()).isEqualTo(1236);
        });
        assertThat(second.rowsUnchanged()).isEqualTo(1236);
        assertThat(second.message()).contains("Run " + first.id());
        assertThat(one("select count(*) from customer where source = 'ibm-sample'"))
                .isEqualByComparingTo("50");
        assertThat(one("select count(*) from invoice i" + OF_SAMPLE)).isEqualByComparingTo("1236");
        assertThat(one("select count(*) from invoice i" + OF_SAMPLE + " and i.disputed"))
                .isEqualByComparingTo("246");
        assertThat(one("select sum(gross) from invoice i" + OF_SAMPLE)).isEqualByComparingTo("71881.84");
        assertThat(one("select sum(amount) from payment i" + OF_SAMPLE)).isEqualByComparingTo("71881.84");
        assertThat(one("select count(*) from open_invoice(date '2100-01-01') i" + OF_SAMPLE))
                .isZero();
        assertThat(one("select sum(amount) from on_account i" + OF_SAMPLE)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2012-01-31", "2012-06-30", "2012-12-31", "2013-03-15", "2013-06-30", "2013-12-31", "2014-06-30"
            })
    void as_of_a_day_what_was_paid_later_is_open(LocalDate day) throws IOException {
        bringIn();
        Map<String, BigDecimal> expected = new TreeMap<>();
        debts.stream()
                .filter(debt -> !debt.issued().isAfter(day) && debt.settled().isAfter(day))
                .forEach(debt -> expected.put(debt.number(), debt.amount()));

        Map<String, BigDecimal> open = new TreeMap<>();
        jdbc.sql("select i.number, i.open from open_invoice(:day) i" + OF_SAMPLE)
                .param("day", day)
                .query((row, n) ->
                        open.put(row.getString(1), row.getBigDecimal(2).setScale(2)))
                .list();

        assertThat(open).isEqualTo(expected);
        if (day.getYear() < 2014) {
            assertThat(open).isNotEmpty();
        }
    }

    @Test
    void an_invoice_that_was_disputed_counts_as_such_and_is_followed_up_all_the_same() throws IOException {
        bringIn();
        LocalDate day = LocalDate.parse("2013-06-30");
        long disputed = debts.stream()
                .filter(debt -> debt.disputed()
                        && !debt.issued().isAfter(day)
                        && debt.settled().isAfter(day))
                .count();

        assertThat(disputed).isPositive();
        assertThat(jdbc.sql(
                                """
                                select count(*) from open_invoice(:day) o join invoice i on i.id = o.invoice_id
                                    join creditor c on c.id = o.creditor_id
                                where c.number = 'IBM-SAMPLE' and i.disputed and not o.disputed
                                """)
                        .param("day", day)
                        .query(Long.class)
                        .single())
                .isEqualTo(disputed);
    }

    private static final String OF_SAMPLE = " join creditor c on c.id = i.creditor_id where c.number = 'IBM-SAMPLE'";

    private BigDecimal one(String sql) {
        return jdbc.sql(sql).query(BigDecimal.class).single();
    }

    private IntakeReport bringIn() throws IOException {
        Files.copy(file, inbox.folders.inbox().resolve("ibm_dev_customers.csv"));
        return inbox.bringIn();
    }
}
