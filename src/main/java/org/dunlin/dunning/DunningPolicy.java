package org.dunlin.dunning;

import java.math.BigDecimal;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Figures of the house that apply to every case.
 *
 * @param minimumAmount  by currency: below it no case is opened and a running one ends
 * @param defaultMinimum the same for a currency that is not named
 * @param callAttempts  how often an unanswered call is tried again on following working days, first call included
 * @param callBackWithin calendar days within which a call is made again at a time that somebody noted
 * @param ladderChangeAfter for how many working days a customer must have been due for the same other ladder before a running
 *                       case moves to it; 0 moves at once
 */
@ConfigurationProperties("dunlin.dunning")
public record DunningPolicy(
        @DefaultValue Map<String, BigDecimal> minimumAmount,
        @DefaultValue("10.00") BigDecimal defaultMinimum,
        @DefaultValue("3") int callAttempts,
        @DefaultValue("14") int callBackWithin,
        @DefaultValue("3") int ladderChangeAfter) {

    /** @throws IllegalArgumentException for a number of days below 0 */
    public DunningPolicy {
        if (ladderChangeAfter < 0) {
            throw new IllegalArgumentException("dunlin.dunning.ladder-change-after must not be negative");
        }
    }

    /** @param currency ISO 4217 */
    public BigDecimal minimum(String currency) {
        return minimumAmount.getOrDefault(currency, defaultMinimum);
    }

    /** Gives a statement the parameters {@code currencies}, {@code minimums} and {@code defaultMinimum}, to join by currency. */
    JdbcClient.StatementSpec minimums(JdbcClient.StatementSpec statement) {
        return statement
                .param("currencies", minimumAmount.keySet().toArray(String[]::new))
                .param("minimums", minimumAmount.values().toArray(BigDecimal[]::new))
                .param("defaultMinimum", defaultMinimum);
    }
}
