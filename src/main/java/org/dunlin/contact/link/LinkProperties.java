package org.dunlin.contact.link;

import java.time.Period;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How links to the payment page are signed.
 *
 * @param secret       signs; with the embedded database one is made and kept in the data directory when none is given
 * @param olderSecrets still accepted, so that links under way survive a change
 * @param valid        how long a link can be opened
 */
@ConfigurationProperties("dunlin.portal")
record LinkProperties(
        @Nullable String secret, @DefaultValue List<String> olderSecrets, @DefaultValue("180d") Period valid) {

    private static final int SHORTEST = 32;

    LinkProperties {
        secret = secret == null || secret.isBlank() ? null : secret;
        olderSecrets = olderSecrets.stream().filter(older -> !older.isBlank()).toList();
        if (Stream.concat(Stream.ofNullable(secret), olderSecrets.stream()).anyMatch(s -> s.length() < SHORTEST)) {
            throw new IllegalArgumentException(
                    "dunlin.portal.secret and older-secrets have at least " + SHORTEST + " characters");
        }
        if (valid.toTotalMonths() == 0 && valid.getDays() < 1) {
            throw new IllegalArgumentException("dunlin.portal.valid is at least a day");
        }
    }
}
