package org.dunlin.platform.database;

import java.nio.file.Path;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Another Dunlin uses the data directory. */
public class DataDirectoryInUseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DataDirectoryInUseException(Path directory) {
        super("Another Dunlin is running on the data directory " + directory + ".");
    }

    static class Analyzer extends AbstractFailureAnalyzer<DataDirectoryInUseException> {
        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, DataDirectoryInUseException cause) {
            return new FailureAnalysis(
                    cause.getMessage(),
                    "Stop the other one, or give this one a directory of its own with dunlin.data=<directory>.",
                    cause);
        }
    }
}
