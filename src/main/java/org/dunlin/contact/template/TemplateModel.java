package org.dunlin.contact.template;

import java.util.Map;
import java.util.Optional;

/** What layouts there are, what may stand in them, and whether texts and layouts can be used together. */
public interface TemplateModel {

    /** The layouts in the jar, by file. */
    Map<String, LayoutModel> layouts();

    /**
     * Words one message of each kind with made-up data.
     *
     * @param printing also print it, which takes longer
     * @return what did not work
     */
    Optional<String> tryOut(Wording wording, boolean printing);
}
