/** The ledger: creditors, customers, invoices, credit notes, payments and their allocation. */
@org.springframework.modulith.ApplicationModule(displayName = "Receivables")
package org.dunlin.receivables;
