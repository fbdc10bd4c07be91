package org.dunlin.intake;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.FileSystems;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;
import org.dunlin.receivables.CustomerKey;
import org.jspecify.annotations.Nullable;

/** Reads a mapping file; whatever is wrong is said with file and key. */
final class MappingReader {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final String file;

    private MappingReader(String file) {
        this.file = file;
    }

    /**
     * @param file for messages
     * @throws MappingException when it cannot be used
     */
    static Mapping read(String file, byte[] yaml) {
        return new MappingReader(file).read(yaml);
    }

    private Mapping read(byte[] yaml) {
        JsonNode root;
        try {
            root = YAML.readTree(yaml);
        } catch (JsonProcessingException e) {
            String where =
                    e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr();
            throw wrong(
                    where,
                    "is not YAML: " + e.getOriginalMessage().lines().findFirst().orElse(""));
        } catch (IOException e) {
            throw wrong("", "cannot be read: " + e.getMessage());
        }
        object(root, "");
        only(root, "", Set.of("files", "source", "csv", "formats", "records"));
        JsonNode csv = root.path("csv");
        JsonNode formats = root.path("formats");
        if (!csv.isMissingNode()) {
            object(csv, "csv");
            only(csv, "csv", Set.of("delimiter", "quote", "encoding"));
        }
        if (!formats.isMissingNode()) {
            object(formats, "formats");
            only(formats, "formats", Set.of("date", "decimal", "grouping"));
        }
        char decimal = character(formats, "formats.decimal", "decimal", '.');
        Character grouping =
                formats.hasNonNull("grouping") ? character(formats, "formats.grouping", "grouping", ',') : null;
        if (grouping != null && grouping == decimal) {
            throw wrong("formats.grouping", "is the same as formats.decimal");
        }
        return new Mapping(
                file,
                files(root.path("files")),
                root.has("source") ? text(root.get("source"), "source") : CustomerKey.DEFAULT_SOURCE,
                new Mapping.Csv(delimiter(csv), character(csv, "csv.quote", "quote", '"'), encoding(csv)),
                dateFormats(formats),
                decimal,
                grouping,
                rules(root.path("records")));
    }

    private List<String> files(JsonNode node) {
        List<String> globs = texts(node, "files");
        if (globs.isEmpty()) {
            throw wrong("files", "is missing: name the files it applies to, for example [\"invoices*.csv\"]");
        }
        for (String glob : globs) {
            try {
                FileSystems.getDefault().getPathMatcher("glob:" + glob);
            } catch (PatternSyntaxException e) {
                throw wrong("files", "'" + glob + "' is not a file pattern: " + e.getDescription());
            }
        }
        return globs;
    }

    private @Nullable Character delimiter(JsonNode csv) {
        if (!csv.has("delimiter") || csv.get("delimiter").asText().equals("auto")) {
            return null;
        }
        if (csv.get("delimiter").asText().equals("tab")) {
            return '\t';
        }
        return character(csv, "csv.delimiter", "delimiter", ',');
    }

