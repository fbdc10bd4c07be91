package org.dunlin.contact.template;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts and layouts of a folder. */
public final class TemplatesOf {

    private TemplatesOf() {}

    public static Templates folder(@Nullable Path folder, List<TextBundle> bundles, TemplateModel model) {
        return new Templates(bundles, model, new TemplateProperties(folder == null ? "" : folder.toString()));
    }
}
