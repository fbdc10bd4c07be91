package org.dunlin.dunning;

import java.util.List;

/** Texts for contacts that a person makes on paper; provided by the module that owns the templates. */
public interface ContactTexts {

    /**
     * The text of that template with what is open in the case now: a letter in the customer's language, or the
     * {@code dossier} for an agency in English.
     */
    String letter(long caseId, String template);

    /** What was said about the case so far, one line each, the latest first; names in it are as customers typed them. */
    List<String> story(long caseId);

    /**
     * The text of a notice about a hold as a letter in the customer's language.
     *
     * @throws IllegalArgumentException when there is no such notice
     */
    String notice(long holdId, String template);
}
