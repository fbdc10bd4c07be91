package org.dunlin.contact.post;

/** Names in {@code bpmn/steps/letter.bpmn}. */
final class CorrectAddress {

    static final String CASE_ID = "caseId";
    static final String RUNG = "rung";
    static final String OUTCOME = "outcome";
    static final String CORRECTED = "corrected";
    static final String STREET = "street";
    static final String POSTAL_CODE = "postalCode";
    static final String CITY = "city";

    private CorrectAddress() {}
}
