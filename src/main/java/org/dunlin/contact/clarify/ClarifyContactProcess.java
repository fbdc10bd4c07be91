package org.dunlin.contact.clarify;

/** Names of the process {@code clarifyContact}. */
final class ClarifyContactProcess {

    static final String KEY = "clarifyContact";

    static final String MESSAGE_CASE_CLOSED = "dunning.caseClosed";

    static final String CASE_ID = "caseId";
    static final String CONTACT_ID = "contactId";
    static final String RECIPIENT = "contactRecipient";
    static final String SUBJECT = "contactSubject";
    static final String TRIED_AT = "contactTriedAt";
    static final String ERROR = "contactError";
    static final String OUTCOME = "outcome";
    static final String NOTE = "note";

    static final String WAS_SENT = "wasSent";
    static final String SEND_AGAIN = "sendAgain";

    private ClarifyContactProcess() {}
}
