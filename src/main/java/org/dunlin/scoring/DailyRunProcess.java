package org.dunlin.scoring;

/** The process {@code dailyRun}: its key, elements, message and variables. No other class names them. */
public final class DailyRunProcess {

    public static final String KEY = "dailyRun";

    /** Starts a run now. */
    public static final String REQUESTED = "scoring.dailyRunRequested";

    public static final String REFRESH_PROFILES = "refreshProfiles";
    public static final String SCORE_CUSTOMERS = "scoreCustomers";
    public static final String APPLY_CREDIT_POLICY = "applyCreditPolicy";
    public static final String ADAPT_LADDERS = "adaptLadders";
    public static final String OPEN_CASES = "openCases";
    public static final String RECONCILE = "reconcile";
    public static final String ORDER_TASKS = "orderTasks";
    public static final String DAY_READY = "dayReady";

    /** Boolean: whether the step that repeats has more to do. */
    public static final String MORE_TO_DO = "moreToDo";

    /** Integer: how many customers the run computes the facts of. */
    public static final String CUSTOMERS_TO_PROFILE = "customersToProfile";

    /** Integer: of how many it has done so; grows while the step runs. */
    public static final String CUSTOMERS_PROFILED = "customersProfiled";

    /** Integer: how many profiles changed. */
    public static final String PROFILES_CHANGED = "profilesChanged";

    /** Integer: of how many open invoices the expected day of payment changed. */
    public static final String FORECASTS_CHANGED = "forecastsChanged";

    /** Integer: how many customers the run has to score. */
    public static final String CUSTOMERS_TO_SCORE = "customersToScore";

    /** Integer: how many customers were scored; grows while the step runs. */
    public static final String CUSTOMERS_SCORED = "customersScored";

    /** Integer: how many customers could not be scored; {@link Scores#failures()} says why. */
    public static final String SCORING_FAILURES = "scoringFailures";

    /** Integer: to how many customers the run has to apply the credit policy. */
    public static final String CUSTOMERS_TO_CHECK = "customersToCheck";

    /** Integer: to how many the credit policy was applied; grows while the step runs. */
    public static final String CUSTOMERS_CHECKED = "customersChecked";

    /** Integer: how many credit stops began. */
    public static final String CREDIT_STOPS_SET = "creditStopsSet";

    /** Integer: how many credit stops were lifted. */
    public static final String CREDIT_STOPS_LIFTED = "creditStopsLifted";

    /** Integer: to how many customers the credit policy could not be applied; {@link CreditStops#failures()} says why. */
    public static final String CREDIT_POLICY_FAILURES = "creditPolicyFailures";

    /** Integer: in how many cases nobody is contacted yet because the customer's usual pay day has not passed. */
    public static final String WAITING_FOR_PAY_DAY = "waitingForPayDay";

    /** Integer: how many cases that waited for the pay day were paid without any contact on the working day before or since. */
    public static final String PAID_BY_THEMSELVES = "paidByThemselves";

    /** Integer: of how many open tasks the priority, or what the card says, changed. */
    public static final String TASKS_REORDERED = "tasksReordered";

    private DailyRunProcess() {}
}
