package org.dunlin.receivables;

import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How risky it is to give credit somewhere.
 *
 * @param country ISO 3166-1 alpha-2
 * @param region  as customers of that country have it, in any case; {@code null} for the country as a whole
 * @param since   the day from which it holds, until the next row
 * @param risk    0 (safe) to 100
 */
public record RegionRiskRow(String country, @Nullable String region, LocalDate since, int risk) {

    public RegionRiskRow {
        Rows.require(risk >= 0 && risk <= 100, "a risk goes from 0 to 100");
        region = region == null || region.isBlank() ? null : region.strip().toLowerCase(Locale.ROOT);
    }
}
