package org.dunlin.operations;

import java.time.Instant;
import org.dunlin.operations.Problem.Kind;
import org.jspecify.annotations.Nullable;

/** A problem as it was just seen; the meaning of its parts is that of {@link Problem}. */
record Found(
        Kind kind,
        String subject,
        @Nullable Long customerId,
        @Nullable Long caseId,
        @Nullable String instanceId,
        @Nullable String definitionId,
        @Nullable String activityId,
        @Nullable String error,
        Instant since) {

    /** By which it is known again. */
    record Key(Kind kind, String subject) {}

    Key key() {
        return new Key(kind, subject);
    }
}
