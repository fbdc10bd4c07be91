package org.dunlin.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Opens every form with the form-js that Tasklist brings along, in a Chromium, because only that knows what it can show. Skipped where
 * there is no Chromium; the variable CHROMIUM names one that is not /usr/bin/chromium.
 */
class FormsInTasklistTest {

    private static final Path CHROMIUM =
            Path.of(Optional.ofNullable(System.getenv("CHROMIUM")).orElse("/usr/bin/chromium"));
    private static final String LIBRARY = "META-INF/resources/webjars/camunda/lib/";
    private static final Pattern RESULT = Pattern.compile("id=\"result\">([A-Za-z0-9+/=]+)<");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void every_form_opens_without_a_warning_and_shows_all_its_fields_and_texts() throws Exception {
        List<Form> forms = Models.forms();
        ArrayNode given = JSON.createArrayNode();
        for (Form form : forms) {
            ObjectNode one = given.addObject();
            one.set("schema", form.json());
            one.set("data", data(form));
        }

        JsonNode opened = open(given);

        assertThat(opened).hasSameSizeAs(forms);
        for (int i = 0; i < forms.size(); i++) {
            JsonNode seen = opened.get(i);
            Form form = forms.get(i);
            assertThat(seen.path("problems"))
                    .as("%s: %s", form, seen.path("problems"))
                    .isEmpty();
            String text = seen.path("text").asText();
            assertThat(text).as(form.toString()).doesNotContain("{{", "}}", "=if");
            assertThat(labels(form.json())).as(form.toString()).allSatisfy(label -> assertThat(text)
                    .contains(label));
            assertThat(form.json().path("schemaVersion").asInt())
                    .as("%s was made with a Modeler that is newer than Tasklist", form)
                    .isLessThanOrEqualTo(seen.path("schemaVersion").asInt());
        }
    }

    @Test
    void a_form_that_tasklist_cannot_show_is_found() throws Exception {
        ArrayNode given = JSON.createArrayNode();
        ObjectNode one = given.addObject();
        one.set("data", JSON.createObjectNode());
        one.set(
                "schema",
                JSON.readTree(
                        """
                        {"type": "default", "id": "broken", "schemaVersion": 99,
                         "components": [{"type": "crystalBall", "id": "future", "key": "future", "label": "What will be"}]}
                        """));

        assertThat(open(given).get(0).path("problems")).isNotEmpty();
    }

    /** Labels of what is there whatever was chosen before. */
    private static List<String> labels(JsonNode parent) {
        List<String> found = new ArrayList<>();
        for (JsonNode component : parent.path("components")) {
            if (!component.has("conditional")) {
                String label = component.path("label").asText();
                // One that follows from what was chosen begins with an equals sign.
                if (!label.startsWith("=")) {
                    found.add(label);
                }
                found.addAll(labels(component));
            }
        }
        return found;
    }

    /** Something for everything that a form shows. */
    private static ObjectNode data(Form form) {
        ObjectNode data = JSON.createObjectNode();
        form.shown().forEach(name -> data.put(name, "Something"));
        return data;
    }

    private JsonNode open(ArrayNode forms) throws IOException, InterruptedException {
        assumeTrue(
                Files.isExecutable(CHROMIUM),
                "Forms were not opened: there is no Chromium at " + CHROMIUM + "; set CHROMIUM to where one is");
        for (String file : List.of("runtime.js", "deps.js")) {
            try (InputStream script = getClass().getClassLoader().getResourceAsStream(LIBRARY + file)) {
                Files.copy(Objects.requireNonNull(script, file), folder.resolve(file));
            }
        }
        Files.writeString(folder.resolve("forms.js"), "window.forms = " + JSON.writeValueAsString(forms));
        Path page = Files.writeString(folder.resolve("page.html"), PAGE);
        Path output = folder.resolve("page-as-shown.html");
        Process chromium = new ProcessBuilder(
                        CHROMIUM.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-background-networking",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--virtual-time-budget=60000",
                        "--dump-dom",
                        page.toUri().toString())
                .redirectOutput(output.toFile())
                .redirectError(folder.resolve("errors.txt").toFile())
                .start();
        try {
            assertThat(chromium.waitFor(3, TimeUnit.MINUTES))
                    .as("Chromium comes to an end")
                    .isTrue();
        } finally {
            chromium.destroyForcibly();
        }
        Matcher result = RESULT.matcher(Files.readString(output));
        assertThat(result.find()).as("the page says what it saw").isTrue();
        return JSON.readTree(new String(Base64.getDecoder().decode(result.group(1)), StandardCharsets.UTF_8));
    }

    private static final String PAGE =
            """
            <!DOCTYPE html>
            <meta charset="utf-8">
            <div id="form"></div>
            <pre id="result"></pre>
            <script src="runtime.js"></script>
            <script src="deps.js"></script>
            <script src="forms.js"></script>
            <script>
              let problems = [];
              const told = what => problems.push(String(what && what.message || what));
              console.warn = console.error = (...words) => told(words.join(' '));
              window.addEventListener('error', event => told(event.message));
              window.addEventListener('unhandledrejection', event => told(event.reason));
              let viewer;
              // The modules of Tasklist have numbers for names: the one wanted is known by what it gives.
              window.webpackChunkcamunda_bpm_webapp.push([['formsInTasklist'], {}, need => {
                for (const id of Object.keys(need.m)) {
                  if (need.m[id].toString().includes('createForm=function')) {
                    viewer = need(id);
                  }
                }
              }]);
              const pause = () => new Promise(done => setTimeout(done, 50));
              (async () => {
                const seen = [];
                for (const { schema, data } of window.forms) {
                  problems = [];
                  const container = document.createElement('div');
                  document.getElementById('form').replaceChildren(container);
                  try {
                    const form = new viewer.Form({ container });
                    const { warnings } = await form.importSchema(schema, data);
                    warnings.forEach(told);
                    await pause();
                    seen.push({ problems, text: container.innerText, schemaVersion: viewer.schemaVersion });
                    form.destroy();
                  } catch (error) {
                    told(error);
                    seen.push({ problems, text: '', schemaVersion: 0 });
                  }
                }
                const bytes = new TextEncoder().encode(JSON.stringify(seen));
                document.getElementById('form').remove();
                document.getElementById('result').textContent = btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
              })();
            </script>
            """;
}
