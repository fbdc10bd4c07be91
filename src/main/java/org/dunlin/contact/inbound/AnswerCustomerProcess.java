package org.dunlin.contact.inbound;

/** Names of the process {@code answerCustomer}. */
final class AnswerCustomerProcess {

    static final String KEY = "answerCustomer";

    /** Id of the case that it is about, if one is known. */
    static final String CASE_ID = "caseId";

    /** Id of what the customer said. */
    static final String WORD_ID = "wordId";

    static final String WORDS = "customerWords";
    static final String NUMBER = "customerNumberCalled";
    static final String RECEIVED_AT = "customerWordsAt";
    static final String ABOUT = "customerWordsAbout";
    static final String CUSTOMER_NAME = "customerName";
    static final String CUSTOMER_NUMBER = "customerNumber";
    static final String OUTCOME = "outcome";
    static final String NOTE = "note";

    private AnswerCustomerProcess() {}
}
