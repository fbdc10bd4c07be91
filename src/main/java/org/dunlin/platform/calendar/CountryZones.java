package org.dunlin.platform.calendar;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * What time it is for somebody of whom only the country is known. A country with several zones has those listed that between them
 * cover nearly everybody who lives there.
 */
@Component
public class CountryZones {

    private static final String FILE = "calendar/zones.properties";

    private final Map<String, List<ZoneId>> zones = read();

    /**
     * The zones of a country; empty for one that is not known.
     *
     * @param country ISO 3166-1 alpha-2
     */
    public List<ZoneId> of(String country) {
        return zones.getOrDefault(country.toUpperCase(Locale.ROOT), List.of());
    }

    private static Map<String, List<ZoneId>> read() {
        Properties file = new Properties();
        try (InputStream content = new ClassPathResource(FILE).getInputStream()) {
            file.load(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.stringPropertyNames().stream()
                .collect(Collectors.toUnmodifiableMap(country -> country, country -> Arrays.stream(
                                file.getProperty(country).split(" "))
                        .map(ZoneId::of)
                        .toList()));
    }
}
