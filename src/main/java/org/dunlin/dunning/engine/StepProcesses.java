package org.dunlin.dunning.engine;

import java.util.Set;

/** Names in {@code bpmn/steps}. */
public final class StepProcesses {

    public static final String PHONE_CALL = "phoneCall";
    public static final String LETTER = "letter";
    public static final String REGISTERED_LETTER = "registeredLetter";
    public static final String SALES_ESCALATION = "salesEscalation";
    public static final String AGENCY = "agency";

    public static final String TEMPLATE = "template";
    public static final String ATTEMPT = "attempt";
    public static final String CALL_AGAIN = "callAgain";

    public static final String PROMISE_DATE = "promiseDate";
    /** Until when nobody shall chase. */
    public static final String UNTIL = "until";

    public static final String REASON = "reason";
    public static final String PROMISE_AMOUNT = "promiseAmount";
    public static final String DISPUTE_REASON = "disputeReason";
    public static final String INVOICE_NUMBERS = "invoiceNumbers";
    /** The same from a form that knows them: one per line, as they are written on the invoice. */
    public static final String INVOICE_LINES = "invoiceLines";

    public static final String PLAN_PARTS = "planParts";
    public static final String PLAN_FIRST_DATE = "planFirstDate";
    public static final String PLAN_RHYTHM = "planRhythm";
    public static final String PAID_ON = "paidOn";
    public static final String CORRECTED_PHONE = "correctedPhone";
    /** When to call again: the day and, if it was said, the time, as entered in the form. */
    public static final String CALL_AGAIN_ON = "callAgainOn";

    public static final String CALL_AGAIN_TIME = "callAgainTime";
    /** The instant that follows from them. */
    public static final String CALL_AGAIN_AT = "callAgainAt";
    /** A senior collector makes the call, whatever the table says. */
    public static final String FOR_SENIOR = "forSenior";
    /** How a customer can show that they have paid. */
    public static final String PAYMENT_PROOF = "paymentProof";

    public static final String SENT_ON = "sentOn";
    public static final String TRACKING_NUMBER = "trackingNumber";
    public static final String LETTER_TEXT = "letterText";
    /** Local to the task: template of the letter, and where its pages are. */
    public static final String LETTER_TEMPLATE = "letterTemplate";

    public static final String LETTER_LINK = "letterLink";
    /** Followed by the id of the task. */
    public static final String LETTERS = "/letters/";

    public static final String AMOUNT = "amount";

    /** Local to the task: whether a level below has left it, and in words which and until when. */
    public static final String HANDED_ON = "handedOn";

    public static final String HANDED_ON_TEXT = "handedOnText";

    /** What a person enters in the forms. */
    static final Set<String> ANSWERS = Set.of(
            DunningCaseProcess.OUTCOME,
            DunningCaseProcess.NOTE,
            DunningCaseProcess.AGENCY_OUTCOME,
            PROMISE_DATE,
            PROMISE_AMOUNT,
            UNTIL,
            REASON,
            DISPUTE_REASON,
            INVOICE_NUMBERS,
            INVOICE_LINES,
            PLAN_PARTS,
            PLAN_FIRST_DATE,
            PLAN_RHYTHM,
            PAID_ON,
            CORRECTED_PHONE,
            CALL_AGAIN_ON,
            CALL_AGAIN_TIME,
            PAYMENT_PROOF,
            HoldProcesses.INSTALMENTS,
            SENT_ON,
            TRACKING_NUMBER,
            LETTER_TEXT,
            AMOUNT);

    private StepProcesses() {}
}
