package org.dunlin.receivables;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a creditor's turnover after the cost of what was sold.
 *
 * @param customer whose turnover it is; {@code null} for all of whom nothing else is said
 * @param since    the day from which it holds, until the next row
 * @param percent  of turnover, with two decimals at most
 */
public record GrossMarginRow(String creditor, @Nullable CustomerKey customer, LocalDate since, BigDecimal percent) {

    private static final BigDecimal ALL = BigDecimal.valueOf(100);

    public GrossMarginRow {
        Rows.require(percent.abs().compareTo(ALL) <= 0, "a gross margin goes from -100 to 100 percent");
    }
}
