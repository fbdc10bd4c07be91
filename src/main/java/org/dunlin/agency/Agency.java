package org.dunlin.agency;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A collection agency or lawyer, as configured under {@code dunlin.agency.agencies}.
 *
 * @param id       what decision table {@code chooseAgency} calls it; letters, digits and hyphens
 * @param language in which it is written to: nl, fr, en or de
 * @param email    where files go by e-mail; either this or a folder
 * @param folder   where files are put, for a program that carries them on
 * @param format   what a file consists of
 * @param logins   users of the group {@code agencies} who report for it
 */
record Agency(
        String id,
        String name,
        @DefaultValue("AGENCY") Kind kind,
        @DefaultValue("en") String language,
        @Nullable String email,
        @Nullable Path folder,
        @DefaultValue("ZIP") Format format,
        @DefaultValue List<String> logins) {

    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Set<String> LANGUAGES = Set.of("nl", "fr", "en", "de");

    enum Kind {
        AGENCY,
        LAWYER
    }

    enum Format {
        /** Everything in one archive. */
        ZIP,
        /** Only {@code dossier.json}, for a program that wants nothing else; we keep the archive all the same. */
        JSON
    }

    /** @throws IllegalArgumentException when something is missing or cannot be used, in words for whoever configures it */
    Agency {
        // Values that are missing arrive as null, whatever their type says.
        if (isMissing(id) || !ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "dunlin.agency.agencies: the id '" + id + "' must be made of small letters, digits and hyphens");
        }
        String where = "dunlin.agency.agencies, '" + id + "': ";
        if (isMissing(name)) {
            throw new IllegalArgumentException(where + "the name is missing");
        }
        if (!LANGUAGES.contains(language)) {
            throw new IllegalArgumentException(where + "the language '" + language + "' is not one of nl, fr, en, de");
        }
        if (isMissing(email) == (folder == null)) {
            throw new IllegalArgumentException(where + "give an address, either email or folder");
        }
        if (folder == null && !isAddress(String.valueOf(email))) {
            throw new IllegalArgumentException(where + "'" + email + "' is no e-mail address");
        }
        logins = List.copyOf(logins);
    }

    private static boolean isMissing(@Nullable String text) {
        return text == null || text.isBlank();
    }

    private static boolean isAddress(String text) {
        try {
            new InternetAddress(text, true).validate();
            return text.indexOf('@') > 0 && text.chars().noneMatch(Character::isISOControl);
        } catch (AddressException e) {
            return false;
        }
    }

    /** How it is written to; dates and amounts as in the country of that language nearest to us. */
    Locale locale() {
        return Locale.forLanguageTag(
                switch (language) {
                    case "nl" -> "nl-NL";
                    case "fr" -> "fr-FR";
                    case "de" -> "de-DE";
                    default -> "en-GB";
                });
    }

    /** For people, in a list: {@code Benelux Incasso (agency)}. */
    String title() {
        return name + (kind == Kind.LAWYER ? " (lawyer)" : " (agency)");
    }

    /** Where files go, for the log of messages. */
    String address() {
        return folder == null ? String.valueOf(email) : folder.toString();
    }
}
