package org.dunlin.contact.text;

import org.dunlin.dunning.DunningCase;
import org.dunlin.receivables.Creditor;

/** The structured reference that a customer gives with a payment for a case. */
interface PaymentReferences {

    String reference(DunningCase dunningCase, Creditor creditor);
}
