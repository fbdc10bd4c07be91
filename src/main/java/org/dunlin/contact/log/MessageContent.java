package org.dunlin.contact.log;

import java.util.List;
import java.util.function.Supplier;
import org.dunlin.receivables.Money;
import org.dunlin.receivables.OpenInvoice;
import org.jspecify.annotations.Nullable;

/**
 * What a message says, to whom.
 *
 * @param html  null where it has none
 * @param total null when the lines are in several currencies
 * @param lines invoices that it names
 * @param pages prints a letter; null for what is not on paper
 */
public record MessageContent(
        String recipient,
        String language,
        String subject,
        String text,
        @Nullable String html,
        @Nullable Money total,
        List<OpenInvoice> lines,
        @Nullable Supplier<byte[]> pages) {

    /** A message that is not on paper. */
    public MessageContent(
            String recipient,
            String language,
            String subject,
            String text,
            @Nullable String html,
            @Nullable Money total,
            List<OpenInvoice> lines) {
        this(recipient, language, subject, text, html, total, lines, null);
    }

    /** The same with another text. */
    public MessageContent saying(String words) {
        return new MessageContent(recipient, language, subject, words, html, total, lines, pages);
    }
}
