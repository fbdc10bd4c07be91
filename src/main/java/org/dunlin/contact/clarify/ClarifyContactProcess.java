package org.dunlin.contact.clarify;

/** Names of the process {@code clarifyContact}. */
final class ClarifyContactProcess {

    static final String KEY = "clarifyContact";

    /** Nobody needs to know any more. */
    static final String MESSAGE_QUESTION_OVER = "contact.questionOver";

    /** Id of the case whose ladder waits for the answer; not for a notice. */
    static final String CASE_ID = "caseId";

    /** Id of the hold whose process waits for the answer. */
    static final String HOLD_ID = "holdId";

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
