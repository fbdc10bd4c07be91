package org.dunlin.contact.voice;

import java.time.Duration;
import java.util.List;
import org.dunlin.contact.delivery.Terms;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How calls go out, in the words of {@link Terms}.
 *
 * @param promiseDays working days within which a customer can promise by key to pay
 */
@ConfigurationProperties("dunlin.voice")
record VoiceProperties(
        @DefaultValue("20") int batch,
        @DefaultValue("10m") Duration lock,
        @DefaultValue("2m") Duration reserve,
        @DefaultValue({"5m", "30m", "2h"}) List<Duration> retryAfter,
        @DefaultValue("1h") Duration waiting,
        @DefaultValue("5") int promiseDays) {

    VoiceProperties {
        terms(batch, lock, reserve, retryAfter, waiting);
        if (promiseDays < 1) {
            throw new IllegalArgumentException("dunlin.voice.promise-days is at least 1");
        }
    }

    Terms terms() {
        return terms(batch, lock, reserve, retryAfter, waiting);
    }

    private static Terms terms(
            int batch, Duration lock, Duration reserve, List<Duration> retryAfter, Duration waiting) {
        return new Terms("dunlin.voice", batch, lock, reserve, retryAfter, waiting);
    }
}
