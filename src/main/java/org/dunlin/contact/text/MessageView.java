package org.dunlin.contact.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything a message says, in the reader's language: its templates place these texts and compute nothing. */
record MessageView(
        String language,
        String subject,
        String preview,
        String greeting,
        List<String> before,
        List<Line> lines,
        Headings headings,
        String total,
        String howToPay,
        List<Detail> payment,
        List<String> after,
        String regards,
        String senderName,
        String creditorName,
        List<String> footer) {

    /** One open invoice. {@code overdue} and {@code of} are empty when there is nothing to say. */
    record Line(String number, String issued, String due, String overdue, String open, @Nullable String of) {}

    record Headings(String invoice, String due, String open, String total) {}

    /** A label and what to fill in at the bank. */
    record Detail(String label, String value) {}
}
