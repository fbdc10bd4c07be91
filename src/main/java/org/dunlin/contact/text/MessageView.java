package org.dunlin.contact.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything a message says, in the reader's language: its templates place these texts and compute nothing. Public, with its parts, because
 * only then the expressions of templates are compiled.
 *
 * @param quote       words of a person of the house, and what introduces them
 * @param then        paragraphs after that
 * @param total       empty when it cannot be said in one amount
 * @param instalments dates and amounts; empty when there are none
 * @param payment     empty when nothing is to be paid
 * @param link        to the page of this message, where the customer sees what is open and pays; null where there is none
 * @param explanation of this message, made for this customer: a page or a video; null where there is none
 * @param code        for a banking app; null where a transfer in euros is not how to pay at once
 */
public record MessageView(
        String language,
        String subject,
        String preview,
        String greeting,
        List<String> before,
        @Nullable Detail quote,
        List<String> then,
        List<Line> lines,
        Headings headings,
        String total,
        List<Detail> instalments,
        String howToPay,
        List<Detail> payment,
        List<String> after,
        String regards,
        String senderName,
        String creditorName,
        List<String> footer,
        @Nullable Link link,
        @Nullable Link explanation,
        @Nullable Picture code) {

    /**
     * One open invoice.
     *
     * @param overdue empty when there is nothing to say
     * @param of      null when nothing was paid of it
     * @param level   how often it has been asked for, this time included; null where all are asked for the first time
     */
    public record Line(
            String number,
            String issued,
            String due,
            String overdue,
            String open,
            @Nullable String of,
            @Nullable String level) {}

    public record Headings(String invoice, String due, String open, String total, String instalments, String amount) {}

    /** A label and what belongs to it, for example what to fill in at the bank. */
    public record Detail(String label, String value) {}

    /** What a reader can open, and in which words it is offered. */
    public record Link(String text, String address) {}

    /** A picture as a {@code data:} address, and what to do with it. */
    public record Picture(String data, String text) {}
}
