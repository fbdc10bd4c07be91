package org.dunlin.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A form of a human task. */
record Form(Path file, JsonNode json) {

    private static final Pattern TEMPLATE = Pattern.compile("\\{\\{(.*?)}}");
    private static final Pattern WORD = Pattern.compile("[a-zA-Z]\\w*");
    private static final Set<String> FEEL = Set.of("if", "then", "else", "null", "and", "or", "not");

    static Form read(Path file) {
        try {
            return new Form(file, new ObjectMapper().readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String id() {
        return json.path("id").asText();
    }

    /** All components, those in groups too. */
    List<JsonNode> components() {
        List<JsonNode> found = new ArrayList<>();
        collect(json, found);
        return found;
    }

    /** The values a person can choose for the key. */
    Set<String> choices(String key) {
        Set<String> found = new TreeSet<>();
        for (JsonNode component : components()) {
            if (component.path("key").asText().equals(key)) {
                component
                        .path("values")
                        .forEach(value -> found.add(value.path("value").asText()));
            }
        }
        return found;
    }

    /** What the form asks for. */
    Set<String> keys() {
        Set<String> found = new TreeSet<>();
        for (JsonNode component : components()) {
            if (component.has("key")) {
                found.add(component.path("key").asText());
            }
        }
        return found;
    }

    /** Names of the variables that the texts of the form show. */
    Set<String> shown() {
        Set<String> found = new TreeSet<>();
        for (JsonNode component : components()) {
            TEMPLATE.matcher(component.path("text").asText()).results().forEach(template -> WORD.matcher(
                            template.group(1).replaceAll("\"[^\"]*\"", ""))
                    .results()
                    .map(word -> word.group())
                    .filter(word -> !FEEL.contains(word))
                    .forEach(found::add));
        }
        return found;
    }

    private static void collect(JsonNode parent, List<JsonNode> found) {
        for (JsonNode component : parent.path("components")) {
            found.add(component);
            collect(component, found);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
