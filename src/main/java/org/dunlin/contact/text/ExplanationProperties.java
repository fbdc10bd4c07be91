package org.dunlin.contact.text;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where a customer finds an explanation made for them, a page or a video: an https address with places for {@code {link}} (the
 * token of the message's link), {@code {reference}} (number of the case or hold), {@code {template}}, {@code {language}} and
 * {@code {creditor}} (number). Nothing personal can stand in it.
 *
 * @param url       for every creditor and language; none when not set
 * @param creditors by number of the creditor, then by language or {@code any}
 */
@ConfigurationProperties("dunlin.contact.explanation")
record ExplanationProperties(@Nullable String url, @DefaultValue Map<String, Map<String, String>> creditors) {

    static final String LINK = "link";
    static final Set<String> PLACES = Set.of(LINK, "reference", "template", "language", "creditor");

    private static final String ANY = "any";
    private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");

    ExplanationProperties {
        url = url == null || url.isBlank() ? null : checked(url.strip(), "dunlin.contact.explanation.url");
        Map<String, Map<String, String>> copy = new HashMap<>();
        creditors.forEach((creditor, byLanguage) -> {
            Map<String, String> checked = new HashMap<>();
            byLanguage.forEach((language, address) -> checked.put(
                    language,
                    checked(address.strip(), "dunlin.contact.explanation.creditors." + creditor + "." + language)));
            copy.put(creditor, Map.copyOf(checked));
        });
        creditors = Map.copyOf(copy);
    }

    /** The address for that creditor and language, its places still empty. */
    @Nullable
    String of(String creditor, String language) {
        Map<String, String> own = creditors.getOrDefault(creditor, Map.of());
        return own.getOrDefault(language, own.getOrDefault(ANY, url));
    }

    private static String checked(String address, String setting) {
        Matcher places = PLACE.matcher(address);
        while (places.find()) {
            if (!PLACES.contains(places.group(1))) {
                throw new IllegalArgumentException(setting + ": {" + places.group(1) + "} is not one of " + PLACES);
            }
        }
        try {
            URI uri = new URI(places.replaceAll("x"));
            String authority = address.replaceFirst("^https://", "").split("[/?#]", 2)[0];
            if ("https".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && !authority.contains("{")) {
                return address;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw new IllegalArgumentException(setting + " is not an https address with a host of its own: " + address);
    }
}
