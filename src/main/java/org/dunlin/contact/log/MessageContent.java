package org.dunlin.contact.log;

import java.util.List;
import org.dunlin.receivables.Money;
import org.dunlin.receivables.OpenInvoice;

/** What a message says, to whom. */
public record MessageContent(
        String recipient,
        String language,
        String subject,
        String text,
        String html,
        Money total,
        List<OpenInvoice> lines) {}
