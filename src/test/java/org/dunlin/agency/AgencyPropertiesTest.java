package org.dunlin.agency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.ClassPathResource;

/** Mistakes in the list of agencies are found at the start, in words. */
class AgencyPropertiesTest {

    private static final String FIRST = "dunlin.agency.agencies[0].";

    private static AgencyProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("dunlin.agency", AgencyProperties.class);
    }

    @Test
    void an_agency_needs_no_more_than_id_name_and_address() {
        Agency agency = bind(Map.of(FIRST + "id", "a-1", FIRST + "name", "A", FIRST + "folder", "out"))
                .agencies()
                .get(0);
        assertThat(agency)
                .isEqualTo(new Agency(
                        "a-1", "A", Agency.Kind.AGENCY, "en", null, Path.of("out"), Agency.Format.ZIP, List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id       | Benelux   | the id 'Benelux' must be made of small letters, digits and hyphens",
                "id       | ../x      | must be made of small letters",
                "name     | ''        | 'a': the name is missing",
                "language | pl        | 'a': the language 'pl' is not one of nl, fr, en, de",
                "email    | ''        | 'a': give an address, either email or folder",
                "folder   | out       | 'a': give an address, either email or folder",
                "email    | nobody    | 'a': 'nobody' is no e-mail address"
            })
    void a_mistake_is_named(String field, String value, String message) {
        Map<String, String> settings =
                new HashMap<>(Map.of(FIRST + "id", "a", FIRST + "name", "A", FIRST + "email", "a@b.example"));
        settings.put(FIRST + field, value);
        assertThatThrownBy(() -> bind(settings)).hasStackTraceContaining(message);
    }

    @Test
    void ids_and_logins_are_unique() {
        Map<String, String> two = new HashMap<>();
        for (int i = 0; i < 2; i++) {
            two.put("dunlin.agency.agencies[" + i + "].id", "a" + i);
            two.put("dunlin.agency.agencies[" + i + "].name", "A");
            two.put("dunlin.agency.agencies[" + i + "].folder", "out");
            two.put("dunlin.agency.agencies[" + i + "].logins[0]", "login");
        }
        assertThatThrownBy(() -> bind(two)).hasStackTraceContaining("the login 'login' belongs to two agencies");
        two.put("dunlin.agency.agencies[1].logins[0]", "other");
        two.put("dunlin.agency.agencies[1].id", "a0");
        assertThatThrownBy(() -> bind(two)).hasStackTraceContaining("two agencies have the id 'a0'");
    }

    @Test
    void the_agencies_that_come_with_the_product_put_files_into_folders_and_are_those_of_its_table()
            throws IOException {
        MutablePropertySources sources = new MutablePropertySources();
        new YamlPropertySourceLoader()
                .load("shipped", new ClassPathResource("application.yaml"))
                .forEach(sources::addLast);
        List<Agency> shipped = new Binder(
                        ConfigurationPropertySources.from(sources), new PropertySourcesPlaceholdersResolver(sources))
                .bind("dunlin.agency", AgencyProperties.class)
                .get()
                .agencies();
        assertThat(shipped).allMatch(agency -> agency.folder() != null).isNotEmpty();
        String table = Files.readString(Path.of("bpmn/case/choose-agency.dmn"));
        assertThat(shipped.stream().map(Agency::id).collect(Collectors.toSet()))
                .isEqualTo(Pattern.compile("<text>\"([a-z-]+)\"</text>")
                        .matcher(table)
                        .results()
                        .map(found -> found.group(1))
                        .collect(Collectors.toSet()));
    }
}
