package org.dunlin.contact.sales;

import org.dunlin.receivables.Money;

/**
 * A customer of an account manager of whom something is overdue.
 *
 * @param invoices    how many are overdue
 * @param overdue     sum of what is open of them
 * @param oldestDays  days since the earliest due date
 * @param rung        highest rung that was climbed about them; 0 before the first contact
 * @param onHold      whether nobody chases at the moment
 * @param withAgency  whether a collection agency has it
 */
record OverdueCustomer(
        String number,
        String name,
        int invoices,
        Money overdue,
        int oldestDays,
        int rung,
        boolean onHold,
        boolean withAgency) {}
