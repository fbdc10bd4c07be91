package org.dunlin.receivables;

/** What became of invoices, credit notes and payments that were written together. */
public record Booking(WriteResult invoices, WriteResult creditNotes, WriteResult payments) {}
