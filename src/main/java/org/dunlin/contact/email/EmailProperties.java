package org.dunlin.contact.email;

import java.time.Duration;
import java.util.List;
import org.dunlin.contact.delivery.Terms;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How e-mail is sent, in the words of {@link Terms}; the messages of a batch share a connection to the mail server, which itself
 * is configured under {@code spring.mail}.
 */
@ConfigurationProperties("dunlin.email")
record EmailProperties(
        @DefaultValue("50") int batch,
        @DefaultValue("10m") Duration lock,
        @DefaultValue("2m") Duration reserve,
        @DefaultValue({"5m", "30m", "2h"}) List<Duration> retryAfter,
        @DefaultValue("1h") Duration waiting) {

    EmailProperties {
        terms(batch, lock, reserve, retryAfter, waiting);
    }

    Terms terms() {
        return terms(batch, lock, reserve, retryAfter, waiting);
    }

    private static Terms terms(
            int batch, Duration lock, Duration reserve, List<Duration> retryAfter, Duration waiting) {
        return new Terms("dunlin.email", batch, lock, reserve, retryAfter, waiting);
    }
}
