package org.dunlin.contact.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The texts and layouts in use. Those of the business win over those in the jar, text by text and layout by layout. A file is checked
 * before it is used, at the start and whenever it changes; as long as something is wrong with it, what was in use stays in use.
 */
@Component
public class Templates implements Supplier<Wording> {

    private static final Logger log = LoggerFactory.getLogger(Templates.class);
    private static final long LARGEST = 1_000_000;

    private final List<TextBundle> bundles;
    private final TemplateModel model;
    private final Checks checks;
    private final TemplateProperties properties;
    private final Map<String, Map<String, String>> ourTexts = new HashMap<>();
    private final Map<String, String> ourLayouts = new HashMap<>();

    /** Own files as they were when they were last looked at, by name. */
    private Map<String, String> seen = Map.of();

    /** Own files that are in use, by name. */
    private Map<String, Checks.Read> used = Map.of();

    private volatile Wording current;
    private volatile List<TemplateProblem> problems = List.of();
    private volatile Set<String> own = Set.of();

    Templates(List<TextBundle> bundles, TemplateModel model, TemplateProperties properties) {
        this.bundles = bundles;
        this.model = model;
        this.checks = new Checks(bundles, model);
        this.properties = properties;
        readOurs();
        this.current = wording(Map.of());
        refresh();
    }

    @Override
    public Wording get() {
        return current;
    }

    /** What is wrong with files of the business now. */
    public List<TemplateProblem> problems() {
        return problems;
    }

    /** Files of the business that are in use. */
    public Set<String> own() {
        return own;
    }

    /** The folder of the business, if one is configured. */
    public Optional<Path> folder() {
        return Optional.ofNullable(properties.folder());
    }

    /** Looks whether a file was changed, and uses what can be used. */
    public synchronized void refresh() {
        Map<String, String> files = files();
        if (files.equals(seen)) {
            return;
        }
        seen = files;
        List<TemplateProblem> found = new ArrayList<>();
        Map<String, Checks.Read> good = new HashMap<>();
        files.forEach((name, content) -> {
            Checks.Read read = content.isEmpty() ? unreadable(name) : checks.read(name, content);
            found.addAll(read.problems());
            if (read.problems().isEmpty()) {
                good.put(name, read);
            } else if (used.containsKey(name)) {
                good.put(name, Objects.requireNonNull(used.get(name)));
            }
        });
        use(good, found);
        problems = List.copyOf(found);
        found.forEach(problem -> log.error("Not used as it is: {}", problem));
    }

    private void use(Map<String, Checks.Read> good, List<TemplateProblem> found) {
        if (good.equals(used)) {
            // Nothing that could be used has changed, so there is nothing to try out.
            found.addAll(incomplete(good));
            return;
        }
        Wording candidate = wording(good);
        Optional<String> wrong = model.tryOut(candidate, isPrinted(good.keySet()));
        if (wrong.isPresent()) {
            // Each by itself may be what cannot be used together with the others.
            Map<String, Checks.Read> usable = new TreeMap<>();
            new TreeMap<>(good).forEach((name, read) -> {
                Map<String, Checks.Read> more = new HashMap<>(usable);
                more.put(name, read);
                Optional<String> why = model.tryOut(wording(more), isPrinted(Set.of(name)));
                if (why.isEmpty()) {
                    usable.put(name, read);
                } else {
                    found.add(new TemplateProblem(name, 0, "a message could not be made with it: " + why.get()));
                    Checks.Read before = used.get(name);
                    if (before != null && before != read) {
                        usable.put(name, before);
                    }
                }
            });
            candidate = wording(usable);
            good = usable;
        }
        found.addAll(incomplete(good));
        used = Map.copyOf(good);
        own = Set.copyOf(good.keySet());
        current = candidate;
        if (!good.isEmpty()) {
            log.info("Texts and layouts of the business in use: {}", new java.util.TreeSet<>(good.keySet()));
        }
    }

