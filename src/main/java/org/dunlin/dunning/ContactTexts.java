package org.dunlin.dunning;

/** Texts for contacts that a person makes on paper; provided by the module that owns the templates. */
public interface ContactTexts {

    /**
     * The text of that template with what is open in the case now: a letter in the customer's language, or the
     * {@code dossier} for an agency in English.
     */
    String letter(long caseId, String template);

    /**
     * The text of a notice about a hold as a letter in the customer's language.
     *
     * @throws IllegalArgumentException when there is no such notice
     */
    String notice(long holdId, String template);
}
