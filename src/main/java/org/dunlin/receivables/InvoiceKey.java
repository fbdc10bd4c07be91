package org.dunlin.receivables;

/** An invoice or credit note as the creditor numbers it. */
record InvoiceKey(long creditor, String number) {}
