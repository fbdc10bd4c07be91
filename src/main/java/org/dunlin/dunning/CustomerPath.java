package org.dunlin.dunning;

/** Where the page about a customer is, for forms and pages that lead there. */
public final class CustomerPath {

    /** Followed by our own id of the customer: numbers may hold what no address and no form's text can. */
    public static final String BY_ID = "/customers/id/";

    /** What forms call the path to the page of their customer. */
    public static final String VARIABLE = "customerPage";

    private CustomerPath() {}

    public static String of(long customerId) {
        return BY_ID + customerId;
    }
}
