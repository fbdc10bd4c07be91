package org.dunlin.receivables;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * An own company that sells on credit.
 *
 * @param country  ISO 3166-1 alpha-2; its working days count in the creditor's cases
 * @param language ISO 639-1, one of nl, fr, en, de
 */
public record Creditor(
        long id,
        String number,
        String name,
        @Nullable String street,
        @Nullable String postalCode,
        @Nullable String city,
        String country,
        String language,
        ZoneId timeZone,
        @Nullable String iban,
        @Nullable String bic,
        @Nullable String vatNumber,
        String senderName,
        String senderEmail,
        @Nullable String phone) {}
