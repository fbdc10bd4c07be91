package org.dunlin.portal;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The payment service Mollie.
 *
 * @param apiKey    of the account that receives the money of every creditor not named in {@code apiKeys}; none: no account
 * @param apiKeys   by number of the creditor
 * @param url       of the API
 * @param connect   longest wait for a connection
 * @param answer    longest wait for an answer
 */
@ConfigurationProperties("dunlin.portal.mollie")
record MollieProperties(
        @Nullable String apiKey,
        @DefaultValue Map<String, String> apiKeys,
        @DefaultValue("https://api.mollie.com/v2") URI url,
        @DefaultValue("3s") Duration connect,
        @DefaultValue("8s") Duration answer) {

    /** The key for that creditor's money. */
    @Nullable
    String key(String creditor) {
        String key = apiKeys.getOrDefault(creditor, apiKey);
        return key == null || key.isBlank() ? null : key.strip();
    }

    /** Nobody reads keys in a log. */
    @Override
    public String toString() {
        return "MollieProperties[" + url + "]";
    }
}
