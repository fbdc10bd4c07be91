package org.dunlin.platform;

import org.jspecify.annotations.Nullable;

/** Text of others on its way into a table that may be opened in a spreadsheet. */
public final class SpreadsheetText {

    private static final String FORMULA = "=+-@\t\r\n＝＋－＠";

    private SpreadsheetText() {}

    /** A spreadsheet would take some texts for formulas, and run them: these get an apostrophe before them. Null is empty. */
    public static String harmless(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        return FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
