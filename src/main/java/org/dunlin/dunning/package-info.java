/** Dunning cases: which invoices are followed up, on which ladder, by whom, until when. */
@org.springframework.modulith.ApplicationModule(displayName = "Dunning")
package org.dunlin.dunning;
