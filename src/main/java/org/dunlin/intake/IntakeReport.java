package org.dunlin.intake;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became, or has become so far, of a file. A row counts as rejected when a record it makes was rejected, else as inserted
 * or changed when one of them was, else as unchanged.
 *
 * @param state    RUNNING, DONE, or REFUSED when nothing could be read
 * @param message  why it was refused, or what else to know about the file as a whole
 * @param checksum SHA-256 of the file, hexadecimal
 * @param bytes    size of the file
 * @param problems of the rows, by line; empty in a list of reports, and at most the first thousand
 */
public record IntakeReport(
        long id,
        String file,
        @Nullable String mapping,
        State state,
        @Nullable String message,
        String checksum,
        long bytes,
        long bytesRead,
        Instant startedAt,
        @Nullable Instant finishedAt,
        long rowsRead,
        long rowsInserted,
        long rowsChanged,
        long rowsUnchanged,
        long rowsRejected,
        long warnings,
        List<IntakeProblem> problems) {

    /** Where a run is. */
    public enum State {
        RUNNING,
        DONE,
        REFUSED
    }

    IntakeReport with(List<IntakeProblem> some) {
        return new IntakeReport(
                id,
                file,
                mapping,
                state,
                message,
                checksum,
                bytes,
                bytesRead,
                startedAt,
                finishedAt,
                rowsRead,
                rowsInserted,
                rowsChanged,
                rowsUnchanged,
                rowsRejected,
                warnings,
                some);
    }
}
