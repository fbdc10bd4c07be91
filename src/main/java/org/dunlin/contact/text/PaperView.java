package org.dunlin.contact.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a letter on paper has beside the message: its template places it and computes nothing. Public, as {@link MessageView} is.
 *
 * @param window     where the envelope shows the address: {@code left} (DIN 5008 form B, NEN 1026) or {@code right} (as in Belgium
 *                   and France)
 * @param address    of the customer, one line each, at most six
 * @param sender     one line above it, so that the post can send it back
 * @param letterhead of the creditor
 * @param facts      date, numbers: what people ask for on the phone
 * @param linkCode   picture of the code that opens the message's page, as a {@code data:} address; null where there is none
 * @param linkScan   what to do with it
 * @param page       the word for page
 */
public record PaperView(
        String window,
        List<String> address,
        String sender,
        List<String> letterhead,
        List<MessageView.Detail> facts,
        @Nullable String linkCode,
        String linkScan,
        String page) {}
