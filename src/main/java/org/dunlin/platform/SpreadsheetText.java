package org.dunlin.platform;

import org.jspecify.annotations.Nullable;

/** Texts of others in tables that people open with a spreadsheet, which would take some of them for formulas and run them (CWE-1236). */
public final class SpreadsheetText {

    /** The last four are those of East Asian keyboards, which spreadsheets take for the same. */
    private static final String BEGIN_OF_A_FORMULA = "=+-@\t\r\n＝＋－＠";

    private SpreadsheetText() {}

    /** The text, with an apostrophe before what could be a formula; empty for none. */
    public static String guarded(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        return BEGIN_OF_A_FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
