package org.dunlin.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A file of any size goes in with the memory of one chunk. A whole million with {@code -Ddunlin.million=true}. */
@DunlinTest
class MillionRowsTest {

    private static final Logger log = LoggerFactory.getLogger(MillionRowsTest.class);
    private static final int ROWS = Boolean.getBoolean("dunlin.million") ? 1_000_000 : 200_000;
    private static final int CUSTOMERS = 4_000;

    /** Half of what the rows of the smaller file take in memory; were they kept, it would be passed soon. */
    private static final long GROWTH = 24L << 20;

    @Autowired
    ApplicationContext context;

    @Autowired
    JdbcClient jdbc;

    @TempDir
    Path folder;

    @Test
    void memory_stays_flat_while_a_large_file_goes_in() throws IOException {
        String own = Portfolio.unique("BIG");
        TestInbox inbox = new TestInbox(folder, context);
        inbox.drop(
                "creditors.csv", "number,name,country,language,senderEmail\n" + own + ",Big NV,NL,nl,ar@big.example\n");
        StringBuilder customers = new StringBuilder("number,name,country,language\n");
        for (int i = 0; i < CUSTOMERS; i++) {
            customers
                    .append(own)
                    .append('-')
                    .append(i)
                    .append(",Customer ")
                    .append(i)
                    .append(",NL,nl\n");
        }
        inbox.drop("customers.csv", customers.toString());
        inbox.bringIn();
        try (Writer out = Files.newBufferedWriter(inbox.folders.inbox().resolve("invoices.csv"))) {
            out.write("creditor,customer,number,issuedOn,dueOn,amount,currency,description\n");
            for (int i = 0; i < ROWS; i++) {
                LocalDate issued = LocalDate.of(2023, 1, 1).plusDays(i % 700);
                // One row in a thousand is bad: problems must not pile up in memory either.
                out.write(String.format(
                        Locale.ROOT,
                        "%s,%s-%d,F%d,%s,%s,%d.%02d,%s,\"Delivery %d, as ordered\"%n",
                        own,
                        own,
                        i % CUSTOMERS,
                        i,
                        issued,
                        issued.plusDays(30),
                        10 + i % 5000,
                        i % 100,
                        i % 1000 == 999 ? "euro" : "EUR",
                        i));
            }
        }

        inbox.inbox.runOnce();
        inbox.pass(3);
        long start = System.nanoTime();
        List<Long> used = new ArrayList<>();
        int steps = 0;
        while (inbox.inbox.runOnce() > 0) {
            if (++steps % (ROWS / FileImport.CHUNK / 8) == 0) {
                System.gc();
                used.add(
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;

        log.info(String.format(
                Locale.ROOT,
                "%,d rows in %.1f s: %,.0f rows/s; heap after collection, MB: %s",
                ROWS,
                seconds,
                ROWS / seconds,
                used.stream().map(bytes -> bytes >> 20).toList()));
        IntakeReport report = inbox.latest();
        assertThat(report.rowsRead()).isEqualTo(ROWS);
        assertThat(report.rowsInserted()).isEqualTo(ROWS - ROWS / 1000);
        assertThat(report.rowsRejected()).isEqualTo(ROWS / 1000);
        assertThat(used).hasSizeGreaterThanOrEqualTo(8);
        assertThat(used).allSatisfy(bytes -> assertThat(bytes).isLessThan(used.get(0) + GROWTH));
        assertThat(jdbc.sql(
                                "select count(*) from invoice i join creditor c on c.id = i.creditor_id where c.number = :own")
                        .param("own", own)
                        .query(Long.class)
                        .single())
                .isEqualTo(ROWS - ROWS / 1000);
    }
}
