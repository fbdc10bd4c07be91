package org.dunlin.contact.sms;

import java.time.Duration;
import java.util.List;
import org.dunlin.contact.delivery.Terms;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** How text messages go out, in the words of {@link Terms}. */
@ConfigurationProperties("dunlin.sms")
record SmsProperties(
        @DefaultValue("20") int batch,
        @DefaultValue("10m") Duration lock,
        @DefaultValue("2m") Duration reserve,
        @DefaultValue({"5m", "30m", "2h"}) List<Duration> retryAfter,
        @DefaultValue("1h") Duration waiting) {

    SmsProperties {
        terms(batch, lock, reserve, retryAfter, waiting);
    }

    Terms terms() {
        return terms(batch, lock, reserve, retryAfter, waiting);
    }

    private static Terms terms(
            int batch, Duration lock, Duration reserve, List<Duration> retryAfter, Duration waiting) {
        return new Terms("dunlin.sms", batch, lock, reserve, retryAfter, waiting);
    }
}
