package org.dunlin.intake;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a file writes amounts. Strict: 1.234 is not read as one thousand where the point is the decimal sign, and 1,2,3 not at all. */
final class AmountFormat {

    private final char decimal;
    private final @Nullable Character grouping;
    private final Pattern pattern;

    AmountFormat(char decimal, @Nullable Character grouping) {
        this.decimal = decimal;
        this.grouping = grouping;
        String digits = "\\d+";
        if (grouping != null) {
            String sign = Character.isWhitespace(grouping)
                    ? "[ \\u00A0\\u2007\\u202F]"
                    : grouping == '\'' ? "['\\u2019]" : Pattern.quote(String.valueOf(grouping));
            digits = "(?:\\d{1,3}(?:" + sign + "\\d{3})+|\\d+)";
        }
        this.pattern = Pattern.compile("[+-]?" + digits + "(?:" + Pattern.quote(String.valueOf(decimal)) + "\\d+)?");
    }

    /** {@code null} when it is not an amount. */
    @Nullable
    BigDecimal parse(String text) {
        if (text.length() > 40 || !pattern.matcher(text).matches()) {
            return null;
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == decimal) {
                plain.append('.');
            } else if ((c >= '0' && c <= '9') || c == '-') {
                plain.append(c);
            }
        }
        return new BigDecimal(plain.toString());
    }

    String example() {
        return "1" + (grouping == null ? "" : grouping) + "234" + decimal + "50";
    }
}
