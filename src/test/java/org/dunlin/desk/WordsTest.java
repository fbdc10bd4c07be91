package org.dunlin.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The words of pages and of Tasklist, in each language. */
class WordsTest {

    private static final String TASKLIST = "META-INF/resources/webjars/camunda/app/tasklist/";
    private static final Pattern PLACES = Pattern.compile("\\{\\{\\s*\\w+\\s*}}");

    private final ObjectMapper json = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(strings = {"nl", "fr"})
    void tasklist_has_all_texts_of_its_own_english(String language) throws IOException {
        Map<String, String> english = texts("en");
        Map<String, String> ours = texts(language);

        assertThat(english).hasSizeGreaterThan(400);
        assertThat(ours.keySet()).containsExactlyInAnyOrderElementsOf(english.keySet());
        ours.forEach((key, text) -> {
            assertThat(places(text)).as("places in %s", key).isEqualTo(places(english.get(key)));
            if (!english.get(key).isEmpty()) {
                assertThat(text).as(key).isNotEmpty();
            }
        });
    }

    @Test
    void tasklist_offers_every_language_of_our_pages() throws IOException {
        try (InputStream config = resource(TASKLIST + "scripts/config.js").openStream()) {
            String script = new String(config.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(Languages.ALL)
                    .allSatisfy(language -> assertThat(script).contains('"' + language.getLanguage() + '"'));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "nl", "fr"})
    void our_pages_have_every_word_in_every_language(String language) throws IOException {
        Properties english = words("");
        Properties ours = words("_" + language);

        assertThat(ours.stringPropertyNames()).containsExactlyInAnyOrderElementsOf(english.stringPropertyNames());
        for (String key : english.stringPropertyNames()) {
            assertThat(ours.getProperty(key)).as(key).isNotBlank();
            assertThat(new MessageFormat(ours.getProperty(key)).getFormatsByArgumentIndex())
                    .as("places in %s", key)
                    .hasSameSizeAs(new MessageFormat(english.getProperty(key)).getFormatsByArgumentIndex());
            assertThat(MessageFormat.format(english.getProperty(key), 1, 2, 3, 4))
                    .as("a single quote in %s", key)
                    .doesNotContain("{");
            assertThat(english.getProperty(key).replace("''", "")
                            + ours.getProperty(key).replace("''", ""))
                    .as("a single quote in %s is to be doubled", key)
                    .doesNotContain("'");
        }
    }

    private Map<String, String> texts(String language) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        // The file of the product comes with a mark of its encoding, which is no JSON.
        try (InputStream file =
                resource(TASKLIST + "locales/" + language + ".json").openStream()) {
            String content = new String(file.readAllBytes(), StandardCharsets.UTF_8).replace("\uFEFF", "");
            flatten("", json.readTree(content), texts);
        }
        return texts;
    }

    private static void flatten(String path, JsonNode node, Map<String, String> texts) {
        if (node.isValueNode()) {
            texts.put(path, node.asText());
        }
        node.fields().forEachRemaining(field -> flatten(path + "/" + field.getKey(), field.getValue(), texts));
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                flatten(path + "/" + i, node.get(i), texts);
            }
        }
    }

    private static List<String> places(String text) {
        return PLACES.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(place -> place.replace(" ", ""))
                .sorted()
                .toList();
    }

    private static Properties words(String language) throws IOException {
        Properties words = new Properties();
        try (Reader file = new InputStreamReader(
                resource("messages/pages" + language + ".properties").openStream(), StandardCharsets.UTF_8)) {
            words.load(file);
        }
        return words;
    }

    /** Ours where there is one, else that of the webjar: as the web server finds it. */
    private static URL resource(String path) throws IOException {
        List<URL> found = Collections.list(WordsTest.class.getClassLoader().getResources(path));
        assertThat(found).as(path).isNotEmpty();
        return found.get(0);
    }
}
