package org.dunlin.receivables;

/** Knows the reference that a customer pays with. */
@FunctionalInterface
public interface ReferenceBook {

    /** In the form of the creditor's country. */
    PaymentReference forCustomer(Creditor creditor, long customerId);
}
