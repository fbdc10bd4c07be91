package org.dunlin.contact.post;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.transaction.PlatformTransactionManager;

/** The adapter for a postal service that fetches print runs from a folder, which is not what tests are configured with. */
@TestComponent
public class PostalFolderAtWork {

    private final PrintRuns runs;
    private final PrintRunRows rows;
    private final Envelopes envelopes;
    private final RunPosting posting;
    private final RunPrinter printer;
    private final Manifest manifest;
    private final PlatformTransactionManager transactions;

    PostalFolderAtWork(
            PrintRuns runs,
            PrintRunRows rows,
            Envelopes envelopes,
            RunPosting posting,
            RunPrinter printer,
            Manifest manifest,
            PlatformTransactionManager transactions) {
        this.runs = runs;
        this.rows = rows;
        this.envelopes = envelopes;
        this.posting = posting;
        this.printer = printer;
        this.manifest = manifest;
        this.transactions = transactions;
    }

    /** Puts the run into that folder, as the step of the process does. */
    public boolean submit(long runId, Path folder) {
        return in(folder).submit(runId);
    }

    PostalFolder in(Path folder) {
        return new PostalFolder(
                runs,
                rows,
                envelopes,
                posting,
                printer,
                manifest,
                new LetterProperties(
                        50,
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(1),
                        List.of(),
                        Duration.ofHours(1),
                        false,
                        3,
                        LetterProperties.Service.FOLDER,
                        folder),
                transactions);
    }
}
