package org.dunlin.contact.post;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.dunlin.contact.delivery.Terms;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How letters are put into the out-tray, in the words of {@link Terms}, and how they leave it.
 *
 * @param duplex  whether the printer prints on both sides: then each letter begins on a sheet of its own
 * @param presumedAfter working days after the post in which a registered letter is taken to have come when nobody says when it did
 * @param service who prints and posts
 * @param folder  for the service {@code FOLDER}: where it fetches the runs
 */
@ConfigurationProperties("dunlin.letters")
record LetterProperties(
        @DefaultValue("50") int batch,
        @DefaultValue("10m") Duration lock,
        @DefaultValue("1m") Duration reserve,
        @DefaultValue({"5m", "30m", "2h"}) List<Duration> retryAfter,
        @DefaultValue("1h") Duration waiting,
        @DefaultValue("false") boolean duplex,
        @DefaultValue("3") int presumedAfter,
        @DefaultValue("HAND") Service service,
        @Nullable Path folder) {

    enum Service {
        /** The mail room, by a task. */
        HAND,
        /** A company that fetches what lies in a folder. */
        FOLDER
    }

    LetterProperties {
        terms(batch, lock, reserve, retryAfter, waiting);
        if (presumedAfter < 1) {
            throw new IllegalArgumentException("dunlin.letters.presumed-after is at least 1");
        }
        if (service == Service.FOLDER && folder == null) {
            throw new IllegalArgumentException(
                    "dunlin.letters.folder: say where the postal service fetches the letters");
        }
    }

    Terms terms() {
        return terms(batch, lock, reserve, retryAfter, waiting);
    }

    private static Terms terms(
            int batch, Duration lock, Duration reserve, List<Duration> retryAfter, Duration waiting) {
        return new Terms("dunlin.letters", batch, lock, reserve, retryAfter, waiting);
    }
}
