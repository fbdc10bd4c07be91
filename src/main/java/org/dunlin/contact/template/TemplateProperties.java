package org.dunlin.contact.template;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Where the business keeps its own texts and layouts: {@code dunlin.templates}, a folder; none when not set. */
@Component
class TemplateProperties {

    private final @Nullable Path folder;

    TemplateProperties(@Value("${dunlin.templates:}") String folder) {
        this.folder = folder.isBlank() ? null : Path.of(folder.strip());
    }

    @Nullable
    Path folder() {
        return folder;
    }
}
