package org.dunlin.contact.post;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import org.dunlin.contact.post.PrintRun.Posting;
import org.dunlin.contact.post.PrintRun.ToTakeOut;
import org.dunlin.contact.sending.Sending;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;

/**
 * A postal service that fetches runs from a folder: each is a folder of its own, named by its number, with the letters and the table of what
 * is in them. It appears at once and complete, while the customers are locked: whatever was paid before is not in it, and whatever is in it
 * counts as posted from that moment, because from then on nobody can take it out.
 */
@Component
@ConditionalOnProperty(name = "dunlin.letters.service", havingValue = "folder")
class PostalFolder implements PostalService {

    private static final Logger log = LoggerFactory.getLogger(PostalFolder.class);

    /** Each attempt leaves out what was paid during the one before. */
    private static final int ATTEMPTS = 5;

    private final PrintRuns runs;
    private final PrintRunRows rows;
    private final Envelopes envelopes;
    private final RunPosting posting;
    private final RunPrinter printer;
    private final Manifest manifest;
    private final Sending sending;
    private final Path folder;
    private final TransactionTemplate ownTransaction;

    PostalFolder(
            PrintRuns runs,
            PrintRunRows rows,
            Envelopes envelopes,
            RunPosting posting,
            RunPrinter printer,
            Manifest manifest,
            Sending sending,
            LetterProperties properties,
            PlatformTransactionManager transactions) {
        this.runs = runs;
        this.rows = rows;
        this.envelopes = envelopes;
        this.posting = posting;
        this.printer = printer;
        this.manifest = manifest;
        this.sending = sending;
        this.folder = Objects.requireNonNull(properties.folder());
        this.ownTransaction = new TransactionTemplate(transactions);
        this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** While nothing may leave by itself a person is asked: the service may have fetched the run before the back-up was restored. */
    @Override
    public boolean submit(long runId) {
        if (sending.isStopped()) {
            return false;
        }
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            PrintRun run = runs.get(runId);
            if (run.state() != PrintRun.State.PRINTED) {
                return true;
            }
            Path there = folder.resolve(run.number());
            if (Files.exists(there)) {
                // The node died after it had appeared: all of it may have been fetched.
                ownTransaction.executeWithoutResult(status -> posting.handedOver(runId, there.toString()));
                return true;
            }
            leaveOutWhatMustNotGo(runId);
            Path prepared = prepare(runs.get(runId));
            if (Boolean.TRUE.equals(ownTransaction.execute(status -> appear(runId, prepared, there)))) {
                log.info(
                        "Run {} with {} letters is in {}",
                        run.number(),
                        runs.get(runId).letters(),
                        there);
                return true;
            }
        }
        throw new IllegalStateException("Too many customers paid while run " + runId + " was made; it is tried again");
    }

    private void leaveOutWhatMustNotGo(long runId) {
        ownTransaction.executeWithoutResult(status -> {
            posting.lock(runId);
            List<ToTakeOut> out = envelopes.toTakeOut(runId);
            if (!out.isEmpty()) {
                posting.takeOut(runId, out);
                rows.numberAnew(runId);
            }
        });
    }

    /** False, and nothing happened, if somebody has paid since it was prepared. */
    private boolean appear(long runId, Path prepared, Path there) {
        posting.lock(runId);
        if (!envelopes.toTakeOut(runId).isEmpty()) {
            return false;
        }
        if (runs.get(runId).letters() > 0) {
            try {
                Files.move(prepared, there, StandardCopyOption.ATOMIC_MOVE);
                flush(folder);
            } catch (IOException e) {
                throw new UncheckedIOException("The run cannot be put into " + there, e);
            }
        }
        posting.posted(runId, Posting.everything("Put into " + there));
        return true;
    }

    private Path prepare(PrintRun run) {
        Path prepared = folder.resolve("." + run.number() + ".tmp");
        try {
            Files.createDirectories(folder);
            FileSystemUtils.deleteRecursively(prepared);
            Files.createDirectory(prepared);
            Path letters = prepared.resolve(run.number() + ".pdf");
            try (OutputStream out = Files.newOutputStream(letters)) {
                printer.print(run, out);
            }
            Path table = prepared.resolve(run.number() + ".csv");
            Files.writeString(table, manifest.table(run), StandardCharsets.UTF_8);
            flush(letters);
            flush(table);
            flush(prepared);
            return prepared;
        } catch (IOException e) {
            throw new UncheckedIOException("The run cannot be written to " + prepared, e);
        }
    }

    /** After a power failure, too, what has appeared is complete. */
    private static void flush(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
