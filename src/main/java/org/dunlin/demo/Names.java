package org.dunlin.demo;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.dunlin.receivables.CreditorRow;

/**
 * The words of which the portfolio is made, from {@code demo/names.yaml}.
 *
 * @param creditors the own companies; their IBANs are those that banks print as examples
 * @param goods   what invoices are for, by language
 * @param regions by name
 */
record Names(List<CreditorRow> creditors, Map<String, List<String>> goods, Map<String, Region> regions) {

    /**
     * Where people share language and manners.
     *
     * @param trades patterns of company names by sector, {@code {f}} being a family name and {@code {p}} a place
     */
    record Region(
            String country,
            String language,
            LegalForms legalForms,
            List<String> families,
            List<String> women,
            List<String> men,
            List<String> roles,
            List<String> streets,
            List<Place> places,
            Map<String, List<String>> trades) {}

    record LegalForms(List<String> small, List<String> other) {}

    /** @param area what a phone number there begins with, after the country's code */
    record Place(String city, String postalCode, String area) {}

    static Names load() {
        try (InputStream yaml = Objects.requireNonNull(Names.class.getResourceAsStream("/demo/names.yaml"))) {
            return new YAMLMapper().readValue(yaml, Names.class);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the demo's names", e);
        }
    }

    /** Letters and digits only, as in an e-mail address. */
    static String plain(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "");
    }
}
