package org.dunlin.agency;

/** Names in {@code bpmn/steps/agency.bpmn} and {@code bpmn/case/tell-agency.bpmn}. */
final class AgencyStep {

    /** Key of the process that carries one message to an agency, within a case or after it. */
    static final String TELL_AGENCY = "tellAgency";

    static final String TOPIC = "agency";

    /** The agency reports something, and keeps the file. */
    static final String MESSAGE_REPORTED = "agency.reported";
    /** The agency has ended its file. */
    static final String MESSAGE_CONCLUDED = "agency.concluded";
    /** Nobody can tell whether the agency has got the message. */
    static final String DELIVERY_UNKNOWN = "deliveryUnknown";

    static final String CASE_ID = "caseId";
    static final String OUTCOME = "outcome";
    static final String NOTE = "note";
    static final String RUNG = "rung";

    /** Id of the agency: what the table chose, then what the senior collector chose. */
    static final String AGENCY = "agency";
    /** The rule that chose it, in words. */
    static final String AGENCY_REASON = "agencyReason";

    /** Boolean: an agency has the case already, and nothing is handed over again. */
    static final String WITH_AGENCY = "withAgency";

    static final String MESSAGE_ID = "agencyMessageId";
    static final String REPORT_ID = "agencyReportId";
    /** Kind of a report, by the word that form and model use. */
    static final String AGENCY_OUTCOME = "agencyOutcome";
    /** Boolean: the agency has ended its file. */
    static final String FILE_CLOSED = "fileClosed";

    static final String AMOUNT = "amount";
    static final String PAID_ON = "paidOn";
    static final String ANSWER = "answer";

    static final String HANDED_OVER = "handedOver";
    static final String NOT_YET = "notYet";

    static final String WAS_SENT = "wasSent";
    static final String SEND_AGAIN = "sendAgain";

    private AgencyStep() {}
}
