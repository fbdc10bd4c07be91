package org.dunlin.dunning.engine;

/** Names in {@code bpmn/case/dunning-case.bpmn}. */
public final class DunningCaseProcess {

    public static final String KEY = "dunningCase";

    public static final String CASE_ID = "caseId";
    public static final String LADDER = "ladder";
    public static final String SEGMENT = "segment";

    /** Text: which usual pay day the first contact waits for, and until when; null when it waits for none. */
    public static final String PAY_DAY = "payDayReason";

    public static final String RUNG = "rung";
    public static final String OUTCOME = "outcome";
    public static final String NOTE = "note";
    public static final String AGENCY_OUTCOME = "agencyOutcome";
    public static final String TEMPLATE = "template";
    /** Boolean: whether a letter came back. */
    public static final String PAPER_CAME_BACK = "paperCameBack";

    /** A senior's decision that lets the follow-up begin again. */
    public static final String START_AGAIN = "startAgain";

    public static final String CLOSE_REASON = "closeReason";

    public static final String CLIMB_LADDER = "climbLadder";
    public static final String DECIDE_NEXT_STEP = "decideNextStep";

    /** Boolean: whether the case stands still because of a hold. */
    public static final String ON_HOLD = "onHold";

    public static final String MESSAGE_SETTLED = "receivables.settled";
    public static final String MESSAGE_LADDER_CHANGED = "dunning.ladderChanged";
    public static final String MESSAGE_GIVEN_UP = "dunning.givenUp";
    public static final String MESSAGE_HELD = "dunning.held";
    public static final String MESSAGE_RELEASED = "dunning.released";
    public static final String MESSAGE_CAME_BACK = "contact.cameBack";

    private DunningCaseProcess() {}
}
