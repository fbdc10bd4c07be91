/** Addresses and numbers by which a customer was not reached, and their correction by a person. */
@org.springframework.modulith.NamedInterface("details")
package org.dunlin.contact.details;
