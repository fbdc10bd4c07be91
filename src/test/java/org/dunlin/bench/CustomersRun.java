package org.dunlin.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import org.dunlin.scoring.CreditStops;
import org.dunlin.scoring.Profiles;
import org.dunlin.scoring.Scores;
import org.springframework.util.FileSystemUtils;

/** The scoring part of the daily run on one large portfolio, on a product and a database made for it. */
final class CustomersRun {

    private static final LocalDate DAY = PortfolioFiles.DAY;

    private final int customers;
    private final Path folder;

    CustomersRun(Path folder, int customers) {
        this.folder = folder;
        this.customers = customers;
    }

    PortfolioRun.Result measure() {
        try {
            FileSystemUtils.deleteRecursively(folder);
            CountedDataSource pool = new CountedDataSource();
            PortfolioRun.Result result;
            try (BenchmarkDatabase database = new BenchmarkDatabase(folder.resolve("postgres"));
                    DiscardingMailServer mails = new DiscardingMailServer();
                    Product product = new Product(database, pool, mails, folder.resolve("data"))) {
                product.freezeAt(DAY.atTime(5, 0).toInstant(ZoneOffset.UTC));
                long invoices = LargeLedger.write(database, customers);
                Report report = new Report(String.format(
                        Locale.ROOT,
                        "%,d customers, %,d invoices (%s)",
                        customers,
                        invoices,
                        Report.machine(database.version())));
                Meter meter = new Meter(database, pool);
                mornings(product, meter, report);
                assertThat(database.aside()
                                .sql("select count(*) from customer_score where until is null")
                                .query(Long.class)
                                .single())
                        .isEqualTo(customers);
                result = new PortfolioRun.Result(report, meter.statements());
            }
            FileSystemUtils.deleteRecursively(folder);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void mornings(Product product, Meter meter, Report report) {
        Profiles profiles = product.bean(Profiles.class);
        Scores scores = product.bean(Scores.class);
        CreditStops stops = product.bean(CreditStops.class);

        Measurement profiled = meter.measure("profiles", "customers", () -> profiles.refreshAll(DAY));
        Measurement scored = meter.measure("scores", "customers", () -> scores.scoreAll(DAY));
        report.add("first morning", profiled, scored);
        assertThat(profiled.items()).isEqualTo(customers);
        assertThat(scored.items()).isEqualTo(customers);
        report.add(meter.measure("credit policy", "customers", () -> {
            assertThat(stops.applyAll(DAY).set()).isPositive();
            return customers;
        }));

        Measurement again = meter.measure("same day again", "customers", () -> {
            assertThat(profiles.refreshAll(DAY)).isZero();
            assertThat(scores.scoreAll(DAY)).isZero();
            assertThat(stops.applyAll(DAY)).isEqualTo(new CreditStops.Applied(0, 0, 0));
            return customers;
        });
        assertThat(again.rowChanges()).as("rows written by a second run").isZero();
        report.add(again);

        LocalDate next = DAY.plusDays(1);
        Measurement changed = meter.measure("profiles", "customers", () -> profiles.refreshAll(next));
        Measurement followed = meter.measure("scores", "customers", () -> scores.scoreAll(next));
        assertThat(followed.items()).isEqualTo(changed.items()).isPositive();
        report.add("next morning", changed, followed);
        report.remark(
                "profiles and scores of everybody: %.1f s, of whom the goal is 30 s for 100,000",
                profiled.seconds() + scored.seconds());
    }
}