    private static boolean isPrinted(Set<String> names) {
        return names.stream().anyMatch(name -> name.startsWith("letter/") && name.endsWith(".html"));
    }

    /** A template that the business added and that lacks a text somewhere; it is of use once it is complete. */
    private List<TemplateProblem> incomplete(Map<String, Checks.Read> good) {
        List<TemplateProblem> lacking = new ArrayList<>();
        for (TextBundle bundle : bundles) {
            Set<String> templates = new HashSet<>();
            good.values().forEach(read -> {
                if (read.texts() != null) {
                    read.texts().keySet().stream()
                            .filter(key ->
                                    key.indexOf('.') > 0 && bundle.parts().containsKey(key.split("\\.")[1]))
                            .forEach(key -> templates.add(key.split("\\.")[0]));
                }
            });
            for (String template : new java.util.TreeSet<>(templates)) {
                for (String language : TextBundle.LANGUAGES) {
                    String file = TextBundle.file(bundle.name(), language);
                    Set<String> there =
                            new HashSet<>(ourTexts.getOrDefault(file, Map.of()).keySet());
                    Checks.Read own = good.get(file);
                    if (own != null && own.texts() != null) {
                        there.addAll(own.texts().keySet());
                    }
                    bundle.needed().stream()
                            .map(part -> template + "." + part)
                            .filter(key -> !there.contains(key))
                            .sorted()
                            .forEach(key -> lacking.add(new TemplateProblem(
                                    file, 0, "the new template " + template + " needs a text " + key + " here too")));
                }
            }
        }
        return lacking;
    }

    private Wording wording(Map<String, Checks.Read> files) {
        Map<String, Map<String, String>> texts = new HashMap<>();
        ourTexts.forEach((name, entries) -> texts.put(name, new HashMap<>(entries)));
        Map<String, String> layouts = new HashMap<>(ourLayouts);
        files.forEach((name, read) -> {
            if (read.texts() != null) {
                texts.computeIfAbsent(name, n -> new HashMap<>()).putAll(read.texts());
            } else if (read.layout() != null) {
                layouts.put(name, read.layout());
            }
        });
        return new Wording(texts, layouts);
    }

    private void readOurs() {
        bundles.forEach(bundle -> TextBundle.LANGUAGES.forEach(language -> {
            String file = TextBundle.file(bundle.name(), language);
            ourTexts.put(file, Objects.requireNonNull(ours(file, file).texts()));
        }));
        model.layouts()
                .keySet()
                .forEach(file -> ourLayouts.put(
                        file,
                        Objects.requireNonNull(ours(file, "templates/" + file).layout())));
    }

    /** Ours are in use whatever the check says; a test says that it says nothing. */
    private Checks.Read ours(String file, String resource) {
        Checks.Read read = checks.read(file, TextBundle.content(resource));
        read.problems().forEach(problem -> log.warn("Of our own: {}", problem));
        return read;
    }

    private static Checks.Read unreadable(String name) {
        return new Checks.Read(
                null,
                null,
                List.of(new TemplateProblem(
                        name, 0, "cannot be read: it is empty, larger than a megabyte, or not saved as UTF-8")));
    }

    /** Contents by name; empty for what cannot be read. Files beside texts and layouts are named too, so that a typing error shows. */
    private Map<String, String> files() {
        Path folder = properties.folder();
        if (folder == null || !Files.isDirectory(folder)) {
            return Map.of();
        }
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder, 3)) {
            all.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .filter(path -> !path.getFileName().toString().matches("\\..*|.*~|.*\\.(bak|swp|tmp|md)|README.*"))
                    .forEach(
                            path -> files.put(folder.relativize(path).toString().replace('\\', '/'), content(path)));
        } catch (IOException | UncheckedIOException e) {
            log.warn("The folder {} could not be read now; what is in use stays in use", folder, e);
            return seen;
        }
        return files;
    }

    private static String content(Path path) {
        try {
            if (Files.size(path) > LARGEST) {
                return "";
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
