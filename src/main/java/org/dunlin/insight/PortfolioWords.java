package org.dunlin.insight;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.util.Currency;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** How figures are written on the pages, in the language of the page. */
@Component
class PortfolioWords {

    /** In whole units, rounded: {@code EUR 12,346}. */
    public String whole(BigDecimal amount, String currency) {
        return currency + " " + number(amount, 0);
    }

    /** With all decimals: {@code EUR 12,345.60}. */
    public String exact(BigDecimal amount, String currency) {
        return currency + " "
                + number(amount, Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits()));
    }

    /** {@code 1,200}. */
    public String count(int number) {
        return number(BigDecimal.valueOf(number), 0);
    }

    /** With what is counted: {@code 1 case}, {@code 12 cases}. */
    public String count(int number, String one, String many) {
        return count(number) + " " + (number == 1 ? one : many);
    }

    /** {@code 8.3 days late}, {@code in time}; empty when not known. */
    public String daysLate(@Nullable BigDecimal days) {
        if (days == null) {
            return "";
        }
        return days.signum() == 0
                ? "in time"
                : number(days, 1) + (days.compareTo(BigDecimal.ONE) == 0 ? " day late" : " days late");
    }

    /** Step of the shade behind a figure, 0 to 5: nothing overdue, and five equal parts up to everybody. */
    public int shade(Figures figures) {
        return (figures.overduePercent() + 19) / 20;
    }

    private static String number(BigDecimal value, int decimals) {
        NumberFormat format = NumberFormat.getNumberInstance(LocaleContextHolder.getLocale());
        format.setRoundingMode(RoundingMode.HALF_UP);
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
        return format.format(value);
    }
}
