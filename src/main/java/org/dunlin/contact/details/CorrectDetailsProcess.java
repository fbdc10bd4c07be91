package org.dunlin.contact.details;

/** Names in {@code bpmn/case/correct-contact-details.bpmn} and its form. */
final class CorrectDetailsProcess {

    static final String KEY = "correctContactDetails";

    static final String DETAIL_ID = "detailId";
    static final String CUSTOMER_ID = "customerId";

    static final String OUTCOME = "outcome";
    static final String EMAIL = "correctEmail";
    static final String PHONE = "correctPhone";
    static final String STREET = "correctStreet";
    static final String POSTAL_CODE = "correctPostalCode";
    static final String CITY = "correctCity";

    static final String CORRECTED = "corrected";
    static final String RIGHT = "right";
    static final String UNREACHABLE = "unreachable";

    private CorrectDetailsProcess() {}
}
