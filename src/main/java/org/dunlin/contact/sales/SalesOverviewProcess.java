package org.dunlin.contact.sales;

/** Names in {@code bpmn/contact/sales-overview.bpmn}. */
final class SalesOverviewProcess {

    static final String KEY = "salesOverview";
    static final String ACCOUNT_MANAGER = "accountManager";
    static final String MESSAGE_REQUESTED = "contact.salesOverviewRequested";

    private SalesOverviewProcess() {}
}
