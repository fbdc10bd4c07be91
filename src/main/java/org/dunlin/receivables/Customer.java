package org.dunlin.receivables;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A company or consumer that buys on credit.
 *
 * @param persons whom to contact, in the order to try them
 */
public record Customer(
        long id,
        String number,
        Kind kind,
        String name,
        @Nullable String vatNumber,
        @Nullable String street,
        @Nullable String postalCode,
        @Nullable String city,
        String country,
        String language,
        @Nullable String sector,
        @Nullable Integer employees,
        @Nullable String accountManager,
        @Nullable String preferredChannel,
        List<ContactPerson> persons) {

    /** Countries where a language writes dates and amounts in a way of its own; elsewhere the language's usual one. */
    private static final Set<String> VARIANTS =
            Set.of("nl-BE", "fr-BE", "fr-LU", "fr-CH", "de-AT", "de-CH", "de-LU", "en-US", "en-IE");

    public enum Kind {
        COMPANY,
        CONSUMER
    }

    /** A person to contact; phone is E.164. */
    public record ContactPerson(
            long id, String name, @Nullable String role, @Nullable String email, @Nullable String phone) {}

    /** First person in line who has an e-mail address. */
    public Optional<ContactPerson> byEmail() {
        return persons.stream().filter(person -> person.email() != null).findFirst();
    }

    /** First person in line who has a phone number. */
    public Optional<ContactPerson> byPhone() {
        return persons.stream().filter(person -> person.phone() != null).findFirst();
    }

    /** How this customer reads dates and amounts. */
    public Locale locale() {
        String tag = language + "-" + country;
        return Locale.forLanguageTag(
                VARIANTS.contains(tag)
                        ? tag
                        : switch (language) {
                            case "nl" -> "nl-NL";
                            case "fr" -> "fr-FR";
                            case "de" -> "de-DE";
                            default -> "en-GB";
                        });
    }
}
