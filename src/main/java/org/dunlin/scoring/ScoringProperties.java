package org.dunlin.scoring;

import java.math.BigDecimal;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What facts take for little and for much. Points and segments are a matter of the decision tables.
 *
 * @param fewInvoices fewest invoices, in each of the two periods of the trend and for the spread, from which they are known
 * @param trendDays   from how many days earlier or later the trend is improving or worsening; below, it is stable
 */
@ConfigurationProperties("dunlin.scoring")
record ScoringProperties(@DefaultValue("3") int fewInvoices, @DefaultValue("5") BigDecimal trendDays) {

    ScoringProperties {
        if (fewInvoices < 1) {
            throw new IllegalArgumentException("dunlin.scoring.few-invoices is at least 1");
        }
        if (trendDays.signum() <= 0) {
            throw new IllegalArgumentException("dunlin.scoring.trend-days is above 0");
        }
    }
}
