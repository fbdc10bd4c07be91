package org.dunlin.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.dunlin.platform.DunlinProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** The mappings there are: the user's own from the folder {@code mappings} of the inbox first, then the built-in ones. */
@Component
class Mappings {

    private static final Logger log = LoggerFactory.getLogger(Mappings.class);

    private final Path own;
    private final List<Mapping> builtIn;

    Mappings(DunlinProperties properties) {
        this.own = properties.inboxFolder().resolve("mappings");
        this.builtIn = builtIn();
    }

    /**
     * The mapping for a file of that name. The user's files are read anew each time, so that a change counts at once.
     *
     * @throws MappingException when none applies, or one of the user's cannot be read and so might have applied
     */
    Mapping of(String fileName) {
        MappingException broken = null;
        for (Path file : ownFiles()) {
            try {
                Mapping mapping = MappingReader.read(file.getFileName().toString(), Files.readAllBytes(file));
                if (mapping.appliesTo(fileName)) {
                    return mapping;
                }
            } catch (MappingException e) {
                broken = e;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        Optional<Mapping> found =
                builtIn.stream().filter(mapping -> mapping.appliesTo(fileName)).findFirst();
        if (broken != null) {
            if (found.isEmpty()) {
                throw broken;
            }
            log.warn("A mapping cannot be used: {}", broken.getMessage());
        }
        return found.orElseThrow(() -> new MappingException(
                fileName,
                "",
                "no mapping applies to a file of this name; rename it to one of " + names() + ", or put a mapping into "
                        + own));
    }

    private String names() {
        return String.join(
                ", ", builtIn.stream().flatMap(m -> m.files().stream()).toList());
    }

    private List<Path> ownFiles() {
        if (!Files.isDirectory(own)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(own)) {
            return files.filter(file -> {
                        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
                        return name.endsWith(".yaml") || name.endsWith(".yml");
                    })
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Mapping> builtIn() {
        try {
            List<Mapping> all = new ArrayList<>();
            Resource[] resources = new PathMatchingResourcePatternResolver().getResources("classpath*:mappings/*.yaml");
            Arrays.sort(
                    resources,
                    Comparator.comparing(Resource::getFilename, Comparator.nullsFirst(Comparator.naturalOrder())));
            for (Resource resource : resources) {
                all.add(MappingReader.read(String.valueOf(resource.getFilename()), resource.getContentAsByteArray()));
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
