package org.dunlin.contact.post;

/** Names in {@code bpmn/steps/registered-letter.bpmn}. */
final class RegisteredLetter {

    static final String CASE_ID = "caseId";
    static final String RUNG = "rung";
    static final String RECORD_RECEIPT = "noteReceipt";
    static final String TRACKING_NUMBER = "trackingNumber";
    static final String OUTCOME = "outcome";
    static final String RECEIVED_ON = "receivedOn";

    static final String RECEIVED = "received";
    static final String REFUSED = "refused";
    static final String UNCLAIMED = "unclaimed";
    static final String UNKNOWN_ADDRESS = "unknownAddress";

    private RegisteredLetter() {}
}
