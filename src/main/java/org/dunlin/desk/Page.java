package org.dunlin.desk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the frame around a page shows; in every template as {@code page}.
 *
 * @param login name of who is logged in; null on pages open to everybody
 * @param csrf  token that a writing request of the page sends as {@code X-XSRF-TOKEN}; null without a session
 * @param links where this person may go
 * @param customers whether this person may open the pages of customers
 * @param embedded  whether the page stands inside another one, as in the tab of a task
 */
record Page(@Nullable String login, @Nullable String csrf, List<Link> links, boolean customers, boolean embedded) {

    /**
     * A place to go.
     *
     * @param text  one or two words
     * @param path  path within Dunlin
     * @param about one sentence: what one does there
     */
    record Link(String text, String path, String about) {}
}
