package org.dunlin.receivables;

import org.jspecify.annotations.Nullable;

/**
 * A creditor to write. What is {@code null} stays as it was; a creditor that is new needs name, country, language and the
 * sender's e-mail address.
 *
 * @param number      the key
 * @param country     ISO 3166-1 alpha-2
 * @param language    one of nl, fr, en, de
 * @param timeZone    IANA zone; when new and not given, UTC
 * @param iban        without spaces
 * @param senderName  who signs messages; when new and not given, the name
 */
public record CreditorRow(
        String number,
        @Nullable String name,
        @Nullable String street,
        @Nullable String postalCode,
        @Nullable String city,
        @Nullable String country,
        @Nullable String language,
        @Nullable String timeZone,
        @Nullable String iban,
        @Nullable String bic,
        @Nullable String vatNumber,
        @Nullable String senderName,
        @Nullable String senderEmail,
        @Nullable String phone) {

    public CreditorRow {
        Rows.require(!number.isBlank(), "a creditor needs a number");
    }
}
