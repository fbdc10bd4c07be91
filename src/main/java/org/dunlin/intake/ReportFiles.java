package org.dunlin.intake;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import org.dunlin.intake.IntakeReport.State;
import org.dunlin.platform.SpreadsheetText;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes what a person reads after an import, and the rows to correct. Written again, a file replaces the one before. */
@Component
class ReportFiles {

    private static final String[] COLUMNS = {"line", "severity", "record", "field", "value", "reason", "advice"};

    private final IntakeRuns runs;
    private final Folders folders;

    ReportFiles(IntakeRuns runs, Folders folders) {
        this.runs = runs;
        this.folders = folders;
    }

    /** How the rows of a file were written. */
    record Form(Charset charset, char delimiter, char quote) {}

    /**
     * @param form  {@code null} when nothing of the file could be read
     * @param state in which the run is about to end
     */
    void write(IntakeReport report, State state, @Nullable Form form) {
        try {
            problems(report);
            if (form != null && report.rowsRejected() > 0) {
                rejectedRows(report, form);
            }
            summary(report, state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void problems(IntakeReport report) throws IOException {
        Path target = folders.report(report.id(), report.file(), ".problems.csv");
        write(target, StandardCharsets.UTF_8, out -> {
            CsvWriter csv =
                    CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(out);
            csv.writeRecord(COLUMNS);
            runs.eachProblem(
                    report.id(),
                    problem -> csv.writeRecord(
                            Long.toString(problem.line()),
                            problem.severity().name(),
                            SpreadsheetText.guarded(problem.record()),
                            SpreadsheetText.guarded(problem.field()),
                            SpreadsheetText.guarded(problem.value()),
                            SpreadsheetText.guarded(problem.reason()),
                            SpreadsheetText.guarded(problem.advice())));
        });
    }

    /** As they were, for they are to be corrected and dropped again: nothing is added to guard a spreadsheet here. */
    private void rejectedRows(IntakeReport report, Form form) throws IOException {
        write(folders.rejected(report.id(), report.file()), form.charset(), out -> {
            CsvWriter csv = CsvWriter.builder()
                    .fieldSeparator(form.delimiter())
                    .quoteCharacter(form.quote())
                    .lineDelimiter(LineDelimiter.CRLF)
                    .build(out);
            runs.eachRejectedRow(report.id(), csv::writeRecord);
        });
    }

    private void summary(IntakeReport report, State state) throws IOException {
        write(folders.report(report.id(), report.file(), ".txt"), StandardCharsets.UTF_8, out -> {
            StringBuilder text = new StringBuilder();
            text.append(IntakeProblem.visible(report.file()))
                    .append(", run ")
                    .append(report.id())
                    .append('\n');
            if (report.mapping() != null) {
                text.append("Mapping: ").append(report.mapping()).append('\n');
            }
            text.append(
                    state == State.REFUSED && report.rowsRead() == 0
                            ? "Nothing of it was brought in.\n"
                            : line(report) + "\n");
            if (report.message() != null) {
                text.append(report.message()).append('\n');
            }
            if (report.rowsRejected() > 0) {
                text.append("The rejected rows stand in rejected/")
                        .append(report.id())
                        .append('/')
                        .append(IntakeProblem.visible(report.file()))
                        .append(": correct them there and drop the file into the inbox again.\n");
            }
            if (!report.problems().isEmpty()) {
                text.append("\nWhat was found, the first of it (all of it in ")
                        .append(report.id())
                        .append('-')
                        .append(IntakeProblem.visible(report.file()))
                        .append(".problems.csv):\n");
                report.problems().stream().limit(20).forEach(problem -> text.append(sentence(problem)));
            }
            out.write(text.toString());
        });
    }

    /** The counts of a run in a line. */
    static String line(IntakeReport report) {
        return String.format(
                Locale.ENGLISH,
                "%,d rows: %,d new, %,d changed, %,d unchanged, %,d rejected, %,d warnings.",
                report.rowsRead(),
                report.rowsInserted(),
                report.rowsChanged(),
                report.rowsUnchanged(),
                report.rowsRejected(),
                report.warnings());
    }

    private static String sentence(IntakeProblem problem) {
        StringBuilder text = new StringBuilder("  ");
        if (problem.line() > 0) {
            text.append("line ").append(problem.line()).append(", ");
        }
        if (problem.record() != null) {
            text.append(problem.record()).append(' ');
        }
        text.append(problem.field());
        if (problem.value() != null) {
            text.append(" '").append(problem.value()).append('\'');
        }
        return text.append(": ")
                .append(problem.reason())
                .append(" (")
                .append(problem.advice())
                .append(")\n")
                .toString();
    }

    private interface Content {
        void to(Writer out) throws IOException;
    }

    private static void write(Path target, Charset charset, Content content) throws IOException {
        Files.createDirectories(target.getParent());
        Path unfinished = target.resolveSibling("." + target.getFileName() + ".tmp");
        Charset encoding = charset.name().startsWith("UTF-16") ? StandardCharsets.UTF_16 : charset;
        try (Writer out = new BufferedWriter(new OutputStreamWriter(
                Files.newOutputStream(unfinished),
                encoding.newEncoder()
                        .onUnmappableCharacter(CodingErrorAction.REPLACE)
                        .onMalformedInput(CodingErrorAction.REPLACE)))) {
            content.to(out);
        }
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static List<String> columns() {
        return List.of(COLUMNS);
    }
}
