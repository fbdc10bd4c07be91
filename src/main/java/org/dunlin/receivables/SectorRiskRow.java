package org.dunlin.receivables;

import java.time.LocalDate;
import java.util.Locale;

/**
 * How risky it is to give credit to companies of a sector.
 *
 * @param sector as customers have it, in any case
 * @param since  the day from which it holds, until the next row
 * @param risk   0 (safe) to 100
 */
public record SectorRiskRow(String sector, LocalDate since, int risk) {

    public SectorRiskRow {
        Rows.require(!sector.isBlank(), "a risk needs a sector");
        Rows.require(risk >= 0 && risk <= 100, "a risk goes from 0 to 100");
        sector = sector.strip().toLowerCase(Locale.ROOT);
    }
}
