package org.dunlin.dunning.engine;

import java.util.Set;
import org.dunlin.dunning.Hold;

/** Names in {@code bpmn/holds}. */
public final class HoldProcesses {

    public static final String HOLD_ID = "holdId";
    public static final String CUSTOMER_ID = "customerId";

    /** Boolean: a plan that nobody needs to look over. */
    public static final String PLAN_AGREED = "planAgreed";

    /** What {@code judgeHold} found out. */
    public static final String HOLD_RESULT = "holdResult";

    /** Candidate group for a dispute, and its working days. */
    public static final String DEPARTMENT = "department";

    public static final String WORKING_DAYS = "workingDays";

    /** Day of the next look at an insolvent customer. */
    static final String LOOK_AGAIN_ON = "lookAgainOn";

    /** Which notice {@code tellCustomer} sends; also the extension property that names it, or says {@link #BY_RESULT}. */
    public static final String NOTICE = "notice";

    /** As the extension property: see the variable of that name. */
    static final String BY_RESULT = "byResult";

    /** What was found about a dispute: {@code rejected}, {@code creditExpected} or {@code correctedInvoice}. */
    public static final String DISPUTE_RESULT = "disputeResult";

    static final String EXPLANATION = "explanation";
    static final String INSTALMENTS = "instalments";

    /** What people enter in the forms of the tasks. */
    static final Set<String> ANSWERS =
            Set.of(DunningCaseProcess.OUTCOME, DunningCaseProcess.NOTE, EXPLANATION, LOOK_AGAIN_ON);

    public static final String MESSAGE_HOLD_OVER = "dunning.holdOver";

    public static final String TELL_CUSTOMER = "tellCustomer";
    public static final String WAIT_FOR_BOOKING = "waitForBooking";
    public static final String CONFIRM_PLAN = "confirmPlan";
    public static final String WAIT_FOR_INSTALMENT = "waitForInstalment";

    private HoldProcesses() {}

    public static String key(Hold.Kind kind) {
        return switch (kind) {
            case DISPUTE -> "dispute";
            case PROMISE -> "promise";
            case PLAN -> "paymentPlan";
            case BLOCK -> "block";
            case INSOLVENCY -> "insolvency";
        };
    }
}
