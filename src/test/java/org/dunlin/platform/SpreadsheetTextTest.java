package org.dunlin.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Promise R10 for every table that the product writes. */
class SpreadsheetTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "=HYPERLINK(\"https://evil.example\",\"Pay here\")",
                "=cmd|' /C calc'!A0",
                "+1+cmd|' /C calc'!A0",
                "-2+3+cmd|' /C calc'!A0",
                "@SUM(1+1)*cmd|' /C calc'!A0",
                "\t=1+1",
                "\r=1+1",
                "\n=1+1",
                "\r\n=1+1",
                "＝1+1",
                "＋1",
                "－1",
                "＠SUM(1)"
            })
    void what_a_spreadsheet_would_run_is_a_text(String formula) {
        assertThat(SpreadsheetText.guarded(formula)).isEqualTo("'" + formula);
    }

    @Test
    void everything_else_stays_as_it_is() {
        for (String text : new String[] {"", "Jansen & Zn = goed", "'t Hoekje", "1-2", "2026-0107", "/etc/passwd"}) {
            assertThat(SpreadsheetText.guarded(text)).isEqualTo(text);
        }
        assertThat(SpreadsheetText.guarded(null)).isEmpty();
    }
}
