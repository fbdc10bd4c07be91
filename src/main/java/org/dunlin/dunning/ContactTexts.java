package org.dunlin.dunning;

/** Texts for contacts that a person makes on paper; provided by the module that owns the templates. */
public interface ContactTexts {

    /** The letter of that template as plain text in the customer's language, with what is open in the case now. */
    String letter(long caseId, String template);
}
