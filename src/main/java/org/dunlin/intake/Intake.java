package org.dunlin.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.dunlin.intake.IntakeReport.State;
import org.dunlin.receivables.RowProblem.Severity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Imports files that somebody has claimed, from the inbox and by REST alike; each from where an earlier attempt left it. */
@Component
class Intake {

    private static final Logger log = LoggerFactory.getLogger(Intake.class);

    /** From so many rows on the planner is told of them. */
    private static final long LARGE = 10_000;

    private final Folders folders;
    private final Mappings mappings;
    private final IntakeRuns runs;
    private final ChunkWriter writer;
    private final ReportFiles reports;

    Intake(Folders folders, Mappings mappings, IntakeRuns runs, ChunkWriter writer, ReportFiles reports) {
        this.folders = folders;
        this.mappings = mappings;
        this.runs = runs;
        this.writer = writer;
        this.reports = reports;
    }

    /** Takes the file in {@code processing} that the lock stands for; the lock is released when the run is closed. */
    Run take(ClaimLocks.Lock lock) {
        String fileName = Folders.fileName(lock.claim());
        Path file = folders.processing(lock.claim());
        IntakeReport report = runs.byClaim(lock.claim()).orElse(null);
        if (report == null) {
            try {
                long id = runs.start(lock.claim(), fileName, checksum(file), Files.size(file));
                report = runs.byId(id).orElseThrow();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        } else if (report.state() == State.RUNNING) {
            log.info("{}: going on after row {}", IntakeProblem.visible(fileName), report.rowsRead());
        }
        return new Run(lock, file, report);
    }

    private static String checksum(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The import of one file. */
    final class Run implements AutoCloseable {

        private final ClaimLocks.Lock lock;
        private final Path file;
        private final IntakeReport before;
        private final long startedAt = System.nanoTime();
        private @Nullable FileImport open;
        private boolean told;

        private Run(ClaimLocks.Lock lock, Path file, IntakeReport before) {
            this.lock = lock;
            this.file = file;
            this.before = before;
        }

        long id() {
            return before.id();
        }

        String claim() {
            return lock.claim();
        }

        /** Does the next part. @return whether there is more to do */
        boolean step() {
            if (before.state() != State.RUNNING) {
                putAway(before.state());
                return false;
            }
            try {
                FileImport rows = open;
                if (rows == null) {
                    open = open();
                    return true;
                }
                if (rows.step()) {
                    tellPlanner(false);
                    return true;
                }
                tellPlanner(true);
                CsvSource source = rows.source();
                finish(State.DONE, new ReportFiles.Form(source.charset(), source.delimiter(), source.quote()));
            } catch (MappingException | UnreadableFileException e) {
                refuse("file", String.valueOf(e.getMessage()), "correct this and drop the file again");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return false;
        }

        private FileImport open() throws IOException {
            Mapping mapping = mappings.of(before.file());
            runs.mapped(id(), mapping.name());
            FileImport rows = FileImport.open(id(), file, mapping, before.rowsRead(), writer, this::progress);
            Set<String> unused = rows.unusedColumns();
            boolean allColumns = mapping.records().stream().anyMatch(rule -> rule.fields() == null);
            if (allColumns && !unused.isEmpty() && before.rowsRead() == 0) {
                runs.addProblem(
                        id(),
                        new IntakeProblem(
                                0,
                                Severity.WARNING,
                                null,
                                "header",
                                String.join(", ", unused),
                                "columns that nothing is made of",
                                "check their names against the guide; what is not meant for Dunlin may stay"));
            }
            runs.earlier(before.checksum(), id())
                    .ifPresent(
                            earlier -> runs.note(id(), "Run " + earlier + " brought in exactly the same file before."));
            return rows;
        }

        /** Nothing, or nothing more, of this file can be brought in. */
        void refuse(String field, String reason, String advice) {
            runs.addProblem(id(), new IntakeProblem(0, Severity.REJECTED, null, field, null, reason, advice));
            runs.note(id(), reason);
            log.warn("{} is refused: {}", IntakeProblem.visible(before.file()), IntakeProblem.visible(reason));
            finish(State.REFUSED, null);
        }

        private void finish(State state, ReportFiles.@Nullable Form form) {
            IntakeReport report = runs.byId(id()).orElseThrow();
            reports.write(report, state, form);
            runs.finish(id(), state, null);
            putAway(state);
            double seconds = Math.max(1, System.nanoTime() - startedAt) / 1e9;
            log.info(
                    "{}: {} {} rows/s",
                    IntakeProblem.visible(report.file()),
                    ReportFiles.line(report),
                    String.format(Locale.ENGLISH, "%,.0f", (report.rowsRead() - before.rowsRead()) / seconds));
        }

        /** The last act: from here on nothing points to the file any more. */
        private void putAway(State state) {
            try {
                closeFile();
                Folders.move(
                        file,
                        state == State.DONE
                                ? folders.processed(id(), before.file())
                                : folders.rejected(id(), before.file()));
            } catch (NoSuchFileException e) {
                log.debug("{} is away already", file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void progress(long rows, long bytes) {
            double seconds = Math.max(1, System.nanoTime() - startedAt) / 1e9;
            log.info(
                    "{}: {} rows, {}% of the file, {} rows/s",
                    IntakeProblem.visible(before.file()),
                    String.format(Locale.ENGLISH, "%,d", rows),
                    before.bytes() == 0 ? 100 : 100 * bytes / before.bytes(),
                    String.format(Locale.ENGLISH, "%,.0f", (rows - before.rowsRead()) / seconds));
        }

        /** Once early, because a plan made for empty tables is slow on large ones; and once at the end. */
        private void tellPlanner(boolean atEnd) {
            long rows = runs.rowsRead(id()) - before.rowsRead();
            if (rows >= LARGE && (atEnd || !told)) {
                told = true;
                runs.analyze();
            }
        }

        private void closeFile() throws IOException {
            FileImport rows = open;
            open = null;
            if (rows != null) {
                rows.close();
            }
        }

        @Override
        public void close() {
            try (lock) {
                closeFile();
            } catch (IOException e) {
                log.debug("Closing {} failed", file, e);
            }
        }
    }
}
