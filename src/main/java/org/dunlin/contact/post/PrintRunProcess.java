package org.dunlin.contact.post;

/** Names in {@code bpmn/contact/print-run.bpmn}, and the messages by which steps of ladders hear what became of their letter. */
public final class PrintRunProcess {

    public static final String KEY = "printRun";

    /** Forms a run now, beside the one of the day. */
    public static final String MESSAGE_REQUESTED = "contact.printRunRequested";

    /** The letter is on its way. */
    static final String MESSAGE_POSTED = "contact.letterPosted";

    /** It could not be posted because its address cannot be right. */
    static final String MESSAGE_ADDRESS_WRONG = "contact.letterAddressWrong";

    /** Long. */
    static final String RUN_ID = "printRunId";

    /** Boolean: whether there is anything to print. */
    static final String LETTERS_TO_POST = "lettersToPost";

    /** Boolean: whether a postal service has taken the letters, and the mail room has nothing to do. */
    static final String POSTED_BY_SERVICE = "postedByService";

    static final String OUTCOME = "outcome";
    static final String POSTED_ON = "postedOn";
    static final String PRINT_AGAIN = "printAgain";
    static final String ADDRESS_WRONG = "addressWrong";
    static final String NOTE = "note";

    static final String ALL_POSTED = "allPosted";
    static final String ALL_BUT = "allBut";
    static final String NOT_PRINTED = "notPrinted";

    /** Followed by the number of the run: its page, and what is printed of it. */
    public static final String PAGES = "/print-runs/";

    public static final String PDF = "/letters.pdf";
    public static final String MANIFEST = "/manifest.pdf";
    public static final String TABLE = "/manifest.csv";

    private PrintRunProcess() {}
}
