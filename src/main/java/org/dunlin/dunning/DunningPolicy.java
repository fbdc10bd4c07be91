package org.dunlin.dunning;

import java.math.BigDecimal;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Figures of the house that apply to every case.
 *
 * @param minimumAmount  by currency: below it no case is opened and a running one ends
 * @param defaultMinimum the same for a currency that is not named
 * @param callAttempts  how often an unanswered call is tried again on following working days, first call included
 */
@ConfigurationProperties("dunlin.dunning")
public record DunningPolicy(
        @DefaultValue Map<String, BigDecimal> minimumAmount,
        @DefaultValue("10.00") BigDecimal defaultMinimum,
        @DefaultValue("3") int callAttempts) {

    /** @param currency ISO 4217 */
    public BigDecimal minimum(String currency) {
        return minimumAmount.getOrDefault(currency, defaultMinimum);
    }
}
