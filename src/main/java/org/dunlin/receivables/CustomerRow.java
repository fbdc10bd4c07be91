package org.dunlin.receivables;

import java.util.List;
import org.dunlin.receivables.Customer.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A customer to write. What is {@code null} stays as it was; a customer who is new needs name, country and language.
 *
 * @param country          ISO 3166-1 alpha-2
 * @param region           the source's own region code, any text
 * @param language         one of nl, fr, en, de
 * @param accountManager   login of the account manager in sales
 * @param preferredChannel one of EMAIL, SMS, VOICE, LETTER
 * @param externalRating   creditworthiness from 0 (worst) to 100 (best)
 * @param persons          whom to contact, in the order to try them; {@code null} leaves the persons as they are, a list
 *                         replaces them, except where one was corrected here and the source still delivers the same
 */
public record CustomerRow(
        CustomerKey key,
        @Nullable Kind kind,
        @Nullable String name,
        @Nullable String vatNumber,
        @Nullable String street,
        @Nullable String postalCode,
        @Nullable String city,
        @Nullable String country,
        @Nullable String region,
        @Nullable String language,
        @Nullable String sector,
        @Nullable Integer employees,
        @Nullable String accountManager,
        @Nullable String preferredChannel,
        @Nullable Integer externalRating,
        @Nullable Money creditLimit,
        @Nullable List<PersonRow> persons) {

    public CustomerRow {
        Rows.require(employees == null || employees >= 0, "employees cannot be negative");
        Rows.require(
                externalRating == null || (externalRating >= 0 && externalRating <= 100),
                "the external rating goes from 0 to 100");
        Rows.require(creditLimit == null || creditLimit.amount().signum() >= 0, "the credit limit cannot be negative");
        persons = persons == null ? null : List.copyOf(persons);
    }

    /** A person to contact; phone is E.164. */
    public record PersonRow(String name, @Nullable String role, @Nullable String email, @Nullable String phone) {

        public PersonRow {
            Rows.require(!name.isBlank(), "a contact person needs a name");
        }

        /** What tells whether the source delivers something else than the last time. */
        String fingerprint() {
            return String.join("\u001f", name, String.valueOf(role), String.valueOf(email), String.valueOf(phone));
        }
    }
}