    private Charset encoding(JsonNode csv) {
        if (!csv.has("encoding")) {
            return StandardCharsets.UTF_8;
        }
        String name = text(csv.get("encoding"), "csv.encoding");
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw wrong("csv.encoding", "'" + name + "' is not known; for example UTF-8, windows-1252, ISO-8859-15");
        }
    }

    private List<Mapping.DateFormat> dateFormats(JsonNode formats) {
        List<String> patterns =
                formats.has("date") ? texts(formats.get("date"), "formats.date") : List.of("yyyy-MM-dd");
        List<Mapping.DateFormat> all = new ArrayList<>();
        for (String pattern : patterns) {
            try {
                // 'y' is the year of an era, which a strict parser does not accept without the era; 'u' is what people
                // mean.
                all.add(new Mapping.DateFormat(
                        pattern,
                        DateTimeFormatter.ofPattern(pattern.replace('y', 'u'), Locale.ENGLISH)
                                .withResolverStyle(ResolverStyle.STRICT)));
            } catch (IllegalArgumentException e) {
                throw wrong("formats.date", "'" + pattern + "' is not a date pattern such as yyyy-MM-dd or d/M/yyyy");
            }
        }
        return all;
    }

    private List<Mapping.Rule> rules(JsonNode node) {
        if (!node.isArray() || node.isEmpty()) {
            throw wrong("records", "is missing: say what each row is made into");
        }
        List<Mapping.Rule> rules = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            rules.add(rule(node.get(i), "records[" + (i + 1) + "]"));
        }
        return rules;
    }

    private Mapping.Rule rule(JsonNode node, String key) {
        object(node, key);
        only(node, key, Set.of("type", "when", "fields"));
        if (!node.has("type")) {
            throw wrong(key + ".type", "is missing; one of " + RecordType.keys());
        }
        String typeKey = text(node.get("type"), key + ".type");
        RecordType type = RecordType.of(typeKey)
                .orElseThrow(
                        () -> wrong(key + ".type", "'" + typeKey + "' is not a record; one of " + RecordType.keys()));
        List<String> when = node.has("when") ? texts(node.get("when"), key + ".when") : List.of();
        if (!node.has("fields")) {
            return new Mapping.Rule(type, when, null);
        }
        JsonNode fields = object(node.get("fields"), key + ".fields");
        only(fields, key + ".fields", Set.copyOf(type.fields()));
        Map<String, Mapping.Field> all = new LinkedHashMap<>();
        fields.fields()
                .forEachRemaining(
                        entry -> all.put(entry.getKey(), field(entry.getValue(), key + ".fields." + entry.getKey())));
        Set<String> missing = new TreeSet<>(type.required());
        missing.removeAll(all.keySet());
        if (!missing.isEmpty()) {
            throw wrong(key + ".fields", "needs " + String.join(", ", missing));
        }
        return new Mapping.Rule(type, when, all);
    }

    private Mapping.Field field(JsonNode node, String key) {
        if (node.isValueNode() && !node.isNull()) {
            return new Mapping.Field(text(node, key), Map.of(), null, false);
        }
        object(node, key);
        only(node, key, Set.of("column", "values", "value", "default", "optional"));
        if (node.has("value")) {
            if (node.size() > 1) {
                throw wrong(key, "has a constant value, so nothing else belongs here");
            }
            return new Mapping.Field(null, Map.of(), text(node.get("value"), key + ".value"), false);
        }
        if (!node.has("column")) {
            throw wrong(key, "needs a column or a constant value");
        }
        Map<String, String> values = new HashMap<>();
        if (node.has("values")) {
            object(node.get("values"), key + ".values")
                    .fields()
                    .forEachRemaining(entry ->
                            values.put(entry.getKey(), text(entry.getValue(), key + ".values." + entry.getKey())));
        }
        if (node.has("optional") && !node.get("optional").isBoolean()) {
            throw wrong(key + ".optional", "is true or false");
        }
        return new Mapping.Field(
                text(node.get("column"), key + ".column"),
                values,
                node.has("default") ? text(node.get("default"), key + ".default") : null,
                node.path("optional").asBoolean(false));
    }

    private char character(JsonNode node, String key, String name, char otherwise) {
        if (!node.has(name)) {
            return otherwise;
        }
        String text = node.get(name).asText();
        if (text.length() != 1) {
            throw wrong(key, "'" + text + "' is not a single character");
        }
        return text.charAt(0);
    }

    private List<String> texts(JsonNode node, String key) {
        if (node.isMissingNode() || node.isNull()) {
            return List.of();
        }
        if (!node.isArray()) {
            return List.of(text(node, key));
        }
        List<String> all = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            all.add(text(node.get(i), key + "[" + (i + 1) + "]"));
        }
        return all;
    }

    private String text(JsonNode node, String key) {
        if (!node.isValueNode() || node.isNull() || node.asText().isBlank()) {
            throw wrong(key, "needs a value");
        }
        return node.asText();
    }

    private JsonNode object(JsonNode node, String key) {
        if (!node.isObject()) {
            throw wrong(key, key.isEmpty() ? "is empty or not a mapping" : "must have keys below it");
        }
        return node;
    }

    private void only(JsonNode node, String key, Set<String> allowed) {
        node.fieldNames().forEachRemaining(name -> {
            if (!allowed.contains(name)) {
                throw wrong(
                        key.isEmpty() ? name : key + "." + name,
                        "is not known here; known are " + String.join(", ", new TreeSet<>(allowed)));
            }
        });
    }

    private MappingException wrong(String key, String message) {
        return new MappingException(file, key, message);
    }
}
