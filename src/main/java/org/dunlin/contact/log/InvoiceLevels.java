package org.dunlin.contact.log;

import java.util.Collection;
import java.util.Map;

/** How far each invoice has come by itself, whatever case it is in. */
@FunctionalInterface
public interface InvoiceLevels {

    /** On how many rungs each of the invoices has been asked for in writing, and the customer got it. Missing where on none. */
    Map<Long, Integer> asked(Collection<Long> invoiceIds);
}
