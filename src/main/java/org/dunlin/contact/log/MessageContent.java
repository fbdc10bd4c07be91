package org.dunlin.contact.log;

import java.util.List;
import org.dunlin.receivables.Money;
import org.dunlin.receivables.OpenInvoice;
import org.jspecify.annotations.Nullable;

/**
 * What a message says, to whom.
 *
 * @param html  null where the channel has none
 * @param total null when the lines are in several currencies
 * @param lines invoices that it names
 */
public record MessageContent(
        String recipient,
        String language,
        String subject,
        String text,
        @Nullable String html,
        @Nullable Money total,
        List<OpenInvoice> lines) {

    /** The same with another text. */
    public MessageContent saying(String words) {
        return new MessageContent(recipient, language, subject, words, html, total, lines);
    }
}
