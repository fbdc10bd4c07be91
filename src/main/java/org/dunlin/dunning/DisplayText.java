package org.dunlin.dunning;

import org.jspecify.annotations.Nullable;

/** Forms show texts as Markdown, and customers choose their names: nothing of theirs may act as markup. */
public final class DisplayText {

    public static final String NONE = "–";

    private DisplayText() {}

    public static String plain(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return NONE;
        }
        return text.replace('<', '‹')
                .replace('>', '›')
                .replace('[', '(')
                .replace(']', ')')
                .replace('|', '/')
                .replace('*', '·')
                .replace('`', '\'')
                .replace('\\', '/')
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
    }
}
