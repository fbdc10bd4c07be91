package org.dunlin.contact.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says of one file what is wrong with it, and what it holds. */
final class Checks {

    private static final Pattern TEXTS = Pattern.compile("messages/([a-z]+)_([a-z]{2})\\.properties");
    private static final Pattern LAYOUT = Pattern.compile("([a-z]+)/([a-zA-Z]{1,40})\\.(html|txt)");
    private static final Pattern OF_TEMPLATE = Pattern.compile("([a-zA-Z]{1,40})\\.([a-zA-Z]+)");

    private final List<TextBundle> bundles;
    private final TemplateModel model;

    Checks(List<TextBundle> bundles, TemplateModel model) {
        this.bundles = bundles;
        this.model = model;
    }

    /**
     * A file that was read.
     *
     * @param texts    patterns by key; null for a layout
     * @param layout   null for texts
     * @param problems if there are any, the rest is of no use
     */
    record Read(@Nullable Map<String, String> texts, @Nullable String layout, List<TemplateProblem> problems) {}

    Read read(String file, String content) {
        Matcher texts = TEXTS.matcher(file);
        if (texts.matches() && TextBundle.LANGUAGES.contains(texts.group(2))) {
            Optional<TextBundle> bundle = bundles.stream()
                    .filter(b -> b.name().equals(texts.group(1)))
                    .findFirst();
            if (bundle.isPresent()) {
                return texts(file, content, bundle.get(), Locale.forLanguageTag(texts.group(2)));
            }
        }
        Matcher layout = LAYOUT.matcher(file);
        if (layout.matches()) {
            LayoutModel common = model.layouts().get(layout.group(1) + "/message." + layout.group(3));
            if (common != null) {
                return layout(file, content, common);
            }
        }
        return new Read(
                null,
                null,
                List.of(new TemplateProblem(
                        file, 0, "there is no such file to replace; there are " + String.join(", ", known()))));
    }

    private List<String> known() {
        List<String> known = new ArrayList<>();
        bundles.forEach(bundle ->
                TextBundle.LANGUAGES.forEach(language -> known.add(TextBundle.file(bundle.name(), language))));
        known.addAll(new TreeMap<>(model.layouts()).keySet());
        return known;
    }

    private static Read texts(String file, String content, TextBundle bundle, Locale locale) {
        TextFile parsed = TextFile.parse(file, content);
        List<TemplateProblem> problems = new ArrayList<>(parsed.problems());
        Map<String, String> patterns = new HashMap<>();
        parsed.entries().forEach((key, entry) -> {
            Places places = places(bundle, key);
            if (places == null) {
                problems.add(new TemplateProblem(file, entry.line(), "there is no text " + key + nearest(bundle, key)));
                return;
            }
            List<String> wrong = places.problems(entry.text(), locale);
            wrong.forEach(what -> problems.add(new TemplateProblem(file, entry.line(), key + ": " + what)));
            patterns.put(key, places.pattern(entry.text()));
        });
        return new Read(patterns, null, problems);
    }

    private static @Nullable Places places(TextBundle bundle, String key) {
        Places places = bundle.places().get(key);
        Matcher part = OF_TEMPLATE.matcher(key);
        return places == null && part.matches() ? bundle.parts().get(part.group(2)) : places;
    }

    private static String nearest(TextBundle bundle, String key) {
        Matcher part = OF_TEMPLATE.matcher(key);
        if (part.matches() && !bundle.parts().isEmpty()) {
            return "; the texts of a template are called " + part.group(1) + "."
                    + String.join(
                            ", " + part.group(1) + ".",
                            new java.util.TreeSet<>(bundle.parts().keySet()));
        }
        return bundle.places().keySet().stream()
                .filter(known -> known.equalsIgnoreCase(key) || known.startsWith(key) || key.startsWith(known))
                .findFirst()
                .map(known -> "; is " + known + " meant?")
                .orElse("");
    }

    private static Read layout(String file, String content, LayoutModel model) {
        List<TemplateProblem> problems =
                file.endsWith(".html") ? HtmlCheck.check(file, content, model) : PlainCheck.check(file, content, model);
        return new Read(null, content, problems);
    }
}
