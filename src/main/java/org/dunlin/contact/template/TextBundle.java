package org.dunlin.contact.template;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A family of texts that exists once per language, in {@code messages/<name>_<language>.properties}. Whatever has a subject is a
 * template: {@code reminder.subject}, {@code reminder.before}; the business may add templates with the same parts.
 *
 * @param places what may stand in the texts that are not of a template, by key
 * @param parts  what may stand in the texts of a template, by the end of the key
 * @param needed parts that every template has
 */
public record TextBundle(String name, Map<String, Places> places, Map<String, Places> parts, Set<String> needed) {

    /** Languages that customers are written to in. */
    public static final List<String> LANGUAGES = List.of("nl", "fr", "en", "de");

    static final String SUBJECT = ".subject";
    private static final Pattern NUMBER = Pattern.compile("\\{\\s*([0-9]{1,2})\\s*[,}]");
    private static final Pattern OF_TEMPLATE = Pattern.compile("([a-zA-Z]{1,40})\\.([a-zA-Z]+)");

    static String file(String name, String language) {
        return "messages/" + name + "_" + language + ".properties";
    }

    /**
     * The family as it is in the jar.
     *
     * @param names      of places, by key; texts that are not named have those numbers that stand in them in the jar
     * @param ofTemplate names of places in the texts of a template, in the order of their numbers
     * @param ofParts    the same for parts that name something else
     */
    public static TextBundle inJar(
            String name, Map<String, List<String>> names, List<String> ofTemplate, Map<String, List<String>> ofParts) {
        Map<String, Set<String>> texts = new HashMap<>();
        for (String language : LANGUAGES) {
            TextFile.parse(file(name, language), content(file(name, language)))
                    .entries()
                    .forEach((key, entry) ->
                            texts.computeIfAbsent(key, k -> new HashSet<>()).add(entry.text()));
        }
        Map<String, Places> places = new HashMap<>();
        Map<String, Set<String>> partsByTemplate = new HashMap<>();
        texts.forEach((key, variants) -> {
            Matcher part = OF_TEMPLATE.matcher(key);
            if (part.matches() && texts.containsKey(part.group(1) + SUBJECT)) {
                partsByTemplate
                        .computeIfAbsent(part.group(1), t -> new TreeSet<>())
                        .add(part.group(2));
            } else {
                places.put(key, new Places(names.getOrDefault(key, numbers(variants))));
            }
        });
        Map<String, Places> parts = new HashMap<>();
        Set<String> needed = new TreeSet<>();
        partsByTemplate.values().forEach(of -> {
            of.forEach(part -> parts.put(part, new Places(ofParts.getOrDefault(part, ofTemplate))));
            needed.addAll(of);
        });
        partsByTemplate.values().forEach(needed::retainAll);
        return new TextBundle(name, Map.copyOf(places), Map.copyOf(parts), Set.copyOf(needed));
    }

    /** Names for places that have none but their number. */
    private static List<String> numbers(Set<String> texts) {
        int most = texts.stream()
                .flatMap(text -> NUMBER.matcher(text).results())
                .mapToInt(found -> Integer.parseInt(found.group(1)) + 1)
                .max()
                .orElse(0);
        return IntStream.range(0, most).mapToObj(Integer::toString).toList();
    }

    static String content(String resource) {
        try (InputStream in = TextBundle.class.getResourceAsStream("/" + resource)) {
            return new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
