package org.dunlin.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.dunlin.bench.PortfolioFiles.Written;
import org.dunlin.dunning.CaseOpening;
import org.dunlin.scoring.Profiles;
import org.dunlin.scoring.Scores;
import org.springframework.util.FileSystemUtils;

/** The main job on one portfolio, from the files to the last payment, on a product and a database made for it. */
final class PortfolioRun {

    private static final ZoneId ZONE = ZoneId.of("Europe/Amsterdam");
    private static final LocalDate DAY = PortfolioFiles.DAY;
    private static final int CUSTOMERS_PER_TRANSACTION = 200;
    /** Large good payers are few: among fewer cases than this there may be none. */
    private static final int ENOUGH_FOR_EVERY_LADDER = 500;

    private final int invoices;
    private final Path folder;
    private Written portfolio;
    private BenchmarkDatabase database;
    private Product product;
    private DiscardingMailServer mails;
    private Meter meter;
    private Report report;

    PortfolioRun(Path folder, int invoices) {
        this.folder = folder;
        this.invoices = invoices;
    }

    /** What was measured, and the statements that took longest. */
    record Result(Report report, String statements) {}

    Result measure() {
        try {
            FileSystemUtils.deleteRecursively(folder);
            portfolio = PortfolioFiles.write(folder.resolve("files"), invoices);
            CountedDataSource pool = new CountedDataSource();
            try (BenchmarkDatabase freshDatabase = new BenchmarkDatabase(folder.resolve("postgres"));
                    DiscardingMailServer mailServer = new DiscardingMailServer();
                    Product freshProduct = new Product(freshDatabase, pool, mailServer, folder.resolve("data"))) {
                database = freshDatabase;
                mails = mailServer;
                product = freshProduct;
                meter = new Meter(database, pool);
                stages();
            }
            FileSystemUtils.deleteRecursively(folder);
            return new Result(report, meter.statements());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void stages() {
        report = new Report(String.format(
                Locale.ROOT,
                "%,d invoices of %,d customers, %,d cases (%s)",
                portfolio.invoices(),
                portfolio.customers(),
                portfolio.cases(),
                Report.machine(database.version())));
        product.freezeAt(at(DAY, 6, 30));
        importFiles();
        profileAndScore();
        long opened = openCases();
        long climbed = oneRung();
        letters();
        long closed = paymentsForAll();
        report.remark(
                "bytes per case: %,d opened, %,d one rung, %,d paid and closed",
                opened / portfolio.cases(), climbed / portfolio.cases(), closed / portfolio.cases());
    }

    private void importFiles() {
        report.add(meter.measure("import", "rows", () -> {
            product.drop(portfolio.files());
            product.runWorkers();
            return portfolio.rows();
        }));
        everyRowWentIn();
        assertThat(count("customer")).isEqualTo(portfolio.customers());
        assertThat(count("invoice")).isEqualTo(portfolio.invoices());
        assertThat(count("open_invoice('" + DAY + "')")).isEqualTo(portfolio.lastPayments());
    }

    private void profileAndScore() {
        Measurement profiles = meter.measure(
                "profiles", "customers", () -> product.bean(Profiles.class).refreshAll(DAY));
        Measurement scores = meter.measure(
                "scores", "customers", () -> product.bean(Scores.class).scoreAll(DAY));
        report.add("profile and score", profiles, scores);
        assertThat(profiles.items()).isEqualTo(portfolio.customers());
        assertThat(scores.items()).isEqualTo(portfolio.customers());
        assertThat(count("customer_score where until is null")).isEqualTo(portfolio.customers());
        assertThat(count("(select distinct segment from customer_score) s")).isEqualTo(3);
    }

    private long openCases() {
        CaseOpening opening = product.bean(CaseOpening.class);
        Measurement found = meter.measure("find customers", "customers", opening::findCandidates);
        Measurement opened = meter.measure("open", "cases", () -> {
            boolean more = true;
            while (more) {
                more = opening.openNext(CUSTOMERS_PER_TRANSACTION);
            }
            return count("dunning_case");
        });
        assertThat(opened.items()).isEqualTo(portfolio.cases());
        Measurement chosen = meter.measure("choose ladder", "cases", () -> {
            product.runDueJobs();
            return count("dunning_case where ladder is not null");
        });
        report.add("open cases", found, opened, chosen);
        assertThat(chosen.items()).isEqualTo(portfolio.cases());
        if (portfolio.cases() >= ENOUGH_FOR_EVERY_LADDER) {
            assertThat(count("(select distinct ladder from dunning_case) l")).isEqualTo(6);
        }
        noIncidents();
        return opened.bytes() + chosen.bytes();
    }

    private long oneRung() {
        product.freezeAt(at(DAY.plusDays(1), 10, 0));
        Measurement waited = meter.measure("fire timers", "cases", () -> {
            long due = count("act_ru_job where handler_type_ = 'timer-intermediate-transition' and duedate_ <= '"
                    + at(DAY.plusDays(1), 10, 0) + "'");
            product.runDueJobs();
            return due;
        });
        // Consumers and governments have more time.
        assertThat(waited.items()).isBetween(portfolio.cases() / 2L, (long) portfolio.cases());
        long toSend = count("act_ru_ext_task");
        long tasks = count("act_ru_task");
        assertThat(toSend + tasks).isEqualTo(waited.items());
        Measurement sent = meter.measure("send e-mails", "e-mails", () -> {
            product.runWorkers();
            return toSend;
        });
        report.add("one rung", waited, sent);
        long unreachable = count("contact where channel = 'LETTER' and state = 'READY'");
        assertThat(count("act_ru_ext_task")).isZero();
        assertThat(mails.received()).isEqualTo(toSend - unreachable);
        assertThat(count("contact where state = 'SENT'")).isEqualTo(mails.received());
        noIncidents();
        report.remark(
                "the rung: %,d e-mails received by the mail server, %,d letters, %,d tasks for people",
                mails.received(), unreachable, tasks);
        compare("e-mails", sent, new Bare(product, mails).emails());
        return waited.bytes() + sent.bytes();
    }

    /** Nobody has an e-mail address any more when the demands of the light ladder are due: they go by letter. */
    private void letters() {
        product.freezeAt(at(DAY.plusDays(15), 10, 0));
        database.aside().sql("update contact_person set email = null").update();
        long before = count("contact where channel = 'LETTER' and state = 'READY'");
        product.runDueJobs();
        product.runWorkersBut("LetterWorker");
        Measurement written = meter.measure("letters", "letters", () -> {
            product.runWorkers();
            return count("contact where channel = 'LETTER' and state = 'READY'") - before;
        });
        report.add(written);
        assertThat(written.items()).isPositive();
        noIncidents();
        compare("letters", written, new Bare(product, mails).letters(before));
    }

    /** The goal is a half: what a message costs beside being sent should be no more than the sending. */
    private void compare(String what, Measurement whole, double barePerSecond) {
        report.remark(
                "%s: %,.0f/s through the whole worker, %,.0f/s bare, ratio %.3f",
                what, whole.itemsPerSecond(), barePerSecond, whole.itemsPerSecond() / barePerSecond);
    }

    private long paymentsForAll() {
        product.freezeAt(at(DAY.plusDays(15), 14, 0));
        Measurement paid = meter.measure("payments for all", "payments", () -> {
            product.drop(List.of(portfolio.lastPaymentsFile()));
            product.runWorkers();
            return portfolio.lastPayments();
        });
        report.add(paid);
        everyRowWentIn();
        assertThat(count("open_invoice('" + DAY.plusDays(15) + "')")).isZero();
        assertThat(count("dunning_case where state = 'CLOSED' and outcome = 'SETTLED'"))
                .isEqualTo(portfolio.cases());
        // Somebody still looks for the addresses at which mail did not arrive.
        long asked = count("wrong_detail where outcome is null");
        assertThat(count("act_ru_execution e where e.parent_id_ is null")).isEqualTo(asked);
        assertThat(count("act_ru_task")).isEqualTo(asked);
        return paid.bytes();
    }

    private void everyRowWentIn() {
        assertThat(database.aside()
                        .sql(
                                "select file, state, rows_rejected, warnings from intake_run where state <> 'DONE' or rows_rejected + warnings > 0")
                        .query()
                        .listOfRows())
                .isEmpty();
    }

    private void noIncidents() {
        List<String> incidents = database.aside()
                .sql("select incident_msg_ from act_ru_incident limit 3")
                .query(String.class)
                .list();
        assertThat(incidents).isEmpty();
    }

    private long count(String what) {
        return database.aside()
                .sql("select count(*) from " + what)
                .query(Long.class)
                .single();
    }

    private static Instant at(LocalDate day, int hour, int minute) {
        return day.atTime(hour, minute).atZone(ZONE).toInstant();
    }
}
