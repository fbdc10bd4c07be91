package org.dunlin.operations;

/** Names in {@code bpmn/case/attend-to-problem.bpmn} and its form. */
final class AttendToProblemProcess {

    static final String KEY = "attendToProblem";

    static final String MESSAGE_SOLVED = "operations.problemSolved";

    static final String PROBLEM_ID = "problemId";
    static final String CASE_ID = "caseId";
    static final String NOTE = "note";

    /** Boolean: whether somebody looks at it again tomorrow. */
    static final String PUT_OFF = "putOff";

    static final String TITLE = "problemTitle";
    static final String MEANING = "problemMeaning";
    static final String KIND = "problemKind";
    static final String PROCESS = "problemProcess";
    static final String STEP = "problemStep";
    static final String ERROR = "problemError";
    static final String SINCE = "problemSince";
    static final String TIMES = "problemTimes";
    static final String CASE_NUMBER = "caseNumber";
    static final String CUSTOMER_NAME = "customerName";
    static final String CUSTOMER_NUMBER = "customerNumber";

    private AttendToProblemProcess() {}
}
