/** Contacts with customers: the log, the templates and the worker per channel. */
@org.springframework.modulith.ApplicationModule(displayName = "Contact")
package org.dunlin.contact;
