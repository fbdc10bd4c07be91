package org.dunlin.contact.link;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A link from one message to the page where its customer sees what is open of it.
 *
 * @param id         random, so that it says nothing about how many there are
 * @param holdId     when the message was about a hold
 * @param reference  number of the case or hold
 * @param template   name of the text
 * @param invoiceIds what the message named
 */
public record PayLink(
        long id,
        long creditorId,
        long customerId,
        @Nullable Long holdId,
        String reference,
        String template,
        List<Long> invoiceIds) {

    /** Where the pages are. */
    public static final String PATH = "/pay/";

    /**
     * What a link is to be made for. Made again for the same message it stays the same link.
     *
     * @param medium e-mail, letter: a message in both has a link for each
     */
    public record Occasion(
            long creditorId,
            long customerId,
            @Nullable Long holdId,
            String reference,
            String template,
            String medium,
            List<Long> invoiceIds) {

        String key() {
            return reference + "/" + template + "/" + medium;
        }
    }
}
